// Agreement with ajv on generated schemas and values.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import Ajv2020 from "ajv/dist/2020.js";

import { importPackageFile } from "./package-under-test.js";
import { seeded } from "./random.js";

const { check } = await importPackageFile("schema.js");
const options = { strict: false, ownProperties: true, multipleOfPrecision: 9, logger: false };

const SCHEMAS = 800;
const VALUES_EACH = 12;
const NAMES = ["a", "b", "id", "constructor", "x/y"];
const SCALARS = [null, true, false, 0, 1, 2, -1, 1.5, 0.3, 10, "", "a", "ab", "#1001", "😀", "😀b", "1"];
const TYPES = ["null", "boolean", "number", "integer", "string", "array", "object"];

/** Small domains, so that what is generated often fits and often does not. */
function generator(random) {
  const value = (depth) => {
    const kind = depth > 0 ? random.below(4) : 0;
    if (kind < 2) return random.pick(SCALARS);
    if (kind === 2) return Array.from({ length: random.below(4) }, () => value(depth - 1));
    return Object.fromEntries(random.several(NAMES, random.below(4)).map((name) => [name, value(depth - 1)]));
  };
  const schemas = (depth) => Array.from({ length: 1 + random.below(3) }, () => schema(depth - 1));
  const properties = (depth) => {
    const names = random.several(NAMES, 1 + random.below(3));
    return Object.fromEntries(names.map((name) => [name, schema(depth - 1)]));
  };
  const unique = (items) => [...new Set(items)];
  const simple = {
    type: () => (random.chance(0.6) ? random.pick(TYPES) : unique(random.several(TYPES, 1 + random.below(3)))),
    enum: () => Array.from({ length: 1 + random.below(4) }, () => value(1)),
    const: () => value(1),
    required: () => unique(random.several(NAMES, random.below(3))),
    minItems: () => random.below(3),
    maxItems: () => random.below(4),
    uniqueItems: () => random.chance(0.8),
    minLength: () => random.below(3),
    maxLength: () => random.below(4),
    minimum: () => random.pick([-1, 0, 1, 1.5]),
    maximum: () => random.pick([0, 1, 1.5, 10]),
    exclusiveMinimum: () => random.pick([-1, 0, 1, 1.5]),
    exclusiveMaximum: () => random.pick([0, 1, 1.5, 10]),
    multipleOf: () => random.pick([1, 2, 0.1, 0.5, 1.5]),
  };
  const nesting = {
    properties,
    additionalProperties: (depth) => schema(depth - 1),
    items: (depth) => schema(depth - 1),
    prefixItems: schemas,
    anyOf: schemas,
    oneOf: schemas,
    allOf: schemas,
    not: (depth) => schema(depth - 1),
    $ref: () => random.pick(["#/$defs/one", "#/$defs/two", "#/definitions/three"]),
  };
  const unknownHere = {
    pattern: () => random.pick(["^a", "b$", "1"]),
    patternProperties: (depth) => ({ "^(a|id)$": schema(depth - 1) }),
    propertyNames: (depth) => schema(depth - 1),
    minProperties: () => random.below(3),
    maxProperties: () => random.below(3),
    contains: (depth) => schema(depth - 1),
    if: (depth) => schema(depth - 1),
    then: (depth) => schema(depth - 1),
    dependentRequired: () => ({ a: ["b"] }),
  };
  let keywords = [];
  const schema = (depth) => {
    if (random.chance(0.08)) return random.chance(0.7);
    const chosen = random.several(keywords.filter(([, , nests]) => depth > 0 || !nests), 1 + random.below(3));
    return Object.fromEntries(chosen.map(([name, make]) => [name, make(depth)]));
  };
  const entries = (group, nests) => Object.entries(group).map(([name, make]) => [name, make, nests]);
  return {
    value,
    /** A whole document, whose definitions refer to nothing, so that no reference is endless. */
    document(withUnknown) {
      const known = [...entries(simple, false), ...entries(nesting, true)];
      keywords = withUnknown ? [...known, ...entries(unknownHere, true)] : known;
      const body = schema(3);
      keywords = keywords.filter(([name]) => name !== "$ref");
      const definitions = { $defs: { one: schema(1), two: schema(2) }, definitions: { three: schema(1) } };
      return { ...(typeof body === "boolean" ? { allOf: [body] } : body), ...definitions };
    },
  };
}

function judge(random, withUnknown, compare) {
  const generate = generator(random);
  const ajv = new Ajv2020(options);
  // Its bookkeeping for unevaluatedProperties, which no generated schema has, throws on some of these schemas.
  ajv.opts.unevaluated = false;
  const count = { fits: 0, refused: 0 };
  for (let index = 0; index < SCHEMAS; index += 1) {
    const schema = generate.document(withUnknown);
    const accepts = ajv.compile(schema);
    for (let run = 0; run < VALUES_EACH; run += 1) {
      const value = generate.value(3);
      const theirs = accepts(value);
      count[theirs ? "fits" : "refused"] += 1;
      compare(check(schema, value), theirs, `${JSON.stringify(schema)} and ${JSON.stringify(value)}`);
    }
  }
  const all = SCHEMAS * VALUES_EACH;
  assert.ok(count.fits > all / 5 && count.refused > all / 5, `one-sided: ${JSON.stringify(count)}`);
}

describe("the schema check and ajv", () => {
  for (const seed of [1, 2, 3]) {
    test(`agree on every keyword that is checked (seed ${seed})`, () => {
      judge(seeded(seed), false, (ours, theirs, what) => assert.equal(ours === null, theirs, what));
    });
    test(`never differ by refusing what is valid, whatever keywords there are (seed ${seed})`, () => {
      judge(seeded(seed), true, (ours, theirs, what) => assert.ok(ours === null || !theirs, what));
    });
  }
});
