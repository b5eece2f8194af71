import { after, before, beforeEach } from "node:test";
import { startDevshop } from "../../index.js";

/**
 * Starts one shop on free ports for the tests of a `describe`, reset before each.
 *
 * @returns {{shop: import("../../index.js").Devshop}} filled in before the first test runs
 */
export function runningShop(options = {}) {
  const running = { shop: null };
  before(async () => {
    running.shop = await startDevshop({ port: 0, quiet: true, ...options });
  });
  after(() => running.shop.close());
  beforeEach(() => running.shop.reset());
  return running;
}
