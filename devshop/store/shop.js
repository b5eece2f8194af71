/** The one shop that lives here. The id is part of its issuer, so it never changes. */
export const SHOP = Object.freeze({
  id: "68817298",
  name: "Cedar & Clay",
  domain: "cedarandclay.example",
  permanentDomain: "cedar-and-clay.myshopify.com",
  currency: "USD",
});
