import { requestOwnHost } from "../hosts/own-hosts.js";
import { readBody } from "../http/body.js";
import { parseJson } from "../mcp/rpc.js";

const PATIENCE_MS = 5000;
const LIMIT = 64 * 1024;

/**
 * Exchanges an authorization code at the login's token endpoint, as the checkout's server does.
 *
 * @param {string} endpoint
 * @param {Record<string, string>} form
 * @param {{origin: string, tls: object | null}} from the shop's origin; the login answers no other
 * @returns {Promise<{id_token?: string} | null>} null when the login gives none
 */
export function redeemCode(endpoint, form, { origin, tls }) {
  const body = new URLSearchParams(form).toString();
  return new Promise((resolve) => {
    const asking = requestOwnHost(new URL(endpoint), tls, {
      method: "POST",
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "content-length": Buffer.byteLength(body),
        "user-agent": "checkout",
        origin,
      },
    });
    const giveUp = () => resolve(null);
    asking.on("error", giveUp);
    asking.on("response", (answer) => {
      readBody(answer, LIMIT).then((text) => resolve(answer.statusCode === 200 ? parseJson(text) : null), giveUp);
    });
    asking.end(body);
  });
}
