// Ours, the customer entry. With esbuild one says where the wasm is, see pkg-template/README.md.

import { connect } from "shopper-mcp/customer";
import wasm from "shopper-mcp/shopper_mcp_customer_bg.wasm";

let customer;

export async function answer({ endpoint, ...shop }, tool) {
  ({ customer } = await connect({ ...shop, customerEndpoint: endpoint, wasm }));
  const back = await customer.handleRedirect();
  const [resumed] = back?.resumed ?? [];
  if (resumed?.error) throw resumed.error;
  return resumed?.result ?? customer.callTool(tool);
}

export const call = (name, given) => customer.callTool(name, given);

export const listTools = () => customer.listTools({ fresh: true });
