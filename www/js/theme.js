const KEY = "cedar-clay:theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

/** Brings the header's "Dark theme" toggle to life. The system's theme stands until someone chooses otherwise. */
export function themeToggle() {
  const button = document.getElementById("theme-toggle");
  const show = () => button.setAttribute("aria-pressed", String(current() === "dark"));
  button.addEventListener("click", () => {
    choose(current() === "dark" ? "light" : "dark");
    show();
  });
  dark.addEventListener("change", show);
  show();
}

function current() {
  return document.documentElement.dataset.theme ?? system();
}

function system() {
  return dark.matches ? "dark" : "light";
}

function choose(theme) {
  const root = document.documentElement;
  if (theme === system()) delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    if (theme === system()) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice lasts for this page.
  }
}
