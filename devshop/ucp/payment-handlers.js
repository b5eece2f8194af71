/** The one way to pay here; a card that only this shop accepts. */
export const TEST_CARD = Object.freeze({ name: "example.cedarandclay.test_card", id: "test_card" });

/** As profiles and checkouts name it. */
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
