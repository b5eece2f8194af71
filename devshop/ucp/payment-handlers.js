import { TEST_CARD } from "../sales/payment.js";

/** The ways to pay as profiles and checkouts name them. */
export function paymentHandlers(version) {
  return {
    [TEST_CARD.name]: [{
      id: TEST_CARD.id,
      version,
      spec: "https://cedarandclay.example/payments/test-card",
      schema: "https://cedarandclay.example/payments/test-card.json",
      available_instruments: [{ type: "card" }],
      config: { environment: "test" },
    }],
  };
}
