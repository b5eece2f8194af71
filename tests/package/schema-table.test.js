// What the schema check says, keyword by keyword; and what it must survive.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import Ajv2020 from "ajv/dist/2020.js";
import Ajv from "ajv";

import { importPackageFile } from "./package-under-test.js";

const { check } = await importPackageFile("schema.js");
const options = { strict: false, ownProperties: true, multipleOfPrecision: 9, logger: false };
const ajv = new Ajv2020(options);

/** Schema, values that fit, values that do not: with the path and the rule of the violation. */
const TABLE = [
  [true, [null, 1, "a", [], {}], []],
  [false, [], [[1, "", "false"]]],
  [{}, [null, 1, "a", [], {}], []],
  [{ type: "string" }, ["", "a"], [[1, "", "type"], [null, "", "type"], [["a"], "", "type"]]],
  [{ type: "number" }, [0, -1.5, 1e300], [["1", "", "type"], [true, "", "type"]]],
  [{ type: "integer" }, [0, -3, 1.0, 1e300], [[1.5, "", "type"], ["1", "", "type"]]],
  [{ type: "boolean" }, [true, false], [[0, "", "type"], ["true", "", "type"]]],
  [{ type: "null" }, [null], [[0, "", "type"], ["", "", "type"], [{}, "", "type"]]],
  [{ type: "array" }, [[], [1]], [[{}, "", "type"], ["", "", "type"]]],
  [{ type: "object" }, [{}, { a: 1 }], [[[], "", "type"], [null, "", "type"]]],
  [{ type: ["string", "null"] }, ["a", null], [[1, "", "type"], [{}, "", "type"]]],
  [{ enum: [1, "a", null, { a: [1, 2], b: 1 }, [1]] }, [1, "a", null, { b: 1, a: [1, 2] }, [1]],
    [[2, "", "enum"], ["1", "", "enum"], [{ a: [2, 1], b: 1 }, "", "enum"], [[1, 1], "", "enum"], [[], "", "enum"]]],
  [{ const: { a: 1 } }, [{ a: 1 }], [[{ a: 1, b: 1 }, "", "const"], [{}, "", "const"], ["a", "", "const"]]],
  [{ const: null }, [null], [[0, "", "const"]]],
  [{ const: 0 }, [0, -0], [[false, "", "const"], ["0", "", "const"]]],
  [{ properties: { a: { type: "string" }, b: { properties: { c: false } } } }, [{}, { a: "" }, { b: {} }, { z: 1 }, 5],
    [[{ a: 1 }, "/a", "type"], [{ b: { c: 1 } }, "/b/c", "false"]]],
  [{ properties: { "a/b~c": { type: "null" } } }, [{ "a/b~c": null }], [[{ "a/b~c": 1 }, "/a~1b~0c", "type"]]],
  [{ required: ["a", "toString"] }, [{ a: 1, toString: 2 }, [], "x"],
    [[{ a: 1 }, "", "required"], [{}, "", "required"]]],
  [{ properties: { a: {} }, additionalProperties: false }, [{}, { a: 1 }], [[{ b: 1 }, "", "additionalProperties"]]],
  [{ properties: { a: {} }, additionalProperties: { type: "string" } }, [{ a: 1, b: "" }], [[{ b: 1 }, "/b", "type"]]],
  [{ items: { type: "integer" } }, [[], [1, 2], "x"], [[[1, "a"], "/1", "type"]]],
  [{ prefixItems: [{ type: "string" }, { type: "number" }] }, [[], ["a"], ["a", 1, null]], [[[1], "/0", "type"]]],
  [{ prefixItems: [{ type: "string" }], items: { type: "null" } }, [["a"], ["a", null]], [[["a", 1], "/1", "type"]]],
  [{ prefixItems: [{}], items: false }, [[], [1]], [[[1, 2], "/1", "false"]]],
  [{ minItems: 1, maxItems: 2 }, [[1], [1, 2], "abc"], [[[], "", "minItems"], [[1, 2, 3], "", "maxItems"]]],
  [{ uniqueItems: true }, [[], [1, "1", true, null, [1], { a: 1 }], [0, false, ""], [{ a: 1, b: 2 }, { a: 2, b: 1 }]],
    [[[1, 2, 1], "", "uniqueItems"], [[{ a: 1, b: [2] }, { b: [2], a: 1 }], "", "uniqueItems"]]],
  [{ uniqueItems: true }, [[["a", "b"], ["a,b"], ['"a","b"']], ["[]", []], ["null", null]],
    [[[0, -0], "", "uniqueItems"]]],
  [{ uniqueItems: false }, [[1, 1]], []],
  [{ minLength: 2, maxLength: 3 }, ["ab", "😀😀", "😀😀😀", 5],
    [["a", "", "minLength"], ["😀", "", "minLength"], ["abcd", "", "maxLength"],
      ["\ud83d".repeat(4), "", "maxLength"]],
  ],
  [{ minimum: 1, maximum: 3 }, [1, 3, "0"], [[0.5, "", "minimum"], [3.5, "", "maximum"]]],
  [{ exclusiveMinimum: 1, exclusiveMaximum: 3 }, [1.1, 2], [[1, "", "exclusiveMinimum"], [3, "", "exclusiveMaximum"]]],
  [{ multipleOf: 0.01 }, [19.99, 0, -1.1, 4.35, "x"], [[0.005, "", "multipleOf"], [19.999, "", "multipleOf"]]],
  [{ multipleOf: 3 }, [9, -3, 0], [[10, "", "multipleOf"], [0.3, "", "multipleOf"]]],
  [{ anyOf: [{ type: "string" }, { minimum: 5 }] }, ["a", 5, null], [[4, "", "anyOf"]]],
  [{ oneOf: [{ multipleOf: 2 }, { multipleOf: 3 }] }, [2, 3], [[6, "", "oneOf"], [5, "", "oneOf"]]],
  [{ allOf: [{ minimum: 1 }, { maximum: 3 }] }, [2], [[0, "", "minimum"], [4, "", "maximum"]]],
  [{ not: { type: "string" } }, [1], [["a", "", "not"]]],
  [{ not: true }, [], [[1, "", "not"]]],
  [{ not: { not: { type: "string" } } }, ["a"], [[1, "", "not"]]],
  [{ items: { anyOf: [{ properties: { a: { items: { type: "null" } } }, required: ["a"] }, { type: "string" }] } },
    [[{ a: [null] }, "x"]], [[["x", { a: [1] }], "/1", "anyOf"]]],
  [{ $ref: "#/$defs/id", $defs: { id: { type: "string" } } }, ["a"], [[1, "", "type"]]],
  [{ $ref: "#/definitions/id", maxLength: 2, definitions: { id: { type: "string" } } }, ["a"],
    [[1, "", "type"], ["abc", "", "maxLength"]]],
  [{ $ref: "#/$defs/a~1b%20~0c", $defs: { "a/b ~c": { type: "null" } } }, [null], [[1, "", "type"]]],
  [{ $ref: "#/$defs/list/prefixItems/1", $defs: { list: { prefixItems: [true, { type: "null" }] } } }, [null],
    [[1, "", "type"]]],
  [{ type: "object", properties: { next: { $ref: "#" } }, required: ["id"] }, [{ id: 1, next: { id: 2 } }],
    [[{ id: 1, next: { id: 2, next: {} } }, "/next/next", "required"]]],
];

