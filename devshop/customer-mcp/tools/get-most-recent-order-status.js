import { describeOrder } from "../describe-order.js";
import { ToolRefusal } from "../tool-results.js";

export const getMostRecentOrderStatus = {
  definition: {
    name: "get_most_recent_order_status",
    description: "Get the status of the customer's most recent order, with its line items, payment and shipments.",
    inputSchema: { type: "object", properties: {}, required: [] },
  },
  run(_args, { customer, orders }) {
    const [latest] = orders.ordersOf(customer.id);
    if (!latest) throw new ToolRefusal("The customer has no orders");
    return { order: describeOrder(latest, orders) };
  },
};
