import { el, freshId } from "./dom.js";
import { RATE_LIMIT_SHAPES } from "./local-shop-settings.js";

/**
 * The control for one setting of the local shop.
 *
 * @param {import("./local-shop-settings.js").Setting} setting
 * @param {unknown} value the current one
 * @param {(patch: object) => void} onChange
 */
export function settingControl(setting, value, onChange) {
  const change = (next) => onChange({ [setting.name]: next });
  switch (setting.kind) {
    case "switch":
      return switchControl(setting, value, change);
    case "choice":
      return choiceControl(setting, value, change);
    case "number":
      return numberControl(setting, value, change);
    default:
      return rateLimitControl(setting, value, change);
  }
}

function switchControl({ name, label }, value, change) {
  const input = el("input", { type: "checkbox", role: "switch", name, checked: value === true });
  input.addEventListener("change", () => change(input.checked));
  return el("label", { class: "switch" }, el("span", {}, label), input);
}

function choiceControl({ name, label, choices }, value, change) {
  const select = el(
    "select",
    { class: "input", name },
    choices.map(([option, text], index) => el("option", { value: index, selected: option === value }, text)),
  );
  select.addEventListener("change", () => change(choices[Number(select.value)][0]));
  return labelled(label, select);
}

function numberControl({ name, label, least, unit, nullable }, value, change) {
  const input = el("input", {
    class: "input",
    type: "number",
    name,
    min: least,
    step: 1,
    value: value ?? "",
    placeholder: nullable ? "all" : null,
  });
  input.addEventListener("change", () => {
    if (input.value === "") {
      if (nullable) change(null);
      else input.value = String(value);
    } else if (input.checkValidity()) change(Number(input.value));
    else input.reportValidity();
  });
  return labelled(unit ? `${label} (${unit})` : label, input);
}

/** Off, or a shape with its rate, its wait and whether a page may read the header. */
function rateLimitControl({ name, label }, value, change) {
  const shape = el(
    "select",
    { class: "input", name },
    el("option", { value: "" }, "none"),
    RATE_LIMIT_SHAPES.map(([option, text]) =>
      el("option", { value: option, selected: value?.shape === option }, text),
    ),
  );
  const perSecond = el("input", {
    class: "input",
    type: "number",
    min: 0.1,
    step: "any",
    value: value?.perSecond ?? 1,
  });
  const retryAfter = el("input", {
    class: "input",
    type: "number",
    min: 0,
    step: "any",
    value: value?.retryAfter ?? "",
    placeholder: "not said",
  });
  const exposed = el("input", { type: "checkbox", role: "switch", checked: value?.exposed ?? true });
  const more = el(
    "div",
    { class: "tool-form", hidden: !value },
    labelled("Calls per second", perSecond),
    labelled("Retry-After (s)", retryAfter),
    el("label", { class: "switch" }, el("span", {}, "Header readable by pages"), exposed),
  );
  const send = () => {
    more.hidden = shape.value === "";
    if (shape.value === "") return change(null);
    if (!perSecond.checkValidity() || perSecond.value === "") return perSecond.reportValidity();
    return change({
      shape: shape.value,
      perSecond: Number(perSecond.value),
      retryAfter: retryAfter.value === "" ? null : Number(retryAfter.value),
      exposed: exposed.checked,
    });
  };
  for (const control of [shape, perSecond, retryAfter, exposed]) control.addEventListener("change", send);
  return el("div", { class: "tool-form" }, labelled(label, shape), more);
}

function labelled(text, control) {
  control.id = freshId("setting");
  return el("div", { class: "field" }, el("label", { for: control.id }, text), control);
}
