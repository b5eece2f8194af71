// Everything that was found, as tables.

import { JOBS } from "../jobs/index.js";
import { summary } from "../stats.js";
import { number, spread } from "./numbers.js";

const TITLES = Object.fromEntries(JOBS.map(({ name, title }) => [name, title]));
const titleOf = (name) => TITLES[name] ?? name;

/** @returns {{ title: string, note: string, head: string[], rows: string[][] }[]} */
export function tablesOf(found) {
  return [
    bytes(found), loads(found, "slow"), preloaded(found), loads(found, "fast"), requests(found), ready(found), calls(found), overhead(found), bursts(found),
    pkce(found), signing(found), memory(found), sizes(found), tools(found), tabs(found),
  ];
}

export function claimTable(claims) {
  return {
    title: "What is claimed",
    note: "Below 1 we are ahead of who is named, unless a goal says more. Median and quartiles. Beside a share is what it is of, in ms more than bare: ours, the peer's; where the peer's is but a few ms, the share says no more than that ours is not, and where it is none there is no share.",
    head: ["", "against", "ratio", "of ms", "goal", ""],
    rows: claims.map(({ what, against, value, costs, goal, isMet }) => [
      what, against, costs && costs[1] <= 0 ? "" : spread(value), costs ? costs.map((ms) => number(Math.round(ms))).join(", ") : "", number(goal),
      isMet === null ? "" : isMet ? "met" : "**missed**",
    ]),
  };
}

function bytes({ bytes: found, loads: runs }) {
  const wire = (job, phase) => summary(runs.filter((run) => run.job === job && run.cache === "cold").map((run) => run[phase].bytes));
  return {
    title: "Bytes",
    note: "Files that the page asked for, until it left for the login server and in all. On the wire: with headers, page and documents.",
    head: ["job", "files", "raw", "gzip", "brotli", "brotli until it leaves", "on the wire until it leaves"],
    rows: found.map(({ job, all, start }) =>
      [titleOf(job), ...[all.files, all.raw, all.gzip, all.br, start.br, wire(job, "start").median].map(number)]),
  };
}

function loads({ loads: runs }, speed) {
  const cell = (job, phase, cache) => spread(summary(runs
    .filter((run) => run.job === job && run.speed === speed && run.cache === cache).map((run) => run[phase].ms)));
  const how = speed === "slow" ? "150 ms round trip, 1.6 Mbit/s, CPU slowed 4 times" : "not slowed";
  return {
    title: `Loading, ${how}`, note: "ms. Leaving: from the page's address to the request for the login server. Answer: from the redirect back to the tool's answer.",
    head: ["job", "leaving, cold", "leaving, warm cache", "answer, cold", "answer, warm cache"],
    rows: JOBS.map(({ name, title }) =>
      [title, ...["start", "callback"].flatMap((phase) => ["cold", "warm"].map((cache) => cell(name, phase, cache)))]),
  };
}

function preloaded({ preloaded: runs }) {
  const names = JOBS.map(({ name }) => name).filter((name) => runs.some(({ job }) => job === name));
  const cell = (name, phase) => spread(summary(runs.filter(({ job }) => job === name).map((run) => run[phase].ms)));
  return {
    title: "Loading, slowed, with the shop's documents preloaded",
    note: "ms, cold. The same pages with `<link rel=\"preload\">` for both documents, which README.md advises where a page calls as soon as it is loaded; it helps everybody.",
    head: ["job", "leaving", "answer"],
    rows: names.map((name) => [titleOf(name), cell(name, "start"), cell(name, "callback")]),
  };
}

function requests({ requests: found, loads: runs }) {
  const count = (job, phase) => number(summary(runs.filter((run) => run.job === job && run.cache === "cold").map((run) => run[phase].requests)).median);
  return {
    title: "Requests", note: "Of a first visit, without preflights; of one call on a fresh page whose shopper is signed in; of a call with an expired token; preflights of ten calls in a row.",
    head: ["job", "until it leaves", "until the answer", "call, fresh page", "call, expired token", "preflights"],
    rows: found.map(({ job, fresh, expired, preflights }) =>
      [titleOf(job), count(job, "start"), count(job, "callback"), number(fresh.length), number(expired.length), number(preflights)]),
  };
}

