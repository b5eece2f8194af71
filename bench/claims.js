// What is claimed: a ratio to somebody named, and what it has to be.

import { median, shareOfCost } from "./stats.js";

/** Whom we compare with: MCP client v2, as a careful author would load it, and as its documentation does. */
const PEERS = [["oauth4webapi-mcp2", "split"], ["oauth4webapi-mcp2-whole", "one bundle"]];

/**
 * @typedef {{ what: string, against: string, value: object | number, goal: number | null, isMet: boolean | null, costs?: number[] }} Claim
 *   costs: what the share is of, in ms more than bare: ours, the peer's
 * @returns {Claim[]}
 */
export function claimsOf(found) {
  return [...bytes(found), ...loads(found), ...calls(found), ...requests(found), ...crypto(found), ...growth(found)]
    .map((claim) => ({ ...claim, isMet: claim.goal === null ? null : valueOf(claim) <= claim.goal }));
}

export const valueOf = ({ value }) => value.median ?? value;

function bytes({ size }) {
  return [["full", 42_000], ["customer", 30_000]].map(([entry, goal]) => {
    const { brotli } = size.entries.find(({ name }) => name === entry);
    return { what: `bytes of the ${entry} entry, brotli`, against: "its goal", value: brotli, goal };
  });
}

function loads({ loads: runs }) {
  const times = (name, phase, speed, cache) => runs
    .filter((run) => run.job === name && run.speed === speed && run.cache === cache).map((run) => run[phase].ms);
  const claims = [];
  for (const [phase, title] of [["start", "to the login server"], ["callback", "from the callback to the answer"]]) {
    for (const cache of ["cold", "warm"]) {
      for (const [peer, how] of PEERS) {
        for (const ours of ["customer", "full"]) {
          const [own, least, other] = [ours, "bare", peer].map((name) => times(name, phase, "slow", cache));
          claims.push({
            what: `${title}, slowed, ${cache} (${ours})`, against: `(ours − bare) / (oauth4webapi + MCP client v2, ${how} − bare)`,
            value: shareOfCost(own, least, other), goal: cache === "cold" ? 0.6 : null,
            costs: [own, other].map((ms) => median(ms) - median(least)),
          });
        }
      }
    }
  }
  return claims;
}

function calls({ calls: found, overhead, bursts }) {
  const goals = { 1_000: 1.1, 50_000: null, 1_000_000: 1.03 };
  const warm = found.filter(({ job }) => job === "customer").map(({ bytes: size, ratio }) =>
    ({ what: `a warm call, ${size / 1000} kB`, against: "JSON.parse(await r.text()) of a bare fetch", value: ratio, goal: goals[size] }));
  const added = (name) => overhead.find(({ job }) => job === name).addedUs.median;
  const work = {
    what: "what a call adds, beside the network", against: "(ours − bare) / (MCP client v2 − bare)",
    value: added("customer") / added("oauth4webapi-mcp2"), goal: null,
  };
  const { calls: count, ratio } = bursts.find(({ job }) => job === "customer");
  return [...warm, work, { what: `${count} calls at once`, against: "as many bare fetches at once", value: ratio, goal: null }];
}

function requests({ requests: found }) {
  const of = (name) => found.find(({ job }) => job === name);
  const posts = (name) => of(name).fresh.filter((request) => request.startsWith("POST mcp")).length;
  return [
    { what: "POSTs for one call on a fresh page, signed in", against: `MCP client v2: ${posts("oauth4webapi-mcp2")}`, value: posts("customer"), goal: 1 },
    { what: "preflights of ten calls in a row", against: `bare: ${of("bare").preflights}`, value: of("customer").preflights, goal: of("bare").preflights },
  ];
}

function crypto({ pkce, signing }) {
  const { ratio } = pkce.find(({ way }) => way === "ours");
  return [
    { what: "time of a PKCE pair", against: "crypto.subtle by hand", value: ratio, goal: null },
    { what: "what a signature adds to a call", against: "crypto.subtle.sign of the same bytes", value: signing.ratio, goal: 1.25 },
  ];
}

/** How the time grows between the two ends of an axis: as a power of it; 1 is linear. */
function growth({ sizes, tools, tabs }) {
  const power = (rows, at, ms) => {
    const [first, last] = [rows[0], rows.at(-1)];
    return Math.log(ms(last) / ms(first)) / Math.log(at(last) / at(first));
  };
  const ours = (rows) => rows.filter(({ job }) => job === "customer");
  const of = (what, rows, at, ms) => ({ what: `growth with ${what}`, against: "linear is 1", value: power(ours(rows), at, ms), goal: 1 });
  return [
    of("the size of an answer", sizes, ({ bytes: size }) => size, ({ ms }) => ms.median),
    of("the number of tools", tools, ({ tools: count }) => count, ({ ms }) => ms.median),
    of("the number of tabs", tabs, ({ tabs: count }) => count, ({ ms }) => ms.median),
  ];
}
