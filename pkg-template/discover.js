// The former catalog's arguments: held to its document's own rules, and translated where the server speaks UCP, or where the
// page does and the server is the former one. What has no counterpart is refused by its name, never dropped.

const GID = /^gid:\/\/shopify\/(\w+)\/(\w+)(?:\?.*)?$/;
const BASE62 = /^[0-9a-z]+$/i;
const DIGITS = /^\d+$/;

/** Members of today's requests: whatever else is in one is sent as it is. */
const TODAY = [
  "attribution", "catalog_id", "context", "filters", "id", "like", "pagination", "preferences", "saved_catalog_slug", "selected",
  "signals", "view",
];

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value) => typeof value === "string";
const flag = (value) => typeof value === "boolean";
const price = (value) => typeof value === "number" && value >= 0 && value < Infinity;
const whole = (least, most) => (value) => Number.isSafeInteger(value) && value >= least && value <= most;
const country = (value) => text(value) && /^[a-z]{2}$/i.test(value);
const listOf = (is) => (value) => Array.isArray(value) && value.every(is);
const isShop = (value) => (text(value) ? /^(gid:\/\/shopify\/Shop\/)?\d+$/.test(value) : whole(1, Infinity)(value));
const isOption = (value) => text(value?.key) && listOf(text)(value.values) && value.values.length > 0;
/** The name of an option, for a list of them with commas between. */
const isName = (value) => text(value) && !value.includes(",");

const SHARED = {
  available_for_sale: [flag, "true or false"],
  include_secondhand: [flag, "true or false"],
  ships_from: [country, "an ISO 3166-1 alpha-2 country code"],
  ships_to: [country, "an ISO 3166-1 alpha-2 country code"],
};

/** What the document says of each member, tool by tool. Members that it does not name are sent as they are. */
const RULES = {
  search: {
    ...SHARED,
    context: [text, "a text"],
    query: [text, "a text"],
    limit: [whole(1, 300), "a whole number from 1 to 300"],
    max_price: [price, "a number of 0 or more, without a currency"],
    min_price: [price, "a number of 0 or more, without a currency"],
    products_limit: [whole(1, 10), "a whole number from 1 to 10"],
    requires_selling_plan: [flag, "true or false"],
    saved_catalog: [text, "the slug of a saved catalog"],
    shop_ids: [listOf(isShop), "a list of shop ids"],
  },
  product: {
    ...SHARED,
    upid: [(value) => text(value) && BASE62.test(value), "a universal product id in Base62"],
    variant_id: [whole(1, Infinity), "a variant's whole number"],
    _gsid: [text, "a text"],
    context: [text, "a text"],
    limit: [whole(1, 100), "a whole number from 1 to 100"],
    option_preferences: [text, "names of options, with commas between"],
    product_id: [whole(1, Infinity), "a product's whole number"],
    product_options: [listOf(isOption), "a list of { key, values }"],
    query: [text, "a text"],
    shop_id: [isShop, "a shop's number or global id"],
  },
};

/**
 * The tool and its arguments.
 *
 * @param {"search" | "product"} what
 * @param {{ isOld: boolean, isForOld: boolean, decimalsOf: Function, minorUnits: Function,
 *   refusal: (field: string, sentence: string, code?: string) => Error }} given isOld: how the page speaks; isForOld: how
 *   the server does
 */
export function argumentsOf(what, request, { isOld, isForOld, ...given }) {
  const { refusal } = given;
  const old = isOld ? normalized(what, request, isForOld, refusal) : toFormer(what, request, given);
  const wrong = Object.keys(RULES[what]).find((member) => old[member] !== undefined && !RULES[what][member][0](old[member]));
  if (wrong) throw refusal(wrong, `\`${wrong}\` is not ${RULES[what][wrong][1]}.`);
  if (what === "search") for (const member of ["context", "query"]) if (!old[member] && isForOld) throw refusal(member, `\`${member}\` is missing: this catalog searches with both a query and a context.`);
  if (what === "product") checkIdentifier(old, refusal);
  if (isForOld) return { tool: what === "search" ? "search_global_products" : "get_global_product_details", args: old };
  return { tool: what === "search" ? "search_catalog" : "get_product", args: { catalog: toUcp(what, old, given) } };
}

