/**
 * Reads what the order tools answer. Shopify documents no form for it beyond "text, often JSON", so members are looked
 * for under the names in use, and whatever is missing is left out rather than guessed.
 */

/** The answer's JSON, from `structuredContent` or from its first text; undefined when there is none. */
export function jsonOf(result) {
  if (result?.structuredContent) return result.structuredContent;
  const text = textOf(result);
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The first text of an answer, or null. */
export function textOf(result) {
  const part = result?.content?.find?.((item) => item.type === "text" && typeof item.text === "string");
  return part ? part.text : null;
}

/**
 * @typedef {{amount: string, currency: string}} Money
 * @typedef {object} OrderLine
 * @property {string | null} id
 * @property {string} title
 * @property {string | null} variant
 * @property {number} quantity
 * @property {number} returnable how many pieces can still come back
 * @property {Money | null} total
 * @typedef {object} Parcel
 * @property {string} status
 * @property {boolean} pickup
 * @property {string | null} shippedAt
 * @property {string | null} expectedAt
 * @property {string | null} deliveredAt
 * @property {{company: string | null, number: string | null, url: string | null} | null} tracking
 * @typedef {object} Order
 * @property {string | null} id
 * @property {string} name with its `#`
 * @property {string | null} createdAt
 * @property {string} fulfillment
 * @property {string} financial
 * @property {string | null} canceledAt
 * @property {string | null} cancelReason
 * @property {string | null} holdReason
 * @property {string | null} shipsAt
 * @property {OrderLine[]} lines
 * @property {Parcel[]} parcels
 * @property {{name: string, status: string, createdAt: string | null}[]} returns
 * @property {{label: string, money: Money, grand?: boolean}[]} totals
 */

/** @returns {Order | null} null when the answer does not look like an order */
export function orderOf(result) {
  const answer = jsonOf(result);
  const order = first(answer, "order", "orders") ?? answer;
  const read = Array.isArray(order) ? order[0] : order;
  const name = first(read, "order_number", "name", "number");
  if (name === undefined) return null;
  return {
    id: text(first(read, "id", "order_id")),
    name: String(name).startsWith("#") ? String(name) : `#${name}`,
    createdAt: text(first(read, "created_at", "processed_at")),
    fulfillment: code(first(read, "fulfillment_status", "status")),
    financial: code(first(read, "financial_status", "payment_status")),
    canceledAt: text(first(read, "canceled_at", "cancelled_at")),
    cancelReason: text(first(read, "cancel_reason")),
    holdReason: text(first(read, "hold_reason")),
    shipsAt: text(first(read, "ships_at", "fulfill_at")),
    lines: list(first(read, "line_items", "lines")).map(lineOf),
    parcels: list(first(read, "shipments", "fulfillments")).map(parcelOf),
    returns: list(first(read, "returns")).map(returnOf),
    totals: totalsOf(read),
  };
}

function lineOf(line) {
  const quantity = count(first(line, "quantity")) ?? 1;
  return {
    id: text(first(line, "id", "line_item_id")),
    title: String(first(line, "title", "name") ?? "Item"),
    variant: text(first(line, "variant_title")),
    quantity,
    returnable: count(first(line, "returnable_quantity")) ?? quantity,
    total: moneyOf(first(line, "total", "total_price", "price")),
  };
}

function parcelOf(parcel) {
  const tracking = first(parcel, "tracking", "tracking_info");
  const info = Array.isArray(tracking) ? tracking[0] : tracking;
  return {
    status: code(first(parcel, "status", "latest_shipment_status", "shipment_status")),
    pickup: code(first(parcel, "method", "delivery_method")).startsWith("PICK"),
    shippedAt: text(first(parcel, "shipped_at", "created_at")),
    expectedAt: text(first(parcel, "estimated_delivery_at")),
    deliveredAt: text(first(parcel, "delivered_at")),
    tracking: info
      ? {
          company: text(first(info, "company")),
          number: text(first(info, "number")),
          url: webAddress(first(info, "url")),
        }
      : null,
  };
}

/** A return, from an order or from the answer of `request_return`. */
export function returnOf(entry) {
  return {
    name: String(first(entry, "name", "id") ?? "Return"),
    status: code(first(entry, "status")),
    createdAt: text(first(entry, "created_at")),
  };
}

/** @returns {{balance: Money}[] | null} null when the answer does not look like store credit */
export function creditOf(result) {
  const answer = jsonOf(result);
  const accounts = Array.isArray(answer)
    ? answer
    : first(answer, "store_credit_accounts", "store_credit_balances", "balances", "accounts");
  if (!Array.isArray(accounts)) return null;
  return accounts
    .map((account) => ({ balance: moneyOf(first(account, "balance", "amount") ?? account) }))
    .filter(({ balance }) => balance !== null);
}

/** @returns {ReturnType<typeof returnOf> | null} what `request_return` made */
export function requestedReturnOf(result) {
  const answer = jsonOf(result);
  const entry = first(answer, "return", "return_request");
  return entry && typeof entry === "object" ? returnOf(entry) : null;
}

function totalsOf(order) {
  const rows = [
    ["Subtotal", moneyOf(first(order, "subtotal", "subtotal_price"))],
    ["Shipping", moneyOf(first(order, "shipping", "total_shipping", "shipping_price"))],
    ["Tax", moneyOf(first(order, "tax", "total_tax"))],
  ].map(([label, money]) => ({ label, money }));
  rows.push({ label: "Total", money: moneyOf(first(order, "total", "total_price")), grand: true });
  for (const refund of list(first(order, "refunds"))) {
    rows.push({ label: "Refunded", money: moneyOf(first(refund, "amount", "total_refunded")) });
  }
  return rows.filter(({ money }) => money !== null);
}

/** @returns {Money | null} */
function moneyOf(value) {
  if (value === null || typeof value !== "object") return null;
  const inner = first(value, "shop_money", "presentment_money") ?? value;
  const amount = first(inner, "amount");
  const currency = first(inner, "currency_code", "currency");
  return amount === undefined || amount === null
    ? null
    : { amount: String(amount), currency: String(currency ?? "") };
}

/** Own member under one of its names, in snake_case or camelCase; undefined when there is none. */
function first(object, ...names) {
  if (object === null || typeof object !== "object") return undefined;
  for (const name of names) {
    for (const spelling of [name, name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase())]) {
      if (Object.hasOwn(object, spelling) && object[spelling] !== null) return object[spelling];
    }
  }
  return undefined;
}

function list(value) {
  return Array.isArray(value) ? value.filter((item) => item !== null && typeof item === "object") : [];
}

function text(value) {
  return typeof value === "string" && value !== "" ? value : null;
}

function count(value) {
  return Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** Status words in one form, whatever their case and separators. */
function code(value) {
  return typeof value === "string"
    ? value
        .trim()
        .toUpperCase()
        .replace(/[\s-]+/g, "_")
    : "";
}

/** Only web addresses become links: an answer is data, and `javascript:` is an address too. */
function webAddress(value) {
  if (typeof value !== "string" || !URL.canParse(value)) return null;
  const url = new URL(value);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
}
