import { rpcError } from "../mcp/rpc.js";

export const ORDER_SCOPE = "read_global_api_orders";
/** What the old catalog of all shops wants. */
export const CATALOG_SCOPE = "read_global_api_catalog_search";

/** What not every caller may do: which token it takes, beside being one. All other tools are open to all tiers. */
const NEEDS = {
  complete_checkout: {
    met: ({ mayComplete }) => mayComplete,
    words: "complete_checkout needs a token that may complete purchases",
    code: "insufficient_permissions",
  },
  get_order: {
    met: ({ scopes }) => scopes.includes(ORDER_SCOPE),
    words: `get_order needs a token with the scope ${ORDER_SCOPE}`,
    code: "insufficient_scope",
  },
};

/** Shops refuse in two ways. */
const FORMS = {
  http403: (id, { code, content }) => ({ status: 403, message: rpcError(id, -32000, "Forbidden", { code, content }) }),
  rpc200: (id, { content }) => ({ status: 200, message: rpcError(id, -32000, "AuthenticationRequired", content) }),
};

export const UCP_REFUSALS = Object.freeze(Object.keys(FORMS));

/**
 * Whether a caller may use a tool.
 *
 * @param {string} tool
 * @param {import("./identify.js").Identity} identity
 * @returns {{code: string, content: string} | null} why not
 */
export function tierProblem(tool, { tier, grants }) {
  const need = NEEDS[tool];
  if (!need || (tier === "token" && need.met(grants))) return null;
  if (tier === "token") return { code: need.code, content: `${need.words}.` };
  return { code: "authentication_required", content: `A valid JWT is required to call ${tool}` };
}

/** @returns {{status: number, message: object}} */
export function refuseTier(id, problem, form) {
  return FORMS[form](id, problem);
}

/** What a checkout under a token is refused for when the shop wants to know the buyer's address. */
export function refuseWithoutBuyerIp(id) {
  const data = "Missing buyer IP: the Shopify-Buyer-IP header is required.";
  return { status: 422, message: rpcError(id, -32000, "AuthenticationFailed", data) };
}