/** The document wants exactly one of them, and shows both where a shop's offer is pinned. */
function checkIdentifier({ upid, variant_id: variant, shop_id: shop }, refusal) {
  if (upid === undefined && variant === undefined) throw refusal("upid", "A product is named by `upid` or by `variant_id`.");
  if (upid === undefined || variant === undefined || shop !== undefined) return;
  throw refusal("variant_id", "A product is named by one of `upid` and `variant_id`: both go together only where `shop_id` pins an offer.");
}

const unsupported = (member, refusal) => refusal(member, `\`${member}\` has no counterpart at this catalog: leave it out.`, "argument_unsupported");

/** Whole global ids stand for their last part, and a list for a text with commas. */
function normalized(what, { ...request }, isForOld, refusal) {
  const mixed = TODAY.find((member) => member !== "context" && request[member] !== undefined);
  if (mixed) throw refusal(mixed, `\`${mixed}\` is of today's form, and the rest of the former one: say all in one of them.`);
  if (isForOld && request.currency !== undefined) throw unsupported("currency", refusal);
  if (what === "search") return request;
  for (const [member, type] of [["upid", "p"], ["variant_id", "ProductVariant"], ["product_id", "Product"]]) {
    const [, of, id] = GID.exec(request[member]) ?? [];
    if (of === type && (member === "upid" || DIGITS.test(id))) request[member] = member === "upid" ? id : Number(id);
  }
  const { option_preferences: names, shop_id: shop } = request;
  if (listOf(isName)(names)) request.option_preferences = names.join(",") || undefined;
  if (typeof shop === "number" && isShop(shop)) request.shop_id = `${shop}`;
  return request;
}

/** From today's form: whatever is left over has no counterpart. */
function toFormer(what, request, { decimalsOf, refusal }) {
  const rest = { ...request };
  const part = (of, member) => (isObject(of?.[member]) ? (of[member] = { ...of[member] }) : undefined);
  /** A member, as `read` makes it; where that is nothing it stays. */
  const take = (from, member, read = (value) => value) => {
    const value = from?.[member] === undefined ? undefined : read(from[member]);
    if (value !== undefined) delete from[member];
    return value;
  };
  /** What `read` makes of a list, where that is a list of such. */
  const all = (is, read) => (list) => (listOf(is)(list) ? read(list) : undefined);
  /** Objects of these members, and no others. */
  const made = (...members) => (value) => isObject(value) && Object.keys(value).length === members.length && members.every((member) => text(value[member]));

  const [context, filters, pagination] = ["context", "filters", "pagination"].map((member) => part(rest, member));
  const former = {
    query: take(rest, "query"),
    context: take(context, "intent"),
    available_for_sale: take(filters, "available"),
    include_secondhand: take(filters, "condition", (list) => ({ new: false, "new,secondhand": true })[Array.isArray(list) && [...list].sort()]),
    limit: take(pagination, "limit"),
    ships_to: take(part(filters, "ships_to"), "country"),
    ships_from: take(filters, "ships_from", all(made("country"), ([one, ...more]) => (more.length ? undefined : one?.country))),
  };
  if (what === "search") {
    former.saved_catalog = take(rest, "catalog_id") ?? take(rest, "saved_catalog_slug");
    former.shop_ids = take(filters, "shops") ?? take(filters, "shop_ids");
    const range = part(filters, "price");
    if (range) {
      const decimals = decimalsOf(take(context, "currency"));
      if (decimals === null) throw refusal("context.currency", "A price filter in minor units goes with `context.currency`.");
      for (const side of ["min", "max"]) {
        former[`${side}_price`] = take(range, side, (units) => (whole(0, Infinity)(units) ? units / 10 ** decimals : undefined));
      }
    }
  } else {
    Object.assign(former, named(take(rest, "id"), refusal));
    former.product_options = take(rest, "selected", all(made("name", "label"), (list) => list.map(({ name, label }) => ({ key: name, values: [label] }))));
    former.option_preferences = take(rest, "preferences", all(isName, (list) => list.join(",")));
    former.shop_id = take(filters, "shops", all(isShop, ([one, ...more]) => (more.length ? undefined : one)));
  }
  const left = TODAY.flatMap((member) => pathsOf(take(rest, member), member));
  if (left.length) throw unsupported(left[0], refusal);
  return Object.fromEntries(Object.entries({ ...rest, ...former }).filter(([, value]) => value !== undefined));
}

