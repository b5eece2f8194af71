// How many requests a job takes: what the bench counts, and a slow network pays for, is no more than it was.

import assert from "node:assert/strict";
import { test } from "node:test";

import { atSignInPage } from "./support/sign-in-page.js";
import { useWorld } from "./support/world.js";

const world = useWorld();
const CALLS = 10;

/** What reached the shop since the log was cleared, without the storefront's own files. */
function reached() {
  const asked = world.shop.log().filter(({ kind }) => kind !== "static" && kind !== "preflight");
  return asked.map(({ kind, method, rpc, grant }) => [method, kind, rpc?.method ?? grant].filter(Boolean).join(" "));
}

const preflights = () => world.requests({ kind: "preflight" }).length;

/** A signed-in page that has called before. */
async function callingTab(entry) {
  const tab = await world.tab({ entry: `/pkg/${entry}` });
  await tab.signIn();
  await tab.answer("get_most_recent_order_status");
  world.shop.clearLog();
  return tab;
}

async function callInARow(tab) {
  for (let calls = 0; calls < CALLS; calls++) await tab.answer("get_most_recent_order_status");
}

for (const entry of ["customer.js", "index.js"]) {
  test(`${entry}: leaving for the login server takes one document`, async () => {
    const tab = await world.tab({ entry: `/pkg/${entry}` });
    world.shop.clearLog();
    await tab.startLogin();
    await atSignInPage(tab.page);
    assert.deepEqual(reached().filter((request) => !/ (authorize|signin-page)/.test(request)), ["GET discovery"]);
  });

  test(`${entry}: a call on a fresh page, signed in, is one POST`, async () => {
    const tab = await callingTab(entry);
    await tab.reload();
    await tab.answer("get_most_recent_order_status");
    assert.deepEqual(reached(), ["POST mcp tools/call"]);
  });

  test(`${entry}: an expired token costs one renewal, and the call once more`, async () => {
    world.console.expect(/status of 401/);
    const tab = await callingTab(entry);
    world.shop.expireTokens();
    await tab.answer("get_most_recent_order_status");
    assert.deepEqual(reached(), ["POST mcp tools/call", "POST token refresh_token", "POST mcp tools/call"]);
  });

  test(`${entry}: calls in a row are one POST each, and share a preflight`, async () => {
    const tab = await callingTab(entry);
    await callInARow(tab);
    assert.deepEqual(reached(), Array(CALLS).fill("POST mcp tools/call"));
    // Chromium asks again before each request whose cache mode is `no-store`; what it was told is good for 5 s.
    assert.ok(preflights() <= 2, `${preflights()} preflights of ${CALLS} calls`);
  });
}
