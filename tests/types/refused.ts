// Uses that the declarations must refuse: each of these lines is an error, and the compiler says so if it is none.

import { callMcp, completeLogin, connect, ToolError } from "shopper-mcp";
import type { ErrorCode, PendingLogin, Session, Shop } from "shopper-mcp";
import { connect as connectCustomer } from "shopper-mcp/customer";
import { parseGid, parseMoney } from "shopper-mcp/patterns";

declare const shop: Shop;
declare const session: Session;
declare const pending: PendingLogin;
const required = { shop: "shop.example", clientId: "id", redirectUri: "https://shop.example/" };

export const uses = [
  // @ts-expect-error A client needs an id, where there is no agent.
  () => connectCustomer({ shop: "shop.example", redirectUri: "https://shop.example/" }),
  // @ts-expect-error A misspelt option.
  () => connect({ ...required, clientid: "id" }),
  // @ts-expect-error No secret has a place in a page.
  () => connect({ ...required, clientSecret: "secret" }),
  // @ts-expect-error Header styles are two.
  () => connect({ ...required, authorization: "bearer" }),
  // @ts-expect-error A store needs all three methods.
  () => connect({ ...required, storage: { getItem: () => null } }),
  // @ts-expect-error The shop comes in a promise.
  () => connect(required).customer,
  // @ts-expect-error No token is ever a part of a session.
  () => session.accessToken,
  // @ts-expect-error A session is not written by the page.
  () => (session.signedIn = true),
  // @ts-expect-error Nor is the shop's customer.
  () => (shop.customer = shop.customer),
  // @ts-expect-error Claims may be missing.
  () => session.claims.sub,
  // @ts-expect-error The result may be null.
  async () => (await shop.customer.handleRedirect()).resumed,
  // @ts-expect-error A function is no JSON.
  () => shop.customer.callTool("get_order_status", { order_number: () => "1001" }),
  // @ts-expect-error The events' details are typed.
  () => shop.customer.addEventListener("signedout", ({ detail }: CustomEvent<{ session: Session }>) => detail.session),
  // @ts-expect-error A login has two modes.
  () => shop.customer.login({ mode: "iframe" }),
  // @ts-expect-error Not one of the codes.
  (): ErrorCode => "tool_timeout",
  // @ts-expect-error Whether there is a number must be asked.
  (error: ToolError) => error.orderNumber.length,
  // @ts-expect-error A callback is needed.
  () => completeLogin({ pending }),
  // @ts-expect-error Parameters are an object.
  () => callMcp({ endpoint: "/mcp", method: "tools/list", params: [] }),
  // @ts-expect-error It may be no global id.
  () => parseGid("gid://shopify/Order/1").id,
  // @ts-expect-error Nor money.
  () => parseMoney({}).minorUnits,
];