function ready({ ready: found }) {
  const of = (job, speed) => found.find((row) => row.job === job && row.speed === speed);
  return {
    title: "From bytes to code", note: "ms to parse, compile and evaluate all of a job's JavaScript; to compile and to instantiate the wasm. At full speed, and slowed 4 times.",
    head: ["job", "JavaScript", "wasm compiled", "wasm instantiated", "JavaScript, slowed", "wasm compiled, slowed"],
    rows: JOBS.map(({ name, title }) => {
      const [fast, slow] = ["fast", "slow"].map((speed) => of(name, speed));
      return [title, ...[fast.scriptMs, fast.compileMs, fast.instantiateMs, slow.scriptMs, slow.compileMs].map(spread)];
    }),
  };
}

const CALL_HEAD = ["ms", "bare, ms", "ratio"];
const callCells = ({ ms, bareMs, ratio }) => [ms, bareMs, ratio].map(spread);

function calls({ calls: found }) {
  return {
    title: "A warm call", note: "Next to a bare fetch with JSON.parse(await r.text()), in the same page, in turns.",
    head: ["job", "answer, kB", ...CALL_HEAD],
    rows: found.map((row) => [titleOf(row.job), number(row.bytes / 1000), ...callCells(row)]),
  };
}

function overhead({ overhead: found }) {
  return {
    title: "The work of a call", note: "µs of a 1 kB call, where the page's own `fetch` answers at once: what the client does beside the network.",
    head: ["job", "call, µs", "bare, µs", "added, µs"],
    rows: found.map(({ job, us, bareUs, addedUs }) => [titleOf(job), ...[us, bareUs, addedUs].map(spread)]),
  };
}

function bursts({ bursts: found }) {
  return {
    title: "Many calls at once", note: "ms for all of them, 1 kB each. We send ten at a time, so as not to spend a burst on learning of a rate limit; browsers six to a host over HTTP/1.1.",
    head: ["job", "calls", ...CALL_HEAD],
    rows: found.map((row) => [titleOf(row.job), number(row.calls), ...callCells(row)]),
  };
}

function pkce({ pkce: found }) {
  return {
    title: "PKCE pairs", note: "Per second, one after the other; the ratio is of the time that a pair takes.",
    head: ["way", "pairs per second", "ratio"],
    rows: found.map(({ way, perSecond, ratio }) => [way, spread(perSecond), spread(ratio)]),
  };
}

function signing({ signing: found }) {
  return {
    title: "Signing",
    note: "ms from a call to the moment it would be sent, signed by a key of the browser (local) and by a function of the page (remote); of one that is not signed; and of the signature of the same bytes alone.",
    head: ["signer", "signed call", "call", "crypto.subtle.sign", "(signed − call) / sign"],
    rows: found.map(({ way, signedMs, callMs, bareMs, ratio }) => [way, ...[signedMs, callMs, bareMs, ratio].map(spread)]),
  };
}

function memory({ memory: found }) {
  const kB = (bytes) => (bytes === null ? "" : number(Math.round(bytes / 1000)));
  return {
    title: "Memory", note: "kB after the garbage was collected: 500 calls in, and after so many more.",
    head: ["job", "calls", "heap before", "heap after", "wasm before", "wasm after"],
    rows: found.map(({ job, calls: count, heapBefore, heapAfter, wasmBefore, wasmAfter }) =>
      [titleOf(job), number(count), ...[heapBefore, heapAfter, wasmBefore, wasmAfter].map(kB)]),
  };
}

function sizes({ sizes: found }) {
  return {
    title: "Growth with the size of an answer", note: "See growth-size.svg.",
    head: ["job", "answer, kB", ...CALL_HEAD],
    rows: found.map((row) => [titleOf(row.job), number(row.bytes / 1000), ...callCells(row)]),
  };
}

function tools({ tools: found }) {
  return {
    title: "Growth with the number of tools", note: "ms of a list of them, next to one by hand; and of a 1 kB call of the last one, once they are listed. See growth-tools.svg.",
    head: ["job", "tools", ...CALL_HEAD, "call, ms"],
    rows: found.map((row) => [titleOf(row.job), number(row.tools), ...callCells(row), spread(row.callMs)]),
  };
}

function tabs({ tabs: found }) {
  return {
    title: "Growth with the number of tabs", note: "Their token has expired, and all of them call. See growth-tabs.svg.",
    head: ["job", "tabs", "ms until all are answered", "token requests"],
    rows: found.map(({ job, tabs: count, ms, tokenRequests }) => [titleOf(job), number(count), spread(ms), number(tokenRequests)]),
  };
}
