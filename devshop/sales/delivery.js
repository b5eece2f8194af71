import { priceIn } from "../catalog/money.js";
import { error } from "./messages.js";

const FREE_FROM_CENTS = 10000;
const OPTIONS = [
  { id: "standard", title: "Standard", description: "4 to 6 working days", cents: 800 },
  { id: "express", title: "Express", description: "Next working day", cents: 2200 },
];
const OUT_OF_REACH = new Set(["AQ"]);

/**
 * @typedef {object} Delivery
 * @property {object | null} destination
 * @property {object[]} destinations
 * @property {{id: string, title: string, description: string, amount: number}[]} options empty while none is possible
 * @property {object | null} selected one of the options
 * @property {object[]} messages
 */

/**
 * Where the goods go, and how.
 *
 * @param {object | undefined} wish the `fulfillment` of the request
 * @param {{currency: string, subtotalCents: number, free: boolean, byAgent: boolean}} sale
 *   `byAgent`: whether the agent can say where to, else only the buyer can
 * @returns {Delivery}
 */
export function arrangeDelivery(wish, { currency, subtotalCents, free, byAgent }) {
  const method = wish?.methods?.[0];
  const destinations = (method?.destinations ?? []).map((address, index) =>
    ({ ...address, id: address.id ?? `destination_${index + 1}` }));
  const destination = destinations.find(({ id }) => id === method.selected_destination_id) ?? destinations[0] ?? null;
  if (!destination) {
    const severity = byAgent ? "recoverable" : "requires_buyer_input";
    const words = "The shop does not know where to deliver.";
    const messages = [error("delivery_address_required", severity, words, "$.fulfillment.methods[0].destinations")];
    return { destination, destinations, options: [], selected: null, messages };
  }
  if (isOutOfReach(destination)) {
    const path = `$.fulfillment.methods[0].destinations[${destinations.indexOf(destination)}]`;
    const messages = [error("address_undeliverable", "recoverable", "Nothing can be delivered there.", path)];
    return { destination, destinations, options: [], selected: null, messages };
  }
  const options = OPTIONS.map(({ cents, ...option }) => {
    const nothing = option.id === "standard" && (free || subtotalCents >= FREE_FROM_CENTS);
    return { ...option, amount: nothing ? 0 : priceIn(currency, cents) };
  });
  const wanted = method.groups?.[0]?.selected_option_id;
  const selected = options.find(({ id }) => id === wanted) ?? options[0];
  return { destination, destinations, options, selected, messages: [] };
}

function isOutOfReach({ postal_code: code, address_country: country }) {
  return code === "00000" || OUT_OF_REACH.has(country);
}
