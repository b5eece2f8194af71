// Checks a JSON value against a JSON Schema (2020-12) that a server sent: `check(schema, value)`.
//
// Checked: boolean schemas, type, enum, const, properties, required, additionalProperties, items, prefixItems,
// minItems, maxItems, uniqueItems, minLength, maxLength, minimum, maximum, exclusiveMinimum, exclusiveMaximum,
// multipleOf, anyOf, oneOf, allOf, not, and $ref to a JSON Pointer inside the schema. Nothing is ever fetched.
//
// Not checked: the keywords of UNCHECKED below. `pattern` is one of them on purpose: a regular expression from a server
// may take exponential time, and JavaScript cannot stop it. Skipping a keyword never refuses a valid value: where a
// branch of oneOf or not holds only as far as it was checked, the branch decides nothing. A keyword with a value that
// the standard does not allow is skipped as well.
//
// A schema that cannot be followed (a $ref that leads nowhere, endless recursion, more work than MAX_WORK) is a
// violation wherever it stands: whoever asked for a check would otherwise take the value for checked.

const MAX_DEPTH = 400;
/** Schemas applied, values compared and members looked at, about: a second of work. */
const MAX_WORK = 4e6;

/** Keywords of the standard that could refuse a value and that are not known here. */
const UNCHECKED = (
  "pattern patternProperties propertyNames minProperties maxProperties contains if dependentRequired " +
  "dependentSchemas dependencies unevaluatedItems unevaluatedProperties $dynamicRef"
).split(" ");

/** Marks a schema that has such a keyword. */
const PARTIAL = Symbol();

const { isArray } = Array;
const isObject = (value) => typeof value === "object" && value !== null && !isArray(value);
const isSchema = (value) => isObject(value) || typeof value === "boolean";
const list = (value) => (isArray(value) ? value : []);

const TYPES = new Map(Object.entries({
  null: (value) => value === null,
  boolean: (value) => typeof value === "boolean",
  number: Number.isFinite,
  integer: Number.isInteger,
  string: (value) => typeof value === "string",
  array: isArray,
  object: isObject,
}));

const atLeast = (size, limit) => size >= limit;
const atMost = (size, limit) => size <= limit;
const NUMBER_LIMITS = {
  minimum: atLeast,
  maximum: atMost,
  exclusiveMinimum: (value, limit) => value > limit,
  exclusiveMaximum: (value, limit) => value < limit,
  multipleOf: isMultiple,
};
const LENGTH_LIMITS = { minLength: atLeast, maxLength: atMost };
const ITEMS_LIMITS = { minItems: atLeast, maxItems: atMost };

/**
 * @param {unknown} schema
 * @param {unknown} value As JSON.parse gave it.
 * @returns {{ path: string, rule: string, message: string } | null} The first violation: a JSON Pointer into the value,
 *   the keyword (`false` for the schema false; `depth` or `work` where a limit of this check was met), and a sentence
 *   that quotes nothing of the value but names of members.
 */
export function check(schema, value) {
  try {
    new Check(schema).apply(schema, value);
    return null;
  } catch (error) {
    if (error instanceof Violation) return error.told;
    throw error;
  }
}

