export const getStoreCreditBalances = {
  definition: {
    name: "get_store_credit_balances",
    description: "Get the customer's store credit balances, one per currency.",
    inputSchema: { type: "object", properties: {}, required: [] },
  },
  run(_args, { customer }) {
    return {
      store_credit_accounts: customer.storeCredit.map(({ id, amount, currency }) => ({
        id,
        balance: { amount, currency_code: currency },
      })),
    };
  },
};
