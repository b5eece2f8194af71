import { permalink } from "../catalog/describe.js";
import { formatMoney } from "../catalog/money.js";
import { offerPictureUrl } from "../catalog/picture.js";
import { isAvailable } from "../market/offer.js";
import { priceOf } from "../market/presentment.js";
import { storefrontOf } from "../market/shops.js";
import { escape, page } from "../pages/page.js";

const SHOWN = 40;

/** What a shop sells. */
export function homePage(shop, offers) {
  const links = offers.slice(0, SHOWN).map((offer) =>
    `<li><a href="/products/${escape(offer.handle)}">${escape(offer.title)}</a></li>`);
  return drawn(shop, shop.name, `<h1>${escape(shop.name)}</h1><p class="lead">${escape(shop.promise)}</p>
    <p>${offers.length} products</p><ul>${links.join("")}</ul>`);
}

/** A product with its variants, each with the way to buy it. */
export function productPage(offer, { origins, variantNumber }) {
  const { shop } = offer;
  const picture = offer.shape
    ? `<img src="${escape(offerPictureUrl(origins, offer))}" alt="${escape(offer.title)}" width="200" height="200">` : "";
  const rows = offer.variants.map((variant) => {
    const { amount, currency } = priceOf(variant, shop, shop.currency);
    const chosen = variant.id.endsWith(`/${variantNumber}`);
    const name = chosen ? `<strong>${escape(variant.title)}</strong>` : escape(variant.title);
    const way = isAvailable(variant)
      ? `<a href="${escape(permalink(storefrontOf(shop, origins), variant))}">${escape(formatMoney(currency, amount))}</a>`
      : escape(variant.stock.status.replaceAll("_", " "));
    return `<tr><td>${name}</td><td>${way}</td></tr>`;
  });
  return drawn(shop, offer.title, `<h1>${escape(offer.title)}</h1>${picture}
    <p class="lead">${escape(offer.description)}</p><table>${rows.join("")}</table>`);
}

/** Where another shop's checkout would begin. */
export function playedCheckoutPage({ offer: { shop, title }, variant }, quantity) {
  const { amount, currency } = priceOf(variant, shop, shop.currency);
  return drawn(shop, "Checkout", `<h1>Checkout</h1>
    <table><tr><td>${escape(title)} <small>${escape(variant.title)}</small> × ${quantity}</td>
      <td>${escape(formatMoney(currency, amount * quantity))}</td></tr></table>
    <p id="status" data-status="played">This is where the checkout of ${escape(shop.name)} begins. The shop is only played
      here, so it ends here too.</p>`);
}

export function plainPage(shop, title, words) {
  return drawn(shop, title, `<h1>${escape(title)}</h1><p>${escape(words)}</p>`);
}

function drawn(shop, title, main) {
  return page({ lang: "en", title: escape(title), shop: shop.name, main: `${main}
    <nav><a href="/">${escape(shop.name)}</a></nav>` });
}
