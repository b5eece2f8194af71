import { describeCheckout } from "../describe.js";
import { checkoutRequest, completion, id, inputOf, metaWithKey, openMeta } from "./schemas.js";

export const createCheckout = {
  family: "checkout",
  definition: {
    name: "create_checkout",
    description: "Create a checkout from items or from a cart.",
    inputSchema: inputOf({ meta: openMeta, checkout: checkoutRequest }),
  },
  run: ({ checkout }, { checkouts, party, terms, deal }) =>
    describeCheckout(checkouts.create(checkout, party, terms), deal),
};

export const getCheckout = {
  family: "checkout",
  definition: {
    name: "get_checkout",
    description: "Get a checkout.",
    inputSchema: inputOf({ meta: openMeta, id }),
  },
  run: (args, { checkouts, party, terms, deal }) => describeCheckout(checkouts.get(args.id, party, terms), deal),
};

export const updateCheckout = {
  family: "checkout",
  definition: {
    name: "update_checkout",
    description: "Replace what is in a checkout. What is left out is removed.",
    inputSchema: inputOf({ meta: openMeta, id, checkout: checkoutRequest }),
  },
  run: (args, { checkouts, party, terms, deal }) =>
    describeCheckout(checkouts.update(args.id, args.checkout, party, terms), deal),
};

export const completeCheckout = {
  family: "checkout",
  needsKey: true,
  definition: {
    name: "complete_checkout",
    description: "Pay for a checkout that is ready for it.",
    inputSchema: inputOf({ meta: metaWithKey, id, checkout: completion }),
  },
  run: (args, { checkouts, party, terms, deal }) =>
    describeCheckout(checkouts.complete(args.id, args.checkout, party, terms), deal),
};

export const cancelCheckout = {
  family: "checkout",
  needsKey: true,
  definition: {
    name: "cancel_checkout",
    description: "Cancel a checkout.",
    inputSchema: inputOf({ meta: openMeta, id }),
  },
  run: (args, { checkouts, party, terms, deal }) => describeCheckout(checkouts.cancel(args.id, party, terms), deal),
};