for (const [schema, fitting, violating] of TABLE) {
  describe(JSON.stringify(schema), () => {
    const accepts = ajv.compile(schema);
    for (const value of fitting) {
      test(`${JSON.stringify(value)} fits`, () => {
        assert.equal(check(schema, value), null);
        assert.equal(accepts(value), true, "ajv thinks otherwise");
      });
    }
    for (const [value, path, rule] of violating) {
      test(`${JSON.stringify(value)} breaks ${rule}`, () => {
        const violation = check(schema, value);
        assert.deepEqual({ path: violation?.path, rule: violation?.rule }, { path, rule });
        assert.match(violation.message, /^Does not fit \S.*\.$/);
        assert.equal(accepts(value), false, "ajv thinks otherwise");
      });
    }
  });
}

describe("a tuple as it was written before 2020-12", () => {
  const schema = { items: [{ type: "string" }, { type: "number" }], additionalItems: { type: "null" } };
  const accepts = new Ajv(options).compile(schema);
  for (const value of [[], ["a"], ["a", 1], ["a", 1, null], [1], ["a", "b"], ["a", 1, 2], ["a", 1, null, 2]]) {
    test(JSON.stringify(value), () => assert.equal(check(schema, value) === null, accepts(value)));
  }
});

describe("keywords that are passed over", () => {
  test("pattern is never run, and refuses nothing", () => {
    const catastrophic = { pattern: "^(a+)+$" };
    const text = `${"a".repeat(50)}!`;
    const start = performance.now();
    assert.equal(check(catastrophic, text), null);
    assert.ok(performance.now() - start < 100);
  });
  test("a branch that holds only as far as it was checked decides nothing", () => {
    assert.equal(check({ not: { pattern: "^b" } }, "a"), null);
    assert.equal(check({ oneOf: [{ pattern: "^a" }, { pattern: "^b" }] }, "a"), null);
    assert.equal(check({ not: { anyOf: [{ type: "number" }, { pattern: "^b" }] } }, "a"), null);
    assert.equal(check({ not: { properties: { a: { minProperties: 1 } } } }, { a: {} }), null);
  });
  test("what was checked still decides", () => {
    assert.equal(check({ not: { anyOf: [{ type: "string" }, { pattern: "^b" }] } }, "a").rule, "not");
    assert.equal(check({ not: { anyOf: [{ pattern: "^b" }, { type: "string" }] } }, "a").rule, "not");
    assert.equal(check({ oneOf: [{ type: "number", pattern: "a" }, { type: "null" }] }, "a").rule, "oneOf");
    assert.equal(check({ oneOf: [{ type: "string" }, { minLength: 1 }, { pattern: "a" }] }, "a").rule, "oneOf");
    assert.equal(check({ type: "string", pattern: "^(" }, 1).rule, "type");
  });
  test("additionalProperties beside patternProperties is not judged", () => {
    const schema = { patternProperties: { "^x-": {} }, additionalProperties: false };
    assert.equal(check(schema, { "x-a": 1 }), null);
  });
  test("unknown keywords and keywords with a wrong value are skipped", () => {
    const odd = {
      type: "date", enum: "a", required: "a", properties: [], items: "x", minLength: "2", maximum: null, allOf: {},
      anyOf: [], oneOf: null, not: 5, $ref: 7, multipleOf: 0, uniqueItems: 1, prefixItems: {}, format: "email",
      "x-shop": true,
    };
    for (const value of ["", "a", 5, [1, 1], { a: 1 }, null]) assert.equal(check(odd, value), null);
    for (const schema of [null, undefined, "x", 5, [false]]) assert.equal(check(schema, 1), null);
  });
});

