import { formatDate, formatWeekday, words } from "./format.js";

/**
 * @typedef {object} OrderStatus
 * @property {string} label a word or two
 * @property {"good"|"warn"|"bad"|"calm"} tone
 * @property {string} sentence
 * @property {{steps: string[], at: number} | null} journey the steps of this order and the one it is at
 */

const SHIPPED = ["Ordered", "Shipped", "Out for delivery", "Delivered"];
const PICKED_UP = ["Ordered", "Ready for pickup", "Picked up"];

/** What each status of a parcel means for the customer. */
const PARCELS = {
  IN_TRANSIT: (parcel) => ({
    label: "On its way",
    tone: "calm",
    at: 1,
    sentence: parcel.expectedAt
      ? `It should reach you by ${formatWeekday(parcel.expectedAt)}.`
      : "It is on its way to you.",
  }),
  OUT_FOR_DELIVERY: () => ({
    label: "Out for delivery",
    tone: "calm",
    at: 2,
    sentence: "It should reach you today.",
  }),
  ATTEMPTED_DELIVERY: () => ({
    label: "Delivery attempted",
    tone: "warn",
    at: 2,
    sentence: "The carrier was at your door and will try again.",
  }),
  DELIVERED: (parcel) => ({
    label: "Delivered",
    tone: "good",
    at: 3,
    sentence: parcel.deliveredAt
      ? `It was delivered on ${formatDate(parcel.deliveredAt)}.`
      : "It was delivered.",
  }),
  READY_FOR_PICKUP: () => ({
    label: "Ready for pickup",
    tone: "calm",
    at: 1,
    sentence: "It is waiting for you in our workshop store.",
  }),
  PICKED_UP: (parcel) => ({
    label: "Picked up",
    tone: "good",
    at: 2,
    sentence: parcel.deliveredAt
      ? `You picked it up on ${formatDate(parcel.deliveredAt)}.`
      : "You picked it up.",
  }),
  FAILURE: () => ({
    label: "Lost on the way",
    tone: "bad",
    at: 1,
    sentence: "The carrier lost this parcel. We are sorry.",
  }),
};

/** What the fulfillment of an order without a parcel means. */
const WAITING = {
  UNFULFILLED: () => ({
    label: "Being prepared",
    tone: "calm",
    sentence: "We are packing it in the workshop.",
  }),
  ON_HOLD: (order) => ({
    label: "On hold",
    tone: "warn",
    sentence: order.holdReason
      ? `We had to pause it: ${order.holdReason.toLowerCase()}.`
      : "We had to pause it for a moment.",
  }),
  SCHEDULED: (order) => ({
    label: "Scheduled",
    tone: "calm",
    sentence: order.shipsAt
      ? `It leaves the workshop on ${formatWeekday(order.shipsAt)}.`
      : "It leaves the workshop later.",
  }),
};

const CANCEL_REASONS = {
  CUSTOMER: "at your request",
  INVENTORY: "because a piece was not available",
  DECLINED: "because the payment was declined",
  FRAUD: "for safety reasons",
};

const PAYMENTS = { PENDING: "The payment has not arrived yet." };

/**
 * @param {import("./order-reading.js").Order} order
 * @returns {OrderStatus}
 */
export function statusOf(order) {
  if (order.canceledAt) return canceled(order);
  const comingBack = order.returns.find(({ status }) => status !== "DECLINED" && status !== "CANCELED");
  const [parcel] = order.parcels;
  const status = parcel ? shipped(order, parcel) : waiting(order);
  return comingBack ? { ...status, ...returning(comingBack) } : status;
}

function canceled(order) {
  const reason = CANCEL_REASONS[order.cancelReason?.toUpperCase()];
  const money = order.financial === "REFUNDED" ? " Your money is on its way back." : "";
  return {
    label: "Canceled",
    tone: "bad",
    journey: null,
    sentence: `It was canceled on ${formatDate(order.canceledAt)}${reason ? `, ${reason}` : ""}.${money}`,
  };
}

function shipped(order, parcel) {
  const journey = { steps: parcel.pickup ? PICKED_UP : SHIPPED, at: 1 };
  const known = PARCELS[parcel.status]?.(parcel) ?? {
    label: words(parcel.status || "Shipped"),
    tone: "calm",
    at: 1,
    sentence: "It has left the workshop.",
  };
  const status = {
    label: known.label,
    tone: known.tone,
    sentence: known.sentence,
    journey: { ...journey, at: known.at },
  };
  if (order.fulfillment === "PARTIALLY_FULFILLED") {
    return {
      ...status,
      label: "Partly shipped",
      tone: "calm",
      sentence: "A part is with you, the rest is being prepared.",
      journey: { steps: SHIPPED, at: 1 },
    };
  }
  if (parcel.status === "FAILURE" && order.financial === "REFUNDED") {
    return { ...status, sentence: `${status.sentence} Your money is on its way back.` };
  }
  return status;
}

function waiting(order) {
  const known = WAITING[order.fulfillment]?.(order) ?? {
    label: words(order.fulfillment || "Received"),
    tone: "calm",
    sentence: "We have your order.",
  };
  const payment = PAYMENTS[order.financial];
  return {
    ...known,
    ...(payment ? { label: "Waiting for payment", tone: "warn", sentence: payment } : {}),
    journey: { steps: SHIPPED, at: 0 },
  };
}

const RETURNS = {
  REQUESTED: {
    label: "Return requested",
    tone: "calm",
    sentence: "We have your return request and answer within two days.",
  },
  OPEN: { label: "Return in progress", tone: "calm", sentence: "We are expecting your parcel." },
  CLOSED: { label: "Returned", tone: "good", sentence: "Your return has arrived and is settled." },
};

function returning({ status }) {
  return (
    RETURNS[status] ?? {
      label: `Return: ${words(status)}`,
      tone: "calm",
      sentence: "A return belongs to this order.",
    }
  );
}
