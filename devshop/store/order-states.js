/**
 * What each state in the order table means for money, parcels and returns.
 *
 * - `financial`, `fulfillment`: the statuses an order shows.
 * - `shipments`: parcels, each with its status and which lines it holds ("all", "first", "rest").
 * - `returns`: status of a return that takes one piece of every line, or null.
 * - `refund`: "all", "shipping-damage" (one piece of the first line) or null.
 */
export const ORDER_STATES = Object.freeze({
  unfulfilled: { financial: "PAID", fulfillment: "UNFULFILLED" },
  payment_pending: { financial: "PENDING", fulfillment: "UNFULFILLED" },
  payment_expired: { financial: "EXPIRED", fulfillment: "UNFULFILLED", canceled: "DECLINED" },
  on_hold: { financial: "PAID", fulfillment: "ON_HOLD", hold: "Awaiting address confirmation" },
  scheduled: { financial: "PAID", fulfillment: "SCHEDULED", shipsInDays: 12 },
  partially_fulfilled: {
    financial: "PAID",
    fulfillment: "PARTIALLY_FULFILLED",
    shipments: [{ status: "DELIVERED", lines: "first" }],
  },
  in_transit: { financial: "PAID", fulfillment: "FULFILLED", shipments: [{ status: "IN_TRANSIT", lines: "all" }] },
  out_for_delivery: {
    financial: "PAID",
    fulfillment: "FULFILLED",
    shipments: [{ status: "OUT_FOR_DELIVERY", lines: "all" }],
  },
  attempted_delivery: {
    financial: "PAID",
    fulfillment: "FULFILLED",
    shipments: [{ status: "ATTEMPTED_DELIVERY", lines: "all" }],
  },
  ready_for_pickup: {
    financial: "PAID",
    fulfillment: "FULFILLED",
    shipments: [{ status: "READY_FOR_PICKUP", lines: "all", pickup: true }],
  },
  picked_up: {
    financial: "PAID",
    fulfillment: "FULFILLED",
    shipments: [{ status: "PICKED_UP", lines: "all", pickup: true }],
  },
  lost_in_transit: {
    financial: "REFUNDED",
    fulfillment: "FULFILLED",
    shipments: [{ status: "FAILURE", lines: "all" }],
    refund: "all",
  },
  delivered: { financial: "PAID", fulfillment: "FULFILLED", shipments: [{ status: "DELIVERED", lines: "all" }] },
  canceled: { financial: "VOIDED", fulfillment: "UNFULFILLED", canceled: "CUSTOMER" },
  refunded: { financial: "REFUNDED", fulfillment: "UNFULFILLED", canceled: "INVENTORY", refund: "all" },
  partially_refunded: {
    financial: "PARTIALLY_REFUNDED",
    fulfillment: "FULFILLED",
    shipments: [{ status: "DELIVERED", lines: "all" }],
    refund: "shipping-damage",
  },
  return_requested: {
    financial: "PAID",
    fulfillment: "FULFILLED",
    shipments: [{ status: "DELIVERED", lines: "all" }],
    returns: "REQUESTED",
  },
  return_in_progress: {
    financial: "PAID",
    fulfillment: "FULFILLED",
    shipments: [{ status: "DELIVERED", lines: "all" }],
    returns: "OPEN",
  },
  returned: {
    financial: "REFUNDED",
    fulfillment: "FULFILLED",
    shipments: [{ status: "DELIVERED", lines: "all" }],
    returns: "CLOSED",
    refund: "all",
  },
});
