import { Shelf } from "./cart/shelf.js";
import { el } from "./dom.js";
import { ORDER_TOOL, OrderLookup } from "./order-lookup.js";
import { errorNotice, notice, toast } from "./notices.js";
import { startPage } from "./page.js";

const lookup = new OrderLookup((order) =>
  el(
    "div",
    { class: "button-row" },
    el(
      "a",
      { class: "button button-quiet", href: `/account/?return=${encodeURIComponent(order.name)}#returns` },
      "Return items",
    ),
  ),
);

startPage({
  onConnect: ({ customer, cart, drawer }) => {
    lookup.connect(customer);
    new Shelf(cart, drawer);
  },
  onResumed: (call) => {
    if (call.name === ORDER_TOOL) lookup.showResumed(call);
    else
      toast(
        call.error
          ? errorNotice(call.error, { title: call.name })
          : notice({ tone: "good", title: call.name }, "The shop has answered."),
      );
  },
  onSettled: () => lookup.settle(),
});
