// Arguments made from a tool's own schema: ones that fit, and the same with one keyword broken.

/** Texts for the patterns that schemas of live tools have; a pattern that is not here fails the test that needs it. */
const PATTERNED = [
  "6f9c1f3e-5d0b-4c58-9a51-0d3a4b1c2d3e", "USD", "ada@example.com", "+436601234567", "US", "AbC123XyZ", "image/png", "2026-11-21",
  "2026-11-21T10:00:00Z", "https://agent.example/profile.json", "#1001", "1001", "gid://shopify/Order/1", "gid://shopify/Shop/1",
];
const WRONG_TYPES = [null, true, 7.25, "wrong", [], {}];

export const typeOf = (value) => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value !== "number") return typeof value;
  return Number.isInteger(value) ? "integer" : "number";
};
const hasType = (value, type) => [type].flat().some((one) => one === typeOf(value) || (one === "number" && typeOf(value) === "integer"));

/** Something that fits, as far as one looks: whoever wants to be sure asks an independent validator. */
export function fitting(schema, random) {
  const { type, enum: choices, const: only, anyOf, oneOf } = schema;
  if (only !== undefined) return only;
  if (choices) return random.pick(choices);
  const branches = oneOf ?? anyOf;
  if (branches) return fitting({ ...schema, oneOf: undefined, anyOf: undefined, ...random.pick(branches) }, random);
  const [kind = "string"] = [type ?? (schema.properties ? "object" : undefined)].flat().sort(() => random.below(3) - 1);
  switch (kind) {
    case "string": return text(schema, random);
    case "boolean": return random.chance(0.5);
    case "integer":
    case "number": return number(schema, kind, random);
    case "array": return list(schema, random);
    case "object": return object(schema, random);
    default: return null;
  }
}

function text({ pattern, minLength = 0, maxLength = 40 }, random) {
  const candidates = PATTERNED.filter((one) => (!pattern || new RegExp(pattern, "u").test(one)) && one.length >= minLength && one.length <= maxLength);
  if (pattern || random.chance(0.3)) return candidates.length > 0 ? random.pick(candidates) : "";
  return random.text("abcdé😀 ", minLength + random.below(Math.min(12, Math.floor(maxLength / 2) - minLength + 1)));
}

function number({ minimum = 0, maximum = minimum + 1_000 }, kind, random) {
  const whole = minimum + random.below(Math.min(maximum - minimum + 1, 1_000));
  return kind === "integer" || random.chance(0.5) ? whole : Math.min(whole + 0.5, maximum);
}

function list({ items = {}, prefixItems = [], minItems = 0, maxItems = minItems + 3 }, random) {
  const length = minItems + random.below(Math.min(maxItems - minItems, 3) + 1);
  return Array.from({ length }, (_, index) => fitting(prefixItems[index] ?? items, random));
}

function object({ properties = {}, required = [], minProperties = 0, maxProperties = Infinity, additionalProperties }, random) {
  const optional = Object.keys(properties).filter((name) => !required.includes(name)).sort(() => random.below(3) - 1);
  const chosen = optional.filter((_, index) => required.length + index < minProperties || random.chance(0.5));
  const names = [...required, ...chosen].slice(0, maxProperties);
  const known = names.map((name) => [name, fitting(properties[name] ?? {}, random)]);
  const isOpen = typeof additionalProperties === "object" && random.chance(0.5);
  return Object.fromEntries([...known, ...(isOpen ? [["utm_source", fitting(additionalProperties, random)]] : [])]);
}

/** Every place in a value, with the schema that is about it and a way to put something else there. */
export function* places(schema, value, path = "", put = undefined) {
  yield { schema, value, path, put };
  const inside = (name) => `${path}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
  const at = (name) => (other) => { value[name] = other; };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* places(schema.prefixItems?.[index] ?? schema.items ?? {}, item, inside(index), at(index));
  } else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const about = schema.properties?.[name] ?? (typeof schema.additionalProperties === "object" ? schema.additionalProperties : {});
      yield* places(about, member, inside(name), at(name));
    }
  }
}

/** Ways to break one keyword at one place: `[keyword, break]`. */
export function* breaches({ schema, value, put }, random) {
  const { type, enum: choices, required = [], additionalProperties, minItems, maxItems, minLength, maxLength, minimum, maximum } = schema;
  const isList = Array.isArray(value);
  const isObject = typeof value === "object" && value !== null && !isList;
  if (put && type) yield ["type", () => put(random.pick(WRONG_TYPES.filter((one) => !hasType(one, type))))];
  if (put && choices) yield ["enum", () => put(`${value}-not`)];
  if (isObject) for (const name of required) yield ["required", () => { delete value[name]; }];
  if (isObject && additionalProperties === false) yield ["additionalProperties", () => { value.not_known = 1; }];
  if (isObject && typeof additionalProperties === "object") yield ["additionalProperties", () => { value.utm_source = [1]; }, "/utm_source"];
  if (put && minItems > 0) yield ["minItems", () => put([])];
  if (isList && maxItems < 2_000) yield ["maxItems", () => { while (value.length <= maxItems) value.push(structuredClone(value[0] ?? fitting(schema.items, random))); }];
  if (put && minLength > 0) yield ["minLength", () => put("x".repeat(minLength - 1))];
  if (put && maxLength < 1_000) yield ["maxLength", () => put("x".repeat(maxLength + 1))];
  if (put && minimum !== undefined) yield ["minimum", () => put(minimum - 1)];
  if (put && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER) yield ["maximum", () => put(maximum + 1)];
}

/** One breach of these arguments: `{ args, keyword, path }`, by a keyword that was broken seldom so far. */
export function broken(schema, args, random, counts, isWanted = () => true) {
  const copy = structuredClone(args);
  const all = [];
  for (const place of places(schema, copy)) {
    for (const [keyword, act, below = ""] of breaches(place, random)) {
      if (isWanted(place.path, keyword)) all.push({ keyword, act, path: place.path + below });
    }
  }
  if (all.length === 0) return null;
  const fewest = Math.min(...all.map(({ keyword }) => counts[keyword] ?? 0));
  const { keyword, act, path } = random.pick(all.filter((one) => (counts[one.keyword] ?? 0) === fewest));
  counts[keyword] = (counts[keyword] ?? 0) + 1;
  act();
  return { args: copy, keyword, path };
}
