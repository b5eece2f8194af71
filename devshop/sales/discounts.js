import { priceIn } from "../catalog/money.js";
import { error, warning } from "./messages.js";

const percent = (share) => ({ subtotal }) => Math.round((subtotal * share) / 100);

/**
 * The codes that the shop knows. One that takes money off has a `title` and how much it takes, off the whole (`off`) or
 * off each piece (`offEach`), and may be for some buyers only (`isFor`); the shop may have something to say (`says`).
 */
const CODES = {
  CLAY10: { title: "10% off", off: percent(10) },
  MUGS5: {
    title: "5 off each mug",
    offEach: ({ variant, currency }) => (variant.product.shape === "mug" ? priceIn(currency, 500) : 0),
  },
  FREESHIP: { title: "Free shipping", freeShipping: true },
  MEMBERS: {
    title: "15% off for members",
    off: percent(15),
    isFor: ({ customer }) => customer,
    // The buyer goes on without it.
    says: ({ customer, reviewed }) => (customer || reviewed ? [] : [
      error("identity_required", "requires_buyer_input", "MEMBERS is for signed-in customers."),
    ]),
  },
  WHOLESALE: { says: () => [error("eligibility_invalid", "recoverable", "WHOLESALE is for trade accounts.")] },
  REVIEW: {
    says: ({ reviewed }) => (reviewed ? [] : [
      error("order_review_required", "requires_buyer_review", "The buyer has to look this order over."),
    ]),
  },
  BYGONE: { says: () => [warning("discount_code_expired", "BYGONE ended last season.")] },
};

/**
 * @param {string[]} codes as the buyer typed them
 * @param {{subtotal: number, currency: string, customer: boolean, reviewed: boolean}} sale
 * @returns {{granted: {code: string, title: string, off?: Function, offEach?: Function, freeShipping?: boolean}[],
 *   messages: object[]}}
 */
export function judgeCodes(codes, sale) {
  const granted = [];
  const messages = [];
  for (const [index, typed] of codes.entries()) {
    const path = `$.discounts.codes[${index}]`;
    const code = typed.toUpperCase();
    if (!Object.hasOwn(CODES, code)) {
      messages.push(warning("discount_code_invalid", `${typed} is not a code of this shop.`, { path }));
      continue;
    }
    const said = CODES[code].says?.(sale) ?? [];
    messages.push(...said.map((message) => ({ ...message, path })));
    const { title, isFor = () => true } = CODES[code];
    if (title && isFor(sale)) granted.push({ code, ...CODES[code] });
  }
  return { granted, messages };
}
