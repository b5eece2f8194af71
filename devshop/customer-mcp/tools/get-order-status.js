import { describeOrder } from "../describe-order.js";
import { ToolRefusal } from "../tool-results.js";

export const getOrderStatus = {
  definition: {
    name: "get_order_status",
    description: "Get the status of one of the customer's orders by its order number.",
    inputSchema: {
      type: "object",
      properties: {
        order_number: { type: "string", description: "The order number, such as \"#1001\" or \"1001\"." },
      },
      required: ["order_number"],
    },
  },
  run({ order_number: number }, { customer, orders }) {
    const order = orders.findByNumber(customer.id, number);
    if (!order) throw new ToolRefusal(`Order not found with number: ${number}`);
    return { order: describeOrder(order, orders) };
  },
};
