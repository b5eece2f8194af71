import { button, el } from "./dom.js";
import { pieces, words } from "./format.js";

/**
 * The last look before a return is sent.
 *
 * @param {object} args arguments of `request_return`
 * @param {import("./order-reading.js").Order | null} order for the names of the pieces
 * @param {{before: Node | null, onSend: () => void, onBack: () => void}} parts
 */
export function reviewOf(args, order, { before, onSend, onBack }) {
  const lines = Array.isArray(args.line_items) ? args.line_items : [];
  const of = args.order_number ?? args.order_id;
  return el(
    "div",
    { class: "return-review" },
    before,
    el("h3", { tabindex: "-1" }, "Is this right?"),
    el("p", {}, of ? `You want to return from order ${of}:` : "You want to return:"),
    el(
      "ul",
      { "aria-label": "Pieces to return" },
      lines.map((line) => lineView(line, order)),
    ),
    el(
      "div",
      { class: "button-row" },
      button("Send return request", once(onSend)),
      button(order ? "Back" : "Cancel", onBack, "plain"),
    ),
  );
}

function lineView(line, order) {
  const known = order?.lines.find(({ id }) => id === line.line_item_id);
  const name = known ? [known.title, known.variant].filter(Boolean).join(", ") : line.line_item_id;
  return el(
    "li",
    {},
    el("span", { class: "line-title break" }, name),
    el("br"),
    el("span", { class: "small soft" }, `${pieces(line.quantity)} · ${words(line.return_reason)}`),
    line.customer_note && el("p", { class: "small break" }, `“${line.customer_note}”`),
  );
}

/** A double click sends one request. */
function once(action) {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
