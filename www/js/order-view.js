import { el } from "./dom.js";
import { formatDate, formatMoney, pieces } from "./format.js";
import { statusOf } from "./order-status.js";
import { lineText, pictureOf } from "./product-pictures.js";

/**
 * An order as a card's content. Its heading takes focus by script.
 *
 * @param {import("./order-reading.js").Order} order
 * @param {{returnWay?: (order: import("./order-reading.js").Order) => Node | null, compact?: boolean}} [parts]
 */
export function orderView(order, { returnWay, compact = false } = {}) {
  const status = statusOf(order);
  return el(
    "article",
    { class: "order", "data-order": order.name, "data-status": status.label },
    el(
      "div",
      { class: "order-head" },
      el("h3", { tabindex: "-1" }, `Order ${order.name}`),
      el("span", { class: `chip tone-${status.tone}` }, status.label),
    ),
    el(
      "p",
      { class: "order-lead" },
      status.sentence,
      order.createdAt && el("span", { class: "soft" }, ` Ordered on ${formatDate(order.createdAt)}.`),
    ),
    status.journey && journeyView(status.journey),
    order.parcels.some(({ tracking }) => tracking) &&
      el(
        "ul",
        { class: "parcels", "aria-label": "Parcels" },
        order.parcels.filter(({ tracking }) => tracking).map(parcelView),
      ),
    linesView(order.lines),
    !compact && totalsView(order.totals),
    returnWay &&
      order.lines.some(({ id, returnable }) => id && returnable > 0) &&
      !order.canceledAt &&
      returnWay(order),
  );
}

/** One sentence for a screen reader. */
export function orderInWords(order) {
  const { label, sentence } = statusOf(order);
  return `Order ${order.name}: ${label}. ${sentence}`;
}

function journeyView({ steps, at }) {
  return el(
    "ol",
    { class: "journey", "aria-label": "Progress" },
    steps.map((step, index) =>
      el(
        "li",
        { class: index <= at ? "done" : null, "aria-current": index === at ? "step" : null },
        step,
        index <= at && el("span", { class: "visually-hidden" }, index === at ? " (now)" : " (done)"),
      ),
    ),
  );
}

function parcelView({ tracking }) {
  const name = [tracking.company ?? "Carrier", tracking.number].filter(Boolean).join(" ");
  return el(
    "li",
    { class: "parcel small" },
    el("span", { class: "break" }, name),
    tracking.url &&
      el(
        "a",
        { href: tracking.url, target: "_blank", rel: "noopener noreferrer" },
        "Track this parcel",
        el("span", { class: "visually-hidden" }, ` ${name} (opens a new tab)`),
      ),
  );
}

function linesView(lines) {
  return el(
    "ul",
    { class: "order-lines", "aria-label": "Items" },
    lines.map((line) =>
      el(
        "li",
        { class: "order-line" },
        el(
          "div",
          { class: "line-picture" },
          el("img", { src: pictureOf(line), alt: "", width: 60, height: 60 }),
        ),
        lineText(line, pieces(line.quantity)),
        el("span", { class: "line-price" }, formatMoney(line.total)),
      ),
    ),
  );
}

function totalsView(totals) {
  if (totals.length === 0) return null;
  return el(
    "dl",
    { class: "totals" },
    totals.map(({ label, money, grand }) =>
      el("div", { class: grand ? "grand" : null }, el("dt", {}, label), el("dd", {}, formatMoney(money))),
    ),
  );
}
