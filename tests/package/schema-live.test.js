// Arguments held to the schemas that servers list: the local shop's four, at the time of the test, judged by ajv as well.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import Ajv2020 from "ajv/dist/2020.js";

import { startDevshop } from "../../devshop/index.js";
import { agentToken } from "../../devshop/test/support/agent.js";
import { profileOf } from "../../devshop/test/support/ucp.js";
import { answering } from "../flows/support/tool-server.js";
import { Scene } from "../flows/support/scene.js";
import { UcpScene } from "../flows/support/ucp-scene.js";
import { broken, fitting } from "./live-arguments.js";
import { importPackageFile, readPackageFile } from "./package-under-test.js";
import { seeded } from "./random.js";

const { check } = await importPackageFile("schema.js");
/** What the check knows and what only ajv does; words of the standard that refuse nothing. */
const CHECKED = [
  "type", "enum", "const", "properties", "required", "additionalProperties", "items", "prefixItems", "minItems", "maxItems", "uniqueItems",
  "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "anyOf", "oneOf", "allOf", "not", "$ref",
];
const UNCHECKED = ["pattern", "minProperties", "maxProperties"];
const NOTES = ["description", "default", "title", "examples", "$schema", "format"];
const SETS = 100;

/** Tools by server. */
const live = {};
/** Their schemas without what the check passes over. */
const onlyChecked = new Map();
let shop;
before(async () => {
  shop = await startDevshop({ port: 0, quiet: true });
  const { mcp_api: customer } = await (await fetch(`${shop.shop}/.well-known/customer-account-api`)).json();
  const authorization = `Bearer ${await agentToken(shop)}`;
  const agent = { "ucp-agent": `profile="${profileOf(shop)}"` };
  live.customer = await listed(customer);
  live.shop = await listed(`${shop.ucp}/api/ucp/mcp`);
  live.global = await listed(`${shop.catalog}/api/ucp/mcp`, agent);
  live.discover = await listed(`${shop.discover}/global/mcp`, { authorization });
  for (const { inputSchema } of Object.values(live).flat()) onlyChecked.set(inputSchema, withoutUnchecked(inputSchema));
});
after(() => shop.close());

async function listed(url, headers = {}) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", ...headers },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list", params: {} }),
  });
  const { result: { tools } } = await response.json();
  return tools;
}

const SERVERS = ["customer", "shop", "global", "discover"];
const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, validateFormats: false });
const validators = new Map();

function validatorOf(schema) {
  if (!validators.has(schema)) validators.set(schema, ajv.compile(schema));
  return validators.get(schema);
}

/** A schema without what the check passes over. */
function withoutUnchecked(schema) {
  if (Array.isArray(schema)) return schema.map(withoutUnchecked);
  if (typeof schema !== "object" || schema === null) return schema;
  const known = Object.entries(schema).filter(([name, value]) => !(UNCHECKED.includes(name) && typeof value !== "object"));
  return Object.fromEntries(known.map(([name, value]) => [name, withoutUnchecked(value)]));
}

/** Keywords of a schema, wherever in it. */
function keywordsOf(schema, found = new Set()) {
  if (typeof schema !== "object" || schema === null) return found;
  for (const [name, value] of Object.entries(schema)) {
    found.add(name);
    if (name === "properties") Object.values(value).forEach((one) => keywordsOf(one, found));
    else if (["items", "additionalProperties", "not"].includes(name)) keywordsOf(value, found);
    else if (["anyOf", "oneOf", "allOf", "prefixItems"].includes(name)) value.forEach((one) => keywordsOf(one, found));
  }
  return found;
}

/** Arguments that fit all of a schema, ajv is witness. */
function validArguments(schema, accepts, random) {
  for (let tries = 0; tries < 200; tries += 1) {
    const args = fitting(schema, random);
    if (accepts(args)) return args;
  }
  throw new Error(`Nothing fits: ${JSON.stringify(accepts.errors)}`);
}

test("the servers list their tools, each with a schema", () => {
  assert.deepEqual(SERVERS.map((server) => live[server].length), [5, 13, 3, 2]);
  for (const tool of Object.values(live).flat()) assert.equal(tool.inputSchema.type, "object", tool.name);
});

test("every keyword of the live schemas is one that is checked, or one that is listed as not", () => {
  const met = new Set(Object.values(live).flat().flatMap(({ inputSchema }) => [...keywordsOf(inputSchema)]));
  assert.deepEqual([...met].filter((name) => ![...CHECKED, ...UNCHECKED, ...NOTES].includes(name)), []);
  const source = readPackageFile("schema.js");
  for (const name of [...met].filter((one) => CHECKED.includes(one))) assert.ok(source.includes(name), `${name} is known`);
});

