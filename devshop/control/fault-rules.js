import { RPC_FAULTS } from "../mcp/rpc-faults.js";

/**
 * @typedef {object} FaultRule
 * @property {string} on kind of request it is aimed at
 * @property {number | null} times how often it strikes; null: for ever
 * @property {number} [after] how many such requests pass first
 * @property {object} do what happens: exactly one of the members of DEEDS, `status` with `body` and `headers`
 */

export const FAULT_TARGETS = Object.freeze([
  "discovery", "customer-account-api", "jwks", "token", "mcp", "authorize", "ucp-discovery", "ucp",
  "agent-profile", "agent-token", "catalog", "discover",
]);

const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** What a fault can do, and how its value must look. */
const DEEDS = {
  status: (value) => Number.isInteger(value) && value >= 200 && value <= 599,
  redirect: (value) => typeof value === "string",
  drop: (value) => value === "before" || value === "half",
  hang: isCount,
  loseAnswer: (value) => value === true,
  rpc: (value) => RPC_FAULTS.includes(value),
  result: isObject,
  bodyBytes: (value) => isCount(value) && value >= 2,
};
const ONLY_MCP = new Set(["rpc", "result"]);
const MCP_SERVERS = new Set(["mcp", "ucp", "catalog", "discover"]);
const WITH_STATUS = new Set(["body", "headers"]);

/** @returns {string | null} what is wrong with a list of fault rules */
export function faultsProblem(rules) {
  if (!Array.isArray(rules)) return "must be a list";
  for (const [index, rule] of rules.entries()) {
    const problem = ruleProblem(rule);
    if (problem) return `entry ${index}: ${problem}`;
  }
  return null;
}

function ruleProblem(rule) {
  if (!isObject(rule)) return "must be an object";
  const unknown = Object.keys(rule).find((name) => !["on", "times", "after", "do"].includes(name));
  if (unknown) return `${unknown} is not a part of a fault`;
  if (!FAULT_TARGETS.includes(rule.on)) return `on must be one of ${FAULT_TARGETS.join(", ")}`;
  if (rule.times !== undefined && rule.times !== null && !isCount(rule.times)) return "times must be a count or null";
  if (rule.after !== undefined && !isCount(rule.after)) return "after must be a count";
  return deedProblem(rule.do, rule.on);
}

function deedProblem(deed, on) {
  if (!isObject(deed)) return "do must be an object";
  const names = Object.keys(deed).filter((name) => !(deed.status !== undefined && WITH_STATUS.has(name)));
  if (names.length !== 1 || !Object.hasOwn(DEEDS, names[0])) {
    return `do must hold exactly one of ${Object.keys(DEEDS).join(", ")}`;
  }
  const [name] = names;
  if (!DEEDS[name](deed[name])) return `do.${name} has a value it cannot take`;
  if (ONLY_MCP.has(name) && !MCP_SERVERS.has(on)) return `do.${name} is for ${[...MCP_SERVERS].join(", ")} only`;
  if (deed.headers !== undefined && !isObject(deed.headers)) return "do.headers must be an object";
  return null;
}
