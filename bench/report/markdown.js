// docs/performance.md: what was found, and how.

import { isLost } from "../claims.js";
import { JOBS } from "../jobs/index.js";
import { claimTable, tablesOf } from "./tables.js";
import { number } from "./numbers.js";

export function markdown(found, claims) {
  const { about, size, browser } = found;
  return `${[
    "# Performance",
    "`cargo xtask bench` measures all of this again, and writes this page; `target/bench/` then has every number (`bench.json`)\nand the plots. Nothing here is a promise for another machine: the ratios are what to look at.",
    state(about),
    section(claimTable(claims)),
    losses(claims),
    ...tablesOf(found).map(section),
    contents(size),
    method(),
    machine(about, browser),
  ].filter(Boolean).join("\n\n")}\n`;
}

function state({ quick, isBusy, load, runs }) {
  const doubts = [
    quick && `This was a quick run: ${runs} page loads of each kind instead of 30.`,
    isBusy && `The machine was busy with other things (${number(load)} processors in use), which widens every spread: take no number from here.`,
  ].filter(Boolean);
  return doubts.length ? `> **${doubts.join(" ")}** Run \`cargo xtask bench\` on a quiet machine.` : "";
}

function losses(claims) {
  const lost = claims.filter(isLost);
  if (lost.length === 0) return "## Where we lose\n\nNowhere above.";
  const rows = lost.map(({ what, against, isMet }) => `- ${what}, against ${against}${isMet === false ? ": a goal" : ""}`);
  return `## Where we lose\n\n${rows.join("\n")}\n\n${ALWAYS}`;
}

const ALWAYS = `A client that is written by hand for one shop, or oauth4webapi with a call by hand, is smaller than any wasm and sooner
at the login server. It renews no token for other tabs, keeps no call over a sign-in, and knows no rate limit. And a page
that sends no more than its OAuth half before it leaves, 6 kB, is there nearly as soon as one without a library: what that
costs is lost in the spread of some runs, and was 66 ms in the quietest. No wasm can be at 0.6 of it: 40 ms are the time in
which this line carries 8 kB, and our smaller entry has 28. What such a page has saved it pays for on the way back, where
it waits for the other 75 kB ("both together"). Ten calls go at once, so that a burst spends no more than that on learning
of a limit: a thousand wait for each other.`;

function section({ title, note, head, rows }) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, at) => (at ? "---:" : "---"));
  return [`## ${title}`, "", note, "", line(head), `|${rule.join("|")}|`, ...rows.map(line)].join("\n");
}

/** What our own bytes are made of, as \`cargo xtask size\` counts them. */
function contents({ entries, files, customer, largest, modules }) {
  const rows = [];
  for (const name of ["customer", "full"]) {
    const { files: names, brotli, raw } = entries.find((entry) => entry.name === name);
    const parts = names.map((file) => [`${name}: ${file}`, number(files[file].raw), number(files[file].brotli)]);
    rows.push([`**${name}**`, number(raw), number(brotli)], ...parts);
  }
  const list = (title, items) => ({ title, note: "Uncompressed bytes: the largest.", head: ["part", "bytes", "%"], rows: items.map(({ name, bytes, percent }) => [`\`${name}\``, number(bytes), String(percent)]) });
  const tables = [
    { title: "What our bytes are made of", note: "`cargo xtask size` prints it.", head: ["entry", "raw", "brotli"], rows },
    list("The customer's wasm", customer.largest), list("The customer's JavaScript", customer.modules),
    list("The full wasm", largest), list("The full JavaScript", modules),
  ];
  return tables.map((table, at) => (at ? section(table).replace("## ", "### ") : section(table))).join("\n\n");
}

function method() {
  const jobs = JOBS.map(({ name, title, packages }) => `| \`${name}\` | ${title} | ${packages.join(", ") || "none"} |`);
  return `## How

Every job is the same page: it discovers the shop, signs a customer in by redirect, exchanges the code, calls one tool and
shows its answer; after a 401 it renews its token and calls again. The code is in \`bench/jobs/\`, written after each
library's own examples.

| job | what it is | packages |
|---|---|---|
${jobs.join("\n")}

- All are bundled by esbuild in the same way (modules, minified, chunks where a job imports dynamically, \`modulepreload\` for
  what an entry imports at once), and sent with brotli 11 and immutable caching from the page's own origin, which also has the
  shop's documents, as a theme's has. HTTP/1.1.
- Our pages preload the wasm, and connect with \`prefetch\`, which asks for the shop's documents while it loads.
- "split": what only the call needs is a chunk that is asked for when a page load is going to call. "one bundle": as the
  documentation imports it.
- The shop is the local one (\`devshop/\`), with \`token_type\` in its token answers, on which some insist. Its customer has an
  account session, so that the login server answers at once. The scope is \`openid email customer-account-mcp-api:full\`; we
  fetch the key set and verify the ID token's signature, the others do not.
- Every round is each job once, in another order, each in a browser profile of its own: once with an empty HTTP cache, which is
  emptied again before the way back, and once more with what that left. Every run is checked: the page shows the order, the
  shop's log has one exchanged code and one answered call for the customer.
- Times of loads are the browser's own (\`Network.requestWillBeSent\`), from request to request. Slowed:
  \`Network.emulateNetworkConditions\` and \`Emulation.setCPUThrottlingRate\`. Chromium does not slow preflights down; every job
  has one before its first call.
- The shares \`(ours − bare) / (peer − bare)\` are of medians; their quartiles are those of a thousand resamplings. Other
  ratios are of pairs that were measured one after the other.
- Warm calls go to an MCP server of the bench's own that answers at once. Pages that measure calls are cross-origin isolated,
  for a clock of 5 µs.`;
}

function machine({ machine: { cores, model, memoryGiB, system }, date, node, packages, commit, lanes, runs, minutes }, browser) {
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`).join(", ");
  return `## The machine

${cores} cores (${model}), ${memoryGiB} GiB, ${system}. Chromium ${browser}, Node ${node}. ${date.slice(0, 10)}, commit ${commit ?? "unknown"}.
${runs} loads of each kind, the slowed ones ${lanes > 1 ? `in ${lanes} browsers at a time` : "one at a time"}; ${number(Math.round(minutes))} minutes in all.

${versions}.`;
}
