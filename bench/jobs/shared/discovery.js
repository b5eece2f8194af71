// The shop's two documents, asked for at the same time and kept for the way back. By hand, as no library knows both.

import { keep, kept } from "./store.js";

/** @returns {Promise<{ login: object, endpoint: string }>} */
export async function discover({ shop, endpoint }) {
  const known = kept("shop");
  if (known) return known;
  const [login, customer] = await Promise.all([
    document(`${shop}/.well-known/openid-configuration`),
    endpoint ? { mcp_api: endpoint } : document(`${shop}/.well-known/customer-account-api`),
  ]);
  return keep("shop", { login, endpoint: customer.mcp_api });
}

async function document(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP status ${response.status}`);
  return response.json();
}
