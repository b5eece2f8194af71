import { sendHtml, sendText } from "../http/reply.js";
import { productUrl } from "../global-catalog/describe.js";
import { marketOf } from "../market/market.js";
import { PAGE_HEADERS, escape, page } from "../pages/page.js";

const PATH = /^\/global\/v1\/p\/([0-9A-Za-z]+)$/;

/** Whether a path is where the `url` of a product leads. */
export function isProductPage(pathname) {
  return PATH.test(pathname);
}

/** A page of a product with the shops that sell it. */
export function productPageRoom({ origins, settings }) {
  return ({ req, res, url }) => {
    for (const [name, value] of Object.entries(PAGE_HEADERS)) res.setHeader(name, value);
    if (req.method !== "GET" && req.method !== "HEAD") return sendText(res, 405, "Method Not Allowed");
    const [, upid] = url.pathname.match(PATH);
    const item = marketOf(settings.current.catalogProducts).itemByUpid(upid);
    if (!item) return sendText(res, 404, "Not Found");
    const gsid = url.searchParams.get("_gsid");
    const shops = item.offers.map((offer) =>
      `<li><a href="${escape(productUrl(offer, { origins, gsid }))}">${escape(offer.shop.name)}</a></li>`);
    return sendHtml(res, 200, page({
      lang: "en", title: escape(item.title), shop: "Discover",
      main: `<h1>${escape(item.title)}</h1><p class="lead">${escape(item.description)}</p><ul>${shops.join("")}</ul>`,
    }));
  };
}
