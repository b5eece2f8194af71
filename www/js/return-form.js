import { button, el, freshId } from "./dom.js";
import { pieces, words } from "./format.js";
import { announce } from "./notices.js";
import { lineText, pictureOf } from "./product-pictures.js";

/** As documented; the tool's own list, once read, goes before it. */
const DOCUMENTED_REASONS = Object.freeze([
  "SIZE_TOO_SMALL",
  "SIZE_TOO_LARGE",
  "UNWANTED",
  "NOT_AS_DESCRIBED",
  "WRONG_ITEM",
  "DEFECTIVE",
  "STYLE",
  "COLOR",
  "OTHER",
  "UNKNOWN",
]);

/**
 * The pieces of an order with a quantity each, and a reason and a note for those that are to come back.
 *
 * @param {import("./order-reading.js").Order} order
 * @param {object} parts
 * @param {string[] | null} parts.reasons
 * @param {object | null} parts.given arguments of the tool to start from
 * @param {(args: object) => void} parts.onReview
 * @param {() => void} parts.onCancel
 */
export function returnForm(order, { reasons, given, onReview, onCancel }) {
  const lines = order.lines.map((line) =>
    lineFields(line, reasons ?? DOCUMENTED_REASONS, givenFor(given, line)),
  );
  const problem = el("p", { class: "problem", role: "alert", hidden: true });
  const complain = (text) => {
    problem.textContent = text;
    problem.hidden = text === "";
  };
  const form = el(
    "form",
    { class: "return-form", novalidate: true, "aria-label": `Return items of order ${order.name}` },
    el("p", {}, `Which pieces of order ${order.name} do you want to send back?`),
    el(
      "div",
      {},
      lines.map(({ node }) => node),
    ),
    el("div", { class: "field" }, problem),
    el(
      "div",
      { class: "button-row" },
      el("button", { type: "submit", class: "button" }, "Review return"),
      button("Cancel", onCancel, "plain"),
    ),
  );
  form.addEventListener("input", () => complain(""));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!lines.map(({ check }) => check()).every(Boolean)) {
      form.querySelector("[aria-invalid=true]")?.focus();
      return announce("Please check the marked fields.");
    }
    const chosen = lines.map(({ read }) => read()).filter(Boolean);
    if (chosen.length === 0) return complain("Choose a quantity for at least one piece.");
    onReview({ order_number: order.name, line_items: chosen });
  });
  return form;
}

function givenFor(args, line) {
  return args?.line_items?.find((item) => item.line_item_id === line.id) ?? null;
}

function lineFields(line, reasons, given) {
  const legend = el(
    "legend",
    {},
    el(
      "span",
      { class: "line-picture" },
      el("img", { src: pictureOf(line), alt: "", width: 60, height: 60 }),
    ),
    lineText(
      line,
      line.returnable > 0 ? `${pieces(line.returnable)} can be returned` : "nothing left to return",
    ),
  );
  if (!line.id || line.returnable === 0) {
    return {
      node: el("fieldset", { class: "return-line", disabled: true }, legend),
      check: () => true,
      read: () => null,
    };
  }
  const fields = controls(line, reasons, given);
  const taken = () => Number(fields.quantity.value || "0");
  const askMore = () => {
    for (const node of fields.more) node.hidden = taken() === 0;
  };
  fields.quantity.addEventListener("input", askMore);
  askMore();
  return {
    node: el(
      "fieldset",
      { class: "return-line" },
      legend,
      el("div", { class: "return-fields" }, fields.nodes),
    ),
    check: () => {
      const wrongQuantity = !Number.isInteger(taken()) || taken() < 0 || taken() > line.returnable;
      const wrongReason = !wrongQuantity && taken() > 0 && fields.reason.value === "";
      mark(fields.quantity, wrongQuantity ? `From 0 to ${line.returnable}` : "");
      mark(fields.reason, wrongReason ? "Choose a reason" : "");
      return !wrongQuantity && !wrongReason;
    },
    read: () => (taken() > 0 ? argumentsOf(line, taken(), fields) : null),
  };
}

function controls(line, reasons, given) {
  const quantity = el("input", {
    class: "input",
    type: "number",
    min: 0,
    max: line.returnable,
    step: 1,
    value: given?.quantity ?? 0,
    inputmode: "numeric",
  });
  const reason = el(
    "select",
    { class: "input" },
    el("option", { value: "" }, "Choose…"),
    reasons.map((value) => el("option", { value, selected: given?.return_reason === value }, words(value))),
  );
  const note = el("textarea", { class: "input", rows: 2, maxlength: 500 }, given?.customer_note ?? "");
  const more = [labelled("Reason", reason), labelled("Note (optional)", note, "return-note")];
  return { quantity, reason, note, more, nodes: [labelled("Quantity", quantity), ...more] };
}

function argumentsOf(line, quantity, { reason, note }) {
  const said = note.value.trim();
  return {
    line_item_id: line.id,
    quantity,
    return_reason: reason.value,
    ...(said ? { customer_note: said } : {}),
  };
}

function labelled(text, control, extra = "") {
  control.id = freshId("return");
  const problem = el("p", { class: "problem", id: `${control.id}-problem`, hidden: true });
  control.setAttribute("aria-describedby", problem.id);
  control.addEventListener("input", () => mark(control, ""));
  return el(
    "div",
    { class: `field ${extra}`.trim() },
    el("label", { for: control.id }, text),
    control,
    problem,
  );
}

function mark(control, text) {
  control.setAttribute("aria-invalid", String(text !== ""));
  const problem = control.parentElement.querySelector(".problem");
  problem.textContent = text;
  problem.hidden = text === "";
}
