// An account page that needs no cart: the smaller entry, and its types, on their own. Compiled, never run.

import { connect, generatePkce, SignInError, ToolError } from "shopper-mcp/customer";
import type { CallToolResult, ConnectOptions, Customer, Pkce, Session, Shop, WireDetail } from "shopper-mcp/customer";
import { connect as connectInline } from "shopper-mcp/customer/inline";
import type { Shop as WholeShop } from "shopper-mcp";

const options: ConnectOptions = {
  shop: "shop.example",
  clientId: "shp_01234567",
  redirectUri: "https://shop.example/pages/account",
  onSignInNeeded: "popup",
};

export async function lastOrder(inline: boolean): Promise<CallToolResult | null> {
  const shop: Shop = await (inline ? connectInline : connect)(options);
  shop.addEventListener("wire", ({ detail }: CustomEvent<WireDetail>) => console.debug(detail.phase));
  try {
    return await shop.customer.callTool("get_most_recent_order_status");
  } catch (error) {
    if (error instanceof SignInError || error instanceof ToolError) return null;
    throw error;
  } finally {
    shop.close();
  }
}

/** What is written for the smaller shop takes the whole one too. */
export const customerOf = (shop: WholeShop): Customer => same(shop).customer;
const same = (shop: Shop): Shop => shop;

export const isSignedIn = ({ session }: { session: Session }): boolean => session.signedIn;
export const verifier = async (): Promise<Pkce["codeVerifier"]> => (await generatePkce()).codeVerifier;