describe("hostile schemas and values", () => {
  const parse = JSON.parse;

  test("members of prototypes are no members", () => {
    assert.equal(check({ required: ["constructor"] }, {}).rule, "required");
    const closed = { properties: { a: {} }, additionalProperties: false };
    assert.equal(check(closed, { toString: 1 }).rule, "additionalProperties");
    assert.equal(check({ $ref: "#/$defs/toString", $defs: {} }, 1).rule, "$ref");
    assert.equal(check({ $ref: "#/constructor" }, 1).rule, "$ref");
    assert.equal(check(Object.create({ type: "string" }), 1), null);
  });
  test("__proto__ is a member like any other", () => {
    const schema = parse('{"properties":{"__proto__":{"type":"string"}},"required":["__proto__"]}');
    assert.equal(check(schema, parse('{"__proto__":"x"}')), null);
    assert.equal(check(schema, parse('{"__proto__":1}')).path, "/__proto__");
    assert.equal(check(schema, {}).rule, "required");
    assert.equal(check(parse('{"__proto__":{"type":"string"}}'), 1), null);
    assert.equal(check({ additionalProperties: false }, parse('{"__proto__":1}')).rule, "additionalProperties");
    assert.equal(check({ const: parse('{"__proto__":1}') }, parse('{"__proto__":2}')).rule, "const");
    assert.equal({}.type, undefined);
  });
  for (const reference of ["#/nowhere", "#name", "other.json", "https://example.com/schema", "#/%", "/a", ""]) {
    test(`$ref ${JSON.stringify(reference)} leads nowhere, and says so wherever it stands`, () => {
      for (const schema of [{ $ref: reference }, { not: { $ref: reference } }, { anyOf: [{ $ref: reference }, {}] }]) {
        assert.equal(check(schema, 1)?.rule, "$ref");
      }
    });
  }
  const endless = {
    "a reference to itself": { $ref: "#" },
    "two references to each other": {
      $ref: "#/$defs/a",
      $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } },
    },
    "doubling recursion": { anyOf: [{ $ref: "#" }, { $ref: "#" }] },
    "recursion in a negation": { not: { $ref: "#" } },
    "exponential growth": {
      $ref: "#/$defs/0",
      $defs: Object.fromEntries(Array.from({ length: 60 }, (_, level) => {
        const next = { $ref: `#/$defs/${level + 1}` };
        return [level, level === 59 ? {} : { anyOf: [{ allOf: [next, next, false] }, { allOf: [next, next] }] }];
      })),
    },
  };
  for (const [name, schema] of Object.entries(endless)) {
    test(`${name} ends in good time`, () => {
      const start = performance.now();
      assert.match(check(schema, 1).rule, /^(depth|work)$/);
      assert.ok(performance.now() - start < 10_000);
    });
  }
  test("a value nested 100,000 deep neither overflows the stack nor passes unchecked", () => {
    const deep = parse(`${"[".repeat(1e5)}${"]".repeat(1e5)}`);
    assert.equal(check({ items: { $ref: "#" } }, deep).rule, "depth");
    assert.equal(check({ uniqueItems: true }, [deep]).rule, "depth");
    assert.equal(check({ const: [] }, deep).rule, "depth");
    assert.equal(check({ type: "array" }, deep), null);
  });
  test("comparing everything with everything is bounded", () => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({ index }));
    const start = performance.now();
    assert.equal(check({ uniqueItems: true }, many), null);
    assert.equal(check({ items: { enum: many } }, many).rule, "work");
    assert.ok(performance.now() - start < 20_000);
  });
  test("a long string is measured a bounded number of times", () => {
    const schema = { allOf: Array.from({ length: 1000 }, () => ({ minLength: 1 })) };
    assert.equal(check(schema, "a".repeat(10_000_000)).rule, "work");
  });
  test("an answer of a hundred thousand lines is checked to its end", () => {
    const line = { type: "object", required: ["id"], properties: { id: { type: "string" }, quantity: { minimum: 1 } } };
    const lines = Array.from({ length: 100_000 }, (_, index) => ({ id: `${index}`, quantity: 1 }));
    assert.equal(check({ items: line }, lines), null);
    lines.at(-1).quantity = 0;
    assert.equal(check({ items: line }, lines).path, "/99999/quantity");
  });
  test("numbers beyond the range of JSON are no numbers", () => {
    assert.equal(check({ type: "number" }, parse("1e999")).rule, "type");
    assert.equal(check({ uniqueItems: true }, parse("[1e999,-1e999,null]")), null);
  });
});
