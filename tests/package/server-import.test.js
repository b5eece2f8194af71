// Importing the package on a server touches nothing that only a browser has.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { newConsumer } from "./consumer.js";
import { manifest } from "./package-under-test.js";

const BROWSER_GLOBALS = [
  "window", "self", "document", "navigator", "location", "history", "sessionStorage", "localStorage", "indexedDB",
  "caches", "fetch", "XMLHttpRequest", "BroadcastChannel", "Worker", "Blob", "DecompressionStream", "open",
  "addEventListener", "postMessage", "requestAnimationFrame", "HTMLElement", "crypto",
];

/** Every module that `exports` names, by the name that a page imports. */
const modules = Object.entries(manifest.exports)
  .filter(([, target]) => (target.default ?? target).endsWith(".js"))
  .map(([path]) => `shopper-mcp${path.slice(1)}`);

const consumer = newConsumer({
  "import.js": `
    const [name, ...globals] = process.argv.slice(2);
    const touched = new Set();
    const native = globals.map((global) => Object.getOwnPropertyDescriptor(globalThis, global));
    for (const global of globals) {
      Object.defineProperty(globalThis, global, {
        configurable: true,
        get() {
          touched.add(new Error(global).stack);
          throw new Error(global + " was touched");
        },
      });
    }
    const outcome = await import(name).then(
      (module) => ({ exports: Object.keys(module) }),
      (error) => ({ error: error.stack }),
    );
    globals.forEach((global, index) => {
      delete globalThis[global];
      if (native[index]) Object.defineProperty(globalThis, global, native[index]);
    });
    console.log(JSON.stringify({ ...outcome, touched: [...touched] }));
  `,
});

const importing = async (name, globals) => {
  const { code, output } = await consumer.node("import.js", name, ...globals);
  assert.equal(code, 0, output);
  return JSON.parse(output);
};

const OF_CUSTOMER = [
  "connect", "generatePkce", "beginLogin", "completeLogin", "callMcp", "ShopperMcpError", "ToolError",
];
const OF_AGENT = [...OF_CUSTOMER, "createSigningKey", "agentProfile"];
const EXPORTS = {
  "shopper-mcp": OF_AGENT,
  "shopper-mcp/inline": OF_AGENT,
  "shopper-mcp/customer": OF_CUSTOMER,
  "shopper-mcp/customer/inline": OF_CUSTOMER,
  "shopper-mcp/patterns": ["parseGid", "normalizeOrderNumber", "parseDate", "checkQuantity", "parseMoney"],
  "shopper-mcp/proxy": ["createProxy", "createBroker", "createMemoryStore"],
};

describe("on a server", () => {
  test("the entries are all there", () => {
    for (const name of Object.keys(EXPORTS)) assert.ok(modules.includes(name), `package.json does not export ${name}`);
  });
  for (const name of modules) {
    test(`import "${name}" touches no browser global`, async () => {
      const { touched, error, exports } = await importing(name, BROWSER_GLOBALS);
      assert.deepEqual(touched, []);
      assert.equal(error, undefined);
      assert.ok(exports.length > 0);
      for (const expected of EXPORTS[name] ?? []) {
        assert.ok(exports.includes(expected), `${expected} is not exported`);
      }
    });
  }
  test("a global that is touched is noticed", async () => {
    const { touched, error } = await importing("data:text/javascript,typeof localStorage;", BROWSER_GLOBALS);
    assert.equal(touched.length, 1);
    assert.match(error, /localStorage was touched/);
  });
});
