// Carts, for building and estimating.

import { invalid } from "../errors.js";
import { tellingMethods } from "../words.js";
import { Baskets } from "./baskets.js";
import { lineItems } from "./draft.js";

export class Carts extends Baskets {
  constructor(connection, calls) {
    super("cart", connection, calls);
  }

  /** Of what is in the cart already there are more then. */
  async add(id, items, options) {
    return this.edit(id, (draft) => {
      for (const line of lineItems(items)) {
        const same = draft.line_items.find(({ item }) => item.id === line.item?.id);
        if (same) same.quantity += line.quantity;
        else draft.line_items.push(line);
      }
    }, options);
  }

  /** 0 removes the line. */
  async setQuantity(id, lineId, quantity, options) {
    if (!Number.isSafeInteger(quantity) || quantity < 0) throw invalid("quantity", "A quantity is a whole number, 0 or more.");
    return this.edit(id, (draft) => {
      const line = draft.line_items.find((one) => one.id === lineId);
      if (!line) throw invalid("lineId", "The cart has no such line: another tab may have removed it.");
      line.quantity = quantity;
      draft.line_items = draft.line_items.filter((one) => one.quantity > 0);
    }, options);
  }
}

tellingMethods(Carts, "add", "setQuantity");
