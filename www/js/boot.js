// A classic script in <head>: what the first paint has to know. The saved theme, whether to expect a signed-in customer,
// and whether the address is that of a product, so that the page does not change its shape under the visitor.
(() => {
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);
  let signedIn = query.has("state") && query.has("code");
  try {
    const theme = localStorage.getItem("cedar-clay:theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    signedIn ||= localStorage.getItem("cedar-clay:signed-in") === "yes";
  } catch {
    // Without storage the system's theme stands.
  }
  root.dataset.session = signedIn ? "in" : "out";
  root.dataset.view = query.has("product") ? "product" : "results";
})();
