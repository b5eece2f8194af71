// Buying: a checkout that can be completed, the keys that were used for it, and answers that are lost on the way.

import { loseAnswer } from "./losses.js";
import { PAYMENT } from "./ucp-desk.js";
import { TIERS } from "./ucp-scene.js";

export const complete = (page, id, options) => page.ucp.checkout.complete(id, { payment: PAYMENT }, options);

/** A page with a checkout that can be bought. */
export async function readyToBuy(options = {}) {
  const scene = TIERS.token({}, options);
  const page = await scene.readyPage();
  const { id } = await scene.checkout(page);
  return { scene, page, id, buy: (more) => complete(page, id, more) };
}

/** Of the calls that arrived: their keys, and how many different bodies they had. */
export const keysOf = ({ ucp }) => ucp.calls.map(({ key }) => key);
export const bodiesOf = ({ ucp }) => new Set(ucp.calls.map(({ bytes }) => bytes)).size;

/** Makes a call whose answers are all lost. */
export async function lost(scene, call) {
  for (let times = 0; times < 3; times += 1) loseAnswer(scene);
  return call().error();
}
