import { LIMIT_PARTS, boolean, integerFrom, listOf, must, oneOf, orNull, partsOf } from "../control/checks.js";
import { SHOP_CAPABILITIES } from "./capabilities.js";
import { UCP_LEAF_FAULTS } from "./discovery.js";
import { DEFAULT_CATALOG_RATES, DEFAULT_RATES, mergeRates, ratesLike } from "./limits.js";
import { UCP_RESULT_FORMS } from "./results.js";
import { CATALOG_SCOPE, ORDER_SCOPE, UCP_REFUSALS } from "./tiers.js";
import { UCP_VERSIONS, isVersion } from "./versions.js";

const isAuthority = (value) => typeof value === "string" && /^[a-z0-9.-]+(:\d+)?$/.test(value);

const CORS_HEADERS = [
  "authorization", "content-type", "accept", "ucp-agent", "signature", "signature-input", "content-digest",
  "idempotency-key",
];
const isHeaderName = (value) => typeof value === "string" && /^[a-z0-9-]+$/.test(value);
const isScope = (value) => typeof value === "string" && /^[\w:.-]+$/.test(value);

/** Name, default and check of what can be set about the UCP server; and how a part of a value goes into it. */
export const UCP_SETTINGS = {
  ucpVersions: [UCP_VERSIONS, listOf(must(isVersion, "a date, such as 2026-08-25"), { least: 1 })],
  ucpLeafFault: [null, orNull(oneOf(...UCP_LEAF_FAULTS))],
  ucpTransports: [["mcp", "embedded"], listOf(oneOf("mcp", "embedded"))],
  ucpDecoyService: [false, boolean],
  ucpCapabilitiesLeftOut: [[], listOf(oneOf(...SHOP_CAPABILITIES))],
  ucpFreshProfiles: [true, boolean],
  ucpErrorStatus: ["registry", oneOf("registry", "ok200")],
  ucpResults: ["both", oneOf(...UCP_RESULT_FORMS)],
  ucpRefusals: ["http403", oneOf(...UCP_REFUSALS)],
  ucpBuyerIp: [false, boolean],
  ucpRateLimit: [null, orNull(partsOf(LIMIT_PARTS, "a rate limit"))],
  ucpRates: [DEFAULT_RATES, ratesLike(DEFAULT_RATES), mergeRates],
  ucpCors: [true, boolean],
  ucpCorsHeaders: [CORS_HEADERS, listOf(must(isHeaderName, "the name of a header in lower case"))],
  catalogRateLimit: [null, orNull(partsOf(LIMIT_PARTS, "a rate limit"))],
  catalogRates: [DEFAULT_CATALOG_RATES, ratesLike(DEFAULT_CATALOG_RATES), mergeRates],
  agentTokenScopes: [[ORDER_SCOPE, CATALOG_SCOPE], listOf(must(isScope, "a scope"))],
  agentTokenMayComplete: [true, boolean],
  agentTokenTtl: [3600, integerFrom(1)],
  customerTokenScopes: [[], listOf(must(isScope, "a scope"))],
  customerTokenMayComplete: [true, boolean],
  ucpCartTtl: [30 * 24 * 60 * 60, integerFrom(1)],
  ucpCheckoutTtl: [6 * 60 * 60, integerFrom(1)],
  ucpCompletionMs: [1000, integerFrom(0)],
  ucpOrderDelayMs: [0, integerFrom(0)],
  ucpAuthority: [null, orNull(must(isAuthority, "a host, with a port where it has one"))],
};
