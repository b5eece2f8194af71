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
    .map((claim) => ({ ...claim, isMet: claim.goal === null ? null : isMet(claim) }));
}

/** A share of what a peer costs: where that is nothing, or less, the ratio says nothing, and only nothing is little enough. */
function isMet({ goal, costs, ...claim }) {
  return costs ? costs[0] <= goal * Math.max(costs[1], 0) : valueOf(claim) <= goal;
}

export const valueOf = ({ value }) => value.median ?? value;

/** Whether a goal was missed or, where none is set, who is named is ahead. */
export const isLost = (claim) => (claim.goal === null ? !isMet({ ...claim, goal: 1 }) : !claim.isMet);

function bytes({ size }) {
  return [["full", 42_000], ["customer", 30_000]].map(([entry, goal]) => {
    const { brotli } = size.entries.find(({ name }) => name === entry);
    return { what: `bytes of the ${entry} entry, brotli`, against: "its goal", value: brotli, goal };
  });
}

const START = { title: "to the login server", ms: ({ start }) => start.ms };
const CALLBACK = { title: "from the callback to the answer", ms: ({ callback }) => callback.ms };
const BOTH = { title: "both together", ms: ({ start, callback }) => start.ms + callback.ms };

function loads({ loads: runs, preloaded }) {
  const slow = (cache) => runs.filter((run) => run.speed === "slow" && run.cache === cache);
  const [cold, warm] = ["cold", "warm"].map(slow);
  return [
    shares(START, "cold", { ours: cold, others: cold, goal: 0.6 }),
    shares(START, "cold, our page preloads the shop's documents", { ours: preloaded, others: cold, goal: 0.6 }),
    shares(START, "cold, every page preloads the shop's documents", { ours: preloaded, others: preloaded, goal: null }),
    shares(CALLBACK, "cold", { ours: cold, others: cold, goal: 0.6 }),
    shares(BOTH, "cold", { ours: cold, others: cold, goal: null }),
    shares(START, "warm", { ours: warm, others: warm, goal: null }),
    shares(CALLBACK, "warm", { ours: warm, others: warm, goal: null }),
  ].flat();
}

/** What our two entries cost beyond bare, as a share of what each peer does. */
function shares({ title, ms }, how, { ours, others, goal }) {
  const times = (runs, name) => runs.filter(({ job }) => job === name).map(ms);
  const bare = times(others, "bare");
  return PEERS.flatMap(([peer, kind]) => ["customer", "full"].map((entry) => {
    const [own, other] = [times(ours, entry), times(others, peer)];
    return {
      what: `${title}, slowed, ${how} (${entry})`, against: `(ours − bare) / (oauth4webapi + MCP client v2, ${kind} − bare)`,
      value: shareOfCost(own, bare, other), goal, costs: [own, other].map((all) => median(all) - median(bare)),
    };
  }));
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
    { what: "what a signature adds to a call", against: "crypto.subtle.sign of the same bytes", value: signing.find(({ way }) => way === "local").ratio, goal: 1.25 },
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