for (const seed of [1, 2, 3]) {
  test(`agreement with ajv, whole and broken: seed ${seed}`, () => {
    const random = seeded(seed);
    const counts = {};
    let [agreed, fits] = [0, 0];
    for (const { name, inputSchema } of Object.values(live).flat()) {
      const [all, known] = [inputSchema, onlyChecked.get(inputSchema)].map(validatorOf);
      for (let run = 0; run < 60; run += 1) {
        const args = validArguments(inputSchema, all, random);
        assert.equal(check(inputSchema, args), null, `${name} takes ${JSON.stringify(args)}`);
        fits += 1;
        const breach = broken(inputSchema, args, random, counts);
        if (!breach) continue;
        const ours = check(inputSchema, breach.args);
        const theirs = known(breach.args);
        assert.equal(ours === null, theirs, `${name}: ${breach.keyword} at ${breach.path} of ${JSON.stringify(breach.args)}`);
        if (theirs) continue;
        const paths = known.errors.map(({ instancePath, keyword }) => `${keyword} ${instancePath}`);
        assert.ok(paths.includes(`${ours.rule} ${ours.path}`), `${ours.rule} ${ours.path} is none of ${paths}`);
        agreed += 1;
      }
    }
    const used = new Set(Object.values(live).flat().flatMap(({ inputSchema }) => [...keywordsOf(inputSchema)]).filter((one) => CHECKED.includes(one)));
    const breakable = ["type", "enum", "required", "additionalProperties", "minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum"];
    for (const keyword of breakable.filter((one) => used.has(one))) assert.ok(counts[keyword] >= 15, `${keyword}: ${counts[keyword]}`);
    assert.ok(fits >= 1_000 && agreed >= 1_000, `${fits} that fit, ${agreed} that do not`);
  });
}

/** A page whose server lists these tools, and notes which it is called with. */
async function pageOf(server) {
  const called = [];
  const answer = (sent) => {
    const { method, params } = JSON.parse(sent.body);
    if (method === "tools/list") return answering(sent, { result: { tools: live[server] } });
    called.push(params);
    return answering(sent, { result: { content: [{ type: "text", text: "{}" }], structuredContent: {} } });
  };
  if (server === "customer") {
    const scene = new Scene({ checkArguments: true });
    const page = await scene.signedInPage();
    await page.listTools({ fresh: true }).result();
    scene.shop.always("tools", answer);
    await page.listTools({ fresh: true }).result();
    return { called, call: (name, args) => page.call(name, args) };
  }
  const scene = new UcpScene({ agentWideToken: true }, { checkArguments: true });
  scene.options.agent.token = scene.tokenSource({ scope: "read_global_api_orders" });
  scene.shop.always("ucp", answer);
  const page = await scene.page();
  return { called, call: (name, args) => page.ucp.callTool(name, args) };
}

/** What a page gives: `meta` is the package's. */
const given = ({ meta: _, ...args }) => args;
/** Tools of the former catalog are called without `meta` by `shop.catalog` alone. */
const REACHED = ["customer", "shop", "global"];

describe("through the package", () => {
  test(`${SETS} argument sets that fit are sent as they are`, async () => {
    const random = seeded(4);
    let sent = 0;
    for (const server of REACHED) {
      const { called, call } = await pageOf(server);
      for (let run = 0; sent < (SETS * (REACHED.indexOf(server) + 1)) / REACHED.length; run += 1) {
        const { name, inputSchema } = live[server][run % live[server].length];
        const args = given(validArguments(inputSchema, validatorOf(inputSchema), random));
        await call(name, args).result();
        assert.equal(called.length, run + 1);
        assert.deepEqual(given(called[run].arguments), args);
        sent += 1;
      }
    }
    assert.ok(sent >= SETS);
  });

  test(`${SETS} malformed ones are refused here, with the path`, async () => {
    const random = seeded(5);
    const counts = {};
    let refused = 0;
    for (const server of REACHED) {
      const { called, call } = await pageOf(server);
      for (let run = 0; refused < (SETS * (REACHED.indexOf(server) + 1)) / REACHED.length; run += 1) {
        const { name, inputSchema } = live[server][run % live[server].length];
        // The arguments themselves are an object, whatever a page does.
        const isGiven = (path, keyword) => !path.startsWith("/meta") && !(path === "" && keyword !== "required");
        const args = validArguments(inputSchema, validatorOf(inputSchema), random);
        const breach = broken(inputSchema, args, random, counts, isGiven);
        if (!breach || !("meta" in breach.args) !== !("meta" in args)) continue;
        const error = await call(name, given(breach.args)).error();
        assert.deepEqual([error.code, error.field], ["arguments_invalid", breach.path], `${name}: ${breach.keyword} of ${JSON.stringify(breach.args)}`);
        assert.ok(error.message.includes(`: ${breach.keyword === "additionalProperties" && breach.path.endsWith("utm_source") ? "type" : breach.keyword} at `), error.message);
        refused += 1;
      }
      assert.deepEqual(called, [], "nothing was called");
    }
    assert.ok(refused >= SETS && Object.keys(counts).length >= 6, JSON.stringify(counts));
  });
});