function named(id, refusal) {
  const [, type, value] = GID.exec(id) ?? [];
  if (type === "p") return { upid: value };
  if (type === "ProductVariant" && DIGITS.test(value)) return { variant_id: Number(value) };
  if (text(id) && BASE62.test(id)) return { upid: id };
  throw refusal("id", "This catalog knows products by `gid://shopify/p/…`, a `upid`, or a variant's id.");
}

/** Into today's form; what is not asked for there is refused. */
function toUcp(what, { ...old }, { decimalsOf, minorUnits, refusal }) {
  const take = (member) => {
    const value = old[member];
    delete old[member];
    return value;
  };
  const filters = { available: take("available_for_sale") };
  const secondhand = take("include_secondhand");
  if (secondhand !== undefined) filters.condition = secondhand ? ["new", "secondhand"] : ["new"];
  const [to, from] = [take("ships_to"), take("ships_from")];
  if (to) filters.ships_to = { country: to };
  if (from) filters.ships_from = [{ country: from }];
  const currency = take("currency");
  const context = { intent: take("context"), currency };
  let ucp = { context, filters };
  if (what === "search") {
    filters.shops = take("shop_ids")?.map(shopGid);
    filters.price = {};
    for (const side of ["min", "max"]) {
      const member = `${side}_price`;
      const amount = take(member);
      if (amount === undefined) continue;
      const decimals = decimalsOf(currency);
      if (decimals === null) throw refusal("currency", "A price without a currency has no counterpart at this catalog: name the `currency`.", "argument_unsupported");
      filters.price[side] = minorUnits(`${amount}`, decimals);
      if (filters.price[side] === null) throw refusal(member, `\`${member}\` is no amount of its currency.`);
    }
    ucp = { ...ucp, query: take("query"), catalog_id: take("saved_catalog"), pagination: { limit: take("limit") } };
  } else {
    const [upid, variant, shop] = [take("upid"), take("variant_id"), take("shop_id")];
    const options = take("product_options");
    if (options?.some(({ values }) => values.length > 1)) {
      throw refusal("product_options", "This catalog takes one value of an option: ask once for each.", "argument_unsupported");
    }
    filters.shops = shop === undefined ? undefined : [shopGid(shop)];
    ucp = {
      ...ucp,
      // A variant is of one product: beside it, `upid` says nothing.
      id: variant === undefined ? `gid://shopify/p/${upid}` : `gid://shopify/ProductVariant/${variant}`,
      selected: options?.map(({ key, values: [label] }) => ({ name: key, label })),
      preferences: take("option_preferences")?.split(",").map((name) => name.trim()).filter(Boolean),
    };
  }
  const left = ["products_limit", "requires_selling_plan", "limit", "product_id", "_gsid", "query"].find((member) => old[member] !== undefined);
  if (left) throw unsupported(left, refusal);
  return { ...old, ...pruned(ucp) };
}

const shopGid = (id) => (DIGITS.test(id) ? `gid://shopify/Shop/${id}` : id);

/** Without members that are nothing. */
function pruned(object) {
  const kept = Object.entries(object)
    .map(([name, value]) => [name, isObject(value) ? pruned(value) : value])
    .filter(([, value]) => value !== undefined && !(isObject(value) && Object.keys(value).length === 0));
  return Object.fromEntries(kept);
}

/** The paths of whatever an object still holds. */
function pathsOf(value, path) {
  if (value === undefined) return [];
  return isObject(value) ? Object.entries(value).flatMap(([name, member]) => pathsOf(member, `${path}.${name}`)) : [path];
}
