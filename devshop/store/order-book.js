import { pastOrders } from "./orders.js";

/** Statuses of a parcel whose pieces can come back. */
const HANDED_OVER = new Set(["DELIVERED", "PICKED_UP"]);

/** The orders of one running shop. Returns change it; {@link OrderBook.reset} undoes them. */
export class OrderBook {
  #orders;

  constructor() {
    this.reset();
  }

  reset() {
    this.#orders = pastOrders(new Date());
  }

  /** @param {string} customerId newest first */
  ordersOf(customerId) {
    return this.#orders.filter((order) => order.customer.id === customerId).reverse();
  }

  /** @param {string} text with or without `#` */
  findByNumber(customerId, text) {
    const name = `#${text.trim().replace(/^#/, "")}`;
    return this.ordersOf(customerId).find((order) => order.name === name);
  }

  findById(customerId, id) {
    return this.ordersOf(customerId).find((order) => order.id === id);
  }

  /** How many pieces of a line the customer has and has not yet asked to send back. */
  returnableQuantity(order, lineItemId) {
    const received = order.shipments
      .filter((shipment) => HANDED_OVER.has(shipment.status))
      .flatMap((shipment) => shipment.lineItems)
      .filter((line) => line.id === lineItemId)
      .reduce((sum, line) => sum + line.quantity, 0);
    const claimed = order.returns
      .flatMap((entry) => entry.lineItems)
      .filter((line) => line.id === lineItemId)
      .reduce((sum, line) => sum + line.quantity, 0);
    return Math.max(0, received - claimed);
  }

  /**
   * Records a return. The caller has checked the lines against {@link OrderBook.returnableQuantity}.
   *
   * @param {{id: string, quantity: number, reason: string, customerNote: string | null}[]} lineItems
   */
  requestReturn(order, lineItems) {
    const position = order.returns.length + 1;
    const entry = {
      id: `gid://shopify/Return/${2230000100000 + order.number * 100 + position}`,
      name: `${order.name}-R${position}`,
      status: "REQUESTED",
      createdAt: new Date(),
      lineItems,
    };
    order.returns.push(entry);
    return entry;
  }
}
