// PKCE pairs and signatures, next to what the browser's crypto.subtle takes for the same.

import { ratios, summary } from "../stats.js";

/** @returns {Promise<{ perSecond: object, ratio: object }[]>} ratio: of the time that a pair takes, to the bare one */
export async function measurePkce(world, { rounds, batch }) {
  const rates = await inPage(world, "pkce", { rounds, batch });
  const times = (rate) => rate.map((perSecond) => 1 / perSecond);
  return Object.entries(rates).map(([way, rate]) =>
    ({ way, perSecond: summary(rate), ratio: ratios(times(rate), times(rates.bare)) }));
}

/**
 * By a key of the browser, and by a function of the page, as of a signer elsewhere.
 *
 * @returns {Promise<{ way: string, signedMs: object, callMs: object, bareMs: object, ratio: object }[]>} ratio: of what the
 *   signature adds to a call, to `crypto.subtle.sign` of the same bytes
 */
export async function measureSigning(world, { rounds, batch }) {
  const { origin, shop } = world;
  const profiles = Object.fromEntries(["2026-08-25", "2026-04-08"].map((version) =>
    [version, `${shop.agents}/agents/demo/${version}.json`]));
  const about = { shop: origin, clientId: shop.clients.headless.clientId, redirectUri: `${origin}/pages/signing`, profiles };
  const { anonymous, bare, ...signed } = await inPage(world, "signing", { rounds, batch, ...about });
  return Object.entries(signed).map(([way, times]) => {
    const added = times.map((ms, at) => ms - anonymous[at]);
    return { way, signedMs: summary(times), callMs: summary(anonymous), bareMs: summary(bare), ratio: ratios(added, bare) };
  });
}

async function inPage(world, name, about) {
  const context = await world.profile();
  const page = await context.newPage();
  await page.goto(`${world.origin}/pages/${name}`);
  await page.waitForFunction(() => globalThis.isReady);
  const found = await page.evaluate((given) => globalThis.measure(given), about);
  await context.close();
  return found;
}
