/** Customers by the numeric id that is also the `sub` of their ID tokens. */
export const CUSTOMERS = Object.freeze([
  Object.freeze({
    id: "7216581804213",
    email: "maya.okafor@example.com",
    firstName: "Maya",
    lastName: "Okafor",
    address: Object.freeze({
      name: "Maya Okafor", address1: "418 Linden Street", address2: "Apt 3", city: "Portland",
      province_code: "OR", zip: "97205", country_code: "US",
    }),
    storeCredit: Object.freeze([
      Object.freeze({ id: "gid://shopify/StoreCreditAccount/5120387", amount: "35.50", currency: "USD" }),
      Object.freeze({ id: "gid://shopify/StoreCreditAccount/5120388", amount: "12.00", currency: "CAD" }),
    ]),
    loyalty: Object.freeze({ points: 1840, tier: "Kiln", pointsToNextTier: 660 }),
  }),
  Object.freeze({
    id: "7216581930077",
    email: "theo.lindqvist@example.com",
    firstName: "Theo",
    lastName: "Lindqvist",
    address: Object.freeze({
      name: "Theo Lindqvist", address1: "27 rue Sherbrooke", address2: null, city: "Montréal",
      province_code: "QC", zip: "H2X 1X1", country_code: "CA",
    }),
    storeCredit: Object.freeze([]),
    loyalty: Object.freeze({ points: 220, tier: "Clay", pointsToNextTier: 280 }),
  }),
]);

/** @param {string} id */
export function customerById(id) {
  return CUSTOMERS.find((customer) => customer.id === id);
}

/** @param {string} email */
export function customerByEmail(email) {
  const wanted = email.trim().toLowerCase();
  return CUSTOMERS.find((customer) => customer.email === wanted);
}
