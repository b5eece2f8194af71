import { describeReturn } from "../describe-order.js";
import { ToolRefusal } from "../tool-results.js";

const REASONS = [
  "SIZE_TOO_SMALL", "SIZE_TOO_LARGE", "UNWANTED", "NOT_AS_DESCRIBED", "WRONG_ITEM", "DEFECTIVE", "STYLE", "COLOR",
  "OTHER", "UNKNOWN",
];

export const requestReturn = {
  definition: {
    name: "request_return",
    description: "Request a return for line items of one of the customer's orders. "
      + "Name the order by order_id or by order_number.",
    inputSchema: {
      type: "object",
      properties: {
        order_id: { type: "string", description: "The order's id, gid://shopify/Order/<id>." },
        order_number: { type: "string", description: "The order number, such as \"#1001\" or \"1001\"." },
        line_items: {
          type: "array",
          minItems: 1,
          items: {
            type: "object",
            properties: {
              line_item_id: { type: "string", description: "The line item's id, gid://shopify/LineItem/<id>." },
              quantity: { type: "integer", minimum: 1 },
              return_reason: { type: "string", enum: REASONS },
              customer_note: { type: "string" },
            },
            required: ["line_item_id", "quantity", "return_reason"],
          },
        },
      },
      required: ["line_items"],
    },
  },
  run(args, { customer, orders }) {
    const order = orderOf(args, customer, orders);
    checkLines(args.line_items, order, orders);
    const entry = orders.requestReturn(order, args.line_items.map((line) => ({
      id: line.line_item_id,
      quantity: line.quantity,
      reason: line.return_reason,
      customerNote: line.customer_note ?? null,
    })));
    return { return: describeReturn(entry), order: { id: order.id, order_number: order.name } };
  },
};

function orderOf({ order_id: id, order_number: number }, customer, orders) {
  if ((id === undefined) === (number === undefined)) {
    throw new ToolRefusal("Provide exactly one of order_id and order_number");
  }
  if (number !== undefined) {
    const order = orders.findByNumber(customer.id, number);
    if (!order) throw new ToolRefusal(`Order not found with number: ${number}`);
    return order;
  }
  if (!/^gid:\/\/shopify\/Order\/./.test(id)) throw new ToolRefusal("order_id must look like gid://shopify/Order/<id>");
  const order = orders.findById(customer.id, id);
  if (!order) throw new ToolRefusal(`Order not found with id: ${id}`);
  return order;
}

/** Lines that name the same item twice count together. */
function checkLines(lines, order, orders) {
  const asked = new Map();
  for (const { line_item_id: id, quantity } of lines) asked.set(id, (asked.get(id) ?? 0) + quantity);
  for (const [id, quantity] of asked) {
    if (!/^gid:\/\/shopify\/LineItem\/./.test(id)) {
      throw new ToolRefusal("line_item_id must look like gid://shopify/LineItem/<id>");
    }
    const item = order.lineItems.find((line) => line.id === id);
    if (!item) throw new ToolRefusal(`Line item not found in order ${order.name}: ${id}`);
    const left = orders.returnableQuantity(order, id);
    if (quantity > left) {
      throw new ToolRefusal(`Only ${left} of ${item.title} can be returned from order ${order.name}, not ${quantity}`);
    }
  }
}
