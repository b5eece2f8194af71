import { error } from "./messages.js";

/** The one way to pay here; a card that only this shop accepts. */
export const TEST_CARD = Object.freeze({ name: "example.cedarandclay.test_card", id: "test_card" });

const PATH = "$.payment.instruments[0]";

/** What the test card's tokens do. */
const TOKENS = {
  tok_ok: { outcome: "paid" },
  tok_slow: { outcome: "pending" },
  tok_declined: {
    outcome: "refused",
    message: error("payment_failed", "recoverable", "The card was declined. Try another.", PATH),
  },
  tok_buyer_action: {
    outcome: "escalated",
    message: error("payment_authentication_required", "requires_buyer_review", "The bank asks for the buyer.", PATH),
  },
  tok_stolen: {
    outcome: "ended",
    message: error("payment_failed", "unrecoverable", "The card was reported stolen. This checkout has ended.", PATH),
  },
};

/**
 * Takes the money.
 *
 * @param {{instruments?: object[]}} payment
 * @returns {{outcome: "paid" | "pending" | "refused" | "escalated" | "ended", message?: object}}
 */
export function charge({ instruments = [] }) {
  const instrument = instruments.find(({ selected }) => selected) ?? instruments[0];
  if (!instrument) return refused("A payment instrument is needed.");
  if (instrument.handler_id !== TEST_CARD.id) return refused("The shop has no such payment handler.");
  const token = instrument.credential?.token;
  return Object.hasOwn(TOKENS, token ?? "") ? TOKENS[token] : refused("The card is not known.");
}

function refused(words) {
  return { outcome: "refused", message: error("payment_failed", "recoverable", words, PATH) };
}
