import { sendHtml, sendText } from "../http/reply.js";
import { marketOf } from "../market/market.js";
import { OWN_SHOP, SHOPS, storefrontOf } from "../market/shops.js";
import { PAGE_HEADERS } from "../pages/page.js";
import { homePage, plainPage, playedCheckoutPage, productPage } from "./pages.js";

const PRODUCT = /^\/products\/([a-z0-9-]+)$/;
const POLICY = /^\/policies\/([a-z-]+)$/;
const CART = /^\/cart\/(\d{1,15}):(\d{1,3})$/;

/** Whether a path of the shop that lives here is one that is drawn for it as for the others. */
export function isStorePage(pathname) {
  return PRODUCT.test(pathname) || POLICY.test(pathname);
}

/** The other shops by the host that they go by. */
export function storesByHost(origins) {
  return new Map(SHOPS.filter((shop) => shop !== OWN_SHOP).map((shop) =>
    [new URL(storefrontOf(shop, origins)).host, shop]));
}

/** The pages where offers lead: what a shop sells, and where one would buy it. */
export function storesRoom({ origins, settings }) {
  const policy = `${PAGE_HEADERS["content-security-policy"]}; img-src ${origins.shop}`;

  return ({ req, res, url, route }) => {
    for (const [name, value] of Object.entries(PAGE_HEADERS)) res.setHeader(name, value);
    res.setHeader("content-security-policy", policy);
    if (req.method !== "GET" && req.method !== "HEAD") return sendText(res, 405, "Method Not Allowed");
    const shop = route.store ?? OWN_SHOP;
    const html = pageAt(shop, url);
    return html ? sendHtml(res, 200, html) : sendHtml(res, 404, plainPage(shop, "Not found", "There is no such page."));
  };

  function pageAt(shop, { pathname, searchParams }) {
    const market = marketOf(settings.current.catalogProducts);
    if (pathname === "/") return homePage(shop, market.offers.filter((offer) => offer.shop === shop));
    const [, handle] = pathname.match(PRODUCT) ?? [];
    const offer = handle && market.offerAt(shop.handle, handle);
    if (offer) return productPage(offer, { origins, variantNumber: searchParams.get("variant") });
    const [, number, quantity] = pathname.match(CART) ?? [];
    const found = number && market.variantById(`gid://shopify/ProductVariant/${number}`);
    if (found && found.offer.shop === shop) return playedCheckoutPage(found, Number(quantity));
    const [, name] = pathname.match(POLICY) ?? [];
    return name ? plainPage(shop, "Policy", `What ${shop.name} has to say about ${name.replaceAll("-", " ")}.`) : null;
  }
}
