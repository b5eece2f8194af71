// The proxy's declarations compile in a strict project, and refuse what they should.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { newConsumer } from "./consumer.js";

const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));

const SAMPLE = `
import { createBroker, createMemoryStore, createProxy } from "shopper-mcp/proxy";
import type {
  Agent, BrokerAnswer, BrokerOptions, ProxyOptions, ProxyStore, RequestSigner, Upstream, Visitors,
} from "shopper-mcp/proxy";

const agent: Agent = { clientId: "a", clientSecret: "b", tokenUrl: "https://api.shopify.com/auth/access_token" };
const ucp: Upstream = { url: "https://example.myshopify.com/api/ucp/mcp", tools: ["get_cart"], version: "2026-08-25" };
const sign: RequestSigner = { kid: "k", key: { kty: "EC" }, profile: "https://example.com/agent.json" };
const visitors: Visitors = { secret: "x".repeat(32), cookie: "visitor", ttlSeconds: 60 };
const shared = new Map<string, string>();
const store: ProxyStore = { get: async (key) => shared.get(key), set: (key, value) => shared.set(key, value) };
const buyerIp = (request: Request) => request.headers.get("cf-connecting-ip");
const options: ProxyOptions = { upstreams: { ucp }, agent, sign, buyerIp, visitors, store, timeoutMs: 1, maxAnswerBytes: 1 };
const proxy: (request: Request) => Promise<Response> = createProxy(options);
createProxy({ upstreams: {}, visitors, store: createMemoryStore(10) });

const broker: BrokerOptions = { agent, scopes: ["read_global_api_catalog_search"] };
export async function action({ request }: { request: Request }): Promise<Response> {
  const { expires_in: seconds } = (await (await createBroker(broker)(request)).json()) as BrokerAnswer;
  return seconds > 0 ? proxy(request) : new Response(null);
}

export const refused = [
  // @ts-expect-error Visitors have to be told apart.
  () => createProxy({ upstreams: { ucp } }),
  // @ts-expect-error Without the scopes that are allowed, none is.
  () => createBroker({ agent }),
  // @ts-expect-error The address is that of the request, not of the process.
  () => createProxy({ ...options, buyerIp: "198.51.100.7" }),
  // @ts-expect-error A store forgets when it is told to.
  () => createProxy({ ...options, store: { get: () => null } }),
];
`;

const RESOLUTIONS = {
  bundler: { module: "esnext", moduleResolution: "bundler" },
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
};

describe("TypeScript", () => {
  for (const [name, resolution] of Object.entries(RESOLUTIONS)) {
    test(`tsc --strict compiles the proxy's use, and refuses what is marked (${name})`, async () => {
      const compilerOptions = {
        target: "es2022", lib: ["es2022", "dom", "dom.iterable"], types: [], strict: true, noUnusedLocals: true,
        exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true, ...resolution,
      };
      const config = JSON.stringify({ compilerOptions, files: ["sample.ts"] });
      const { code, output } = await newConsumer({ "sample.ts": SAMPLE, "tsconfig.json": config }).node(tsc);
      assert.equal(code, 0, output);
    });
  }
});