/** Why a value does not fit; where the schema itself cannot be followed, no other branch makes up for it. */
class Violation {
  constructor(path, rule, detail, decidesAll) {
    const pointer = path.map((key) => `/${`${key}`.replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");
    this.told = { path: pointer, rule, message: `Does not fit ${rule} ${detail}`.slice(0, 199).trim() + "." };
    this.decidesAll = decidesAll;
  }
}

class Check {
  #root;
  #path = [];
  #depth = 0;
  #workLeft = MAX_WORK;
  /** How many keywords of UNCHECKED were passed over on the way to what holds. */
  #passedOver = 0;
  /** Schemas without a prototype to read from, and what references lead to. */
  #plain = new Map();
  #targets = new Map();

  constructor(root) {
    this.#root = root;
  }

  /** Throws a Violation unless the value fits. */
  apply(given, value) {
    if (given === false) this.#refuse("false");
    if (!isObject(given)) return;
    this.#spend(1);
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.#refuse("depth", MAX_DEPTH, true);
    const schema = this.#withoutPrototype(given);
    if (schema[PARTIAL]) this.#passedOver += 1;
    this.#itself(schema, value);
    if (typeof value === "string") this.#string(schema, value);
    else if (typeof value === "number") this.#limits(schema, value, NUMBER_LIMITS);
    else if (isArray(value)) this.#array(schema, value);
    else if (isObject(value)) this.#object(schema, value);
    this.#combined(schema, value);
    this.#depth -= 1;
  }

  #applyAt(key, schema, value) {
    this.#path.push(key);
    this.apply(schema, value);
    this.#path.pop();
  }

  /** Whether a branch holds; `null`: as far as it was checked. */
  #holds(schema, value) {
    const [depth, passedOver, pathLength] = [this.#depth, this.#passedOver, this.#path.length];
    try {
      this.apply(schema, value);
      return this.#passedOver === passedOver || null;
    } catch (violation) {
      if (!(violation instanceof Violation) || violation.decidesAll) throw violation;
      [this.#depth, this.#passedOver, this.#path.length] = [depth, passedOver, pathLength];
      return false;
    }
  }

  #refuse(rule, detail = "", decidesAll = false) {
    throw new Violation(this.#path, rule, detail, decidesAll);
  }

  #spend(work) {
    this.#workLeft -= work;
    if (this.#workLeft < 0) this.#refuse("work", MAX_WORK, true);
  }

  #withoutPrototype(schema) {
    let plain = this.#plain.get(schema);
    if (!plain) {
      const partial = UNCHECKED.some((keyword) => Object.hasOwn(schema, keyword));
      this.#plain.set(schema, (plain = { __proto__: null, ...schema, [PARTIAL]: partial }));
    }
    return plain;
  }

  #itself(schema, value) {
    const { $ref, type } = schema;
    if (typeof $ref === "string") this.apply(this.#target($ref), value);
    const types = isArray(type) ? type : [type];
    if (types.length && !types.some((name) => TYPES.get(name)?.(value) ?? true)) this.#refuse("type", type);
    if ("const" in schema && !this.#isOneOf([schema.const], value)) this.#refuse("const");
    if (isArray(schema.enum) && !this.#isOneOf(schema.enum, value)) this.#refuse("enum");
  }

  #target(reference) {
    if (this.#targets.has(reference)) return this.#targets.get(reference);
    const [document, ...keys] = reference.split("/");
    let target = document === "#" ? this.#root : undefined;
    for (const key of keys) {
      const name = percentDecoded(key).replace(/~1/g, "/").replace(/~0/g, "~");
      target = typeof target === "object" && target && Object.hasOwn(target, name) ? target[name] : undefined;
    }
    if (!isSchema(target)) this.#refuse("$ref", reference, true);
    this.#targets.set(reference, target);
    return target;
  }

  #isOneOf(values, value) {
    this.#spend(values.length);
    if (typeof value !== "object" || !value) return values.includes(value);
    const key = this.#key(value);
    return values.some((other) => isArray(other) === isArray(value) && this.#key(other) === key);
  }

  /** A text that two JSON values share exactly when they are equal. */
  #key(value, depth = this.#depth) {
    if (depth > MAX_DEPTH) this.#refuse("depth", MAX_DEPTH, true);
    if (typeof value === "string") {
      this.#spend(1 + value.length / 16);
      return JSON.stringify(value);
    }
    this.#spend(1);
    if (isArray(value)) return `[${value.map((item) => this.#key(item, depth + 1))}]`;
    if (!isObject(value)) return `${value}`;
    return `{${Object.keys(value).sort().map((name) => `${this.#key(name)}:${this.#key(value[name], depth + 1)}`)}}`;
  }

  #limits(schema, size, limits) {
    for (const rule in limits) {
      const limit = schema[rule];
      if (typeof limit === "number" && !limits[rule](size, limit)) this.#refuse(rule, limit);
    }
  }

  #string(schema, value) {
    if (!("minLength" in schema || "maxLength" in schema)) return;
    this.#spend(value.length / 16);
    this.#limits(schema, codePoints(value), LENGTH_LIMITS);
  }

  #array(schema, value) {
    this.#limits(schema, value.length, ITEMS_LIMITS);
    // Before 2020-12 a list in `items` was what `prefixItems` is now, and `additionalItems` what `items` is.
    const { items } = schema;
    const first = list(isArray(items) ? items : schema.prefixItems);
    const others = isArray(items) ? schema.additionalItems : items;
    const count = isSchema(others) ? value.length : Math.min(first.length, value.length);
    for (let index = 0; index < count; index += 1) {
      this.#applyAt(index, index < first.length ? first[index] : others, value[index]);
    }
    if (schema.uniqueItems === true && new Set(value.map((item) => this.#key(item))).size < value.length) {
      this.#refuse("uniqueItems");
    }
  }

  #object(schema, value) {
    const required = list(schema.required);
    const names = Object.keys(value);
    this.#spend(required.length + names.length);
    for (const name of required) {
      if (typeof name === "string" && !Object.hasOwn(value, name)) this.#refuse("required", name);
    }
    const properties = isObject(schema.properties) ? schema.properties : {};
    // Which members patternProperties would take cannot be told without running its patterns.
    const others = "patternProperties" in schema ? true : schema.additionalProperties;
    for (const name of names) {
      if (Object.hasOwn(properties, name)) this.#applyAt(name, properties[name], value[name]);
      else if (others === false) this.#refuse("additionalProperties", name);
      else this.#applyAt(name, others, value[name]);
    }
  }

  #combined(schema, value) {
    const [allOf, anyOf, oneOf] = [list(schema.allOf), list(schema.anyOf), list(schema.oneOf)];
    for (const branch of allOf) this.apply(branch, value);
    if (anyOf.length) this.#anyOf(anyOf, value);
    if (oneOf.length) {
      const holds = oneOf.map((branch) => this.#holds(branch, value));
      if (holds.every((held) => held === false) || holds.filter(Boolean).length > 1) this.#refuse("oneOf");
    }
    if (isSchema(schema.not) && this.#holds(schema.not, value)) this.#refuse("not");
  }

  #anyOf(branches, value) {
    const passedOver = this.#passedOver;
    let possible = false;
    for (const branch of branches) {
      const holds = this.#holds(branch, value);
      if (holds) {
        this.#passedOver = passedOver;
        return;
      }
      possible ||= holds === null;
    }
    if (!possible) this.#refuse("anyOf");
  }
}

function percentDecoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function codePoints(text) {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, "_").length;
}

/** Exact for the decimals that the numbers were written as: 19.99 is a multiple of 0.01. */
function isMultiple(value, step) {
  if (!(step > 0 && step < Infinity && Math.abs(value) < Infinity)) return true;
  const [[a, aExponent], [b, bExponent]] = [value, step].map((number) => {
    const [digits, exponent] = number.toExponential().split("e");
    const [whole, fraction = ""] = digits.split(".");
    return [BigInt(whole + fraction), exponent - fraction.length];
  });
  const exponent = Math.min(aExponent, bExponent);
  return (a * 10n ** BigInt(aExponent - exponent)) % (b * 10n ** BigInt(bExponent - exponent)) === 0n;
}
