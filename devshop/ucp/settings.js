import { boolean, integerFrom, listOf, must, oneOf, orNull } from "../control/checks.js";
import { CAPABILITIES } from "./capabilities.js";
import { UCP_LEAF_FAULTS } from "./discovery.js";
import { UCP_RESULT_FORMS } from "./results.js";
import { UCP_VERSIONS, isVersion } from "./versions.js";

const isAuthority = (value) => typeof value === "string" && /^[a-z0-9.-]+(:\d+)?$/.test(value);

/** Name, default and check of what can be set about the UCP server. */
export const UCP_SETTINGS = {
  ucpVersions: [UCP_VERSIONS, listOf(must(isVersion, "a date, such as 2026-08-25"), { least: 1 })],
  ucpLeafFault: [null, orNull(oneOf(...UCP_LEAF_FAULTS))],
  ucpTransports: [["mcp", "embedded"], listOf(oneOf("mcp", "embedded"))],
  ucpDecoyService: [false, boolean],
  ucpCapabilitiesLeftOut: [[], listOf(oneOf(...CAPABILITIES))],
  ucpErrorStatus: ["registry", oneOf("registry", "ok200")],
  ucpResults: ["both", oneOf(...UCP_RESULT_FORMS)],
  ucpCartTtl: [30 * 24 * 60 * 60, integerFrom(1)],
  ucpCheckoutTtl: [6 * 60 * 60, integerFrom(1)],
  ucpCompletionMs: [1000, integerFrom(0)],
  ucpOrderDelayMs: [0, integerFrom(0)],
  ucpAuthority: [null, orNull(must(isAuthority, "a host, with a port where it has one"))],
};
