import { el } from "./dom.js";
import { choosePageOption, pageOption } from "./page-options.js";

/** Radio buttons for where the sign-in page opens. Every place that offers them shows the same choice. */
export function signInModeChoice(name) {
  const radio = (value, text) => {
    const input = el("input", {
      type: "radio",
      name,
      value,
      "data-sign-in-mode": true,
      checked: pageOption("signIn") === value,
    });
    input.addEventListener("change", () => {
      choosePageOption("signIn", value);
      for (const other of document.querySelectorAll("[data-sign-in-mode]"))
        other.checked = other.value === value;
    });
    return el("label", { class: "choice" }, input, el("span", {}, text));
  };
  return el(
    "fieldset",
    {},
    el("legend", { class: "label" }, "Open the sign-in page"),
    radio("redirect", "in this tab"),
    radio("popup", "in a window of its own"),
  );
}
