import { assess } from "../../sales/assess.js";
import { describeCart } from "../describe.js";
import { cartRequest, id, inputOf, openMeta } from "./schemas.js";

const told = (record, { deal, terms }) => describeCart(record, assess(record, { ...terms, isCheckout: false }), deal);

export const createCart = {
  family: "cart",
  definition: {
    name: "create_cart",
    description: "Create a cart.",
    inputSchema: inputOf({ meta: openMeta, cart: cartRequest }),
  },
  run: ({ cart }, call) => told(call.carts.create(cart, call.party, call.terms), call),
};

export const getCart = {
  family: "cart",
  definition: {
    name: "get_cart",
    description: "Get a cart.",
    inputSchema: inputOf({ meta: openMeta, id }),
  },
  run: ({ id: cartId }, call) => told(call.carts.get(cartId, call.party), call),
};

export const updateCart = {
  family: "cart",
  definition: {
    name: "update_cart",
    description: "Replace what is in a cart. What is left out is removed.",
    inputSchema: inputOf({ meta: openMeta, id, cart: cartRequest }),
  },
  run: ({ id: cartId, cart }, call) => told(call.carts.update(cartId, cart, call.party, call.terms), call),
};

export const cancelCart = {
  family: "cart",
  needsKey: true,
  definition: {
    name: "cancel_cart",
    description: "Cancel a cart.",
    inputSchema: inputOf({ meta: openMeta, id }),
  },
  run: ({ id: cartId }, call) => told(call.carts.cancel(cartId, call.party), call),
};
