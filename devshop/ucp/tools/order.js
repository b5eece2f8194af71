import { describeOrder } from "../describe.js";
import { id, inputOf, openMeta } from "./schemas.js";

export const getOrder = {
  family: "order",
  definition: {
    name: "get_order",
    description: "Get an order that was placed through this agent.",
    inputSchema: inputOf({ meta: openMeta, id }),
  },
  run: (args, { orders, party, deal }) => describeOrder(orders.get(args.id, party), deal),
};
