// What both of our entries do.

/** The job of an entry, by its `connect` and its wasm. */
export function jobOf(connect, wasm) {
  let customer;
  return {
    async answer({ endpoint, ...shop }, tool) {
      ({ customer } = await connect({ ...shop, customerEndpoint: endpoint, wasm, prefetch: true }));
      const back = await customer.handleRedirect();
      const [resumed] = back?.resumed ?? [];
      if (resumed?.error) throw resumed.error;
      return resumed?.result ?? customer.callTool(tool);
    },
    call: (name, given) => customer.callTool(name, given),
    listTools: () => customer.listTools({ fresh: true }),
  };
}
