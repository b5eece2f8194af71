import { Storefront } from "./catalog/storefront.js";
import { moneyText } from "./cart/money-text.js";
import { errorNotice, notice, toast } from "./notices.js";
import { startPage } from "./page.js";

let storefront = null;

startPage({
  search: (url) => (storefront ? storefront.go(url) : location.assign(url)),
  onConnect: (parts) => {
    storefront = new Storefront(parts, moneyText(parts.shop.money));
  },
  onResumed: (call) =>
    toast(
      call.error
        ? errorNotice(call.error, { title: call.name })
        : notice({ tone: "good", title: call.name }, "The shop has answered."),
    ),
  onSettled: () => {},
});
