// A same-origin proxy for UCP servers and a token broker, for a server of the shop's own: Fetch API in, Fetch API out,
// so that Node, workers and routes of a framework run it unchanged. Types and documentation: proxy.d.ts.
//
// Three rules hold throughout. What the page sends decides neither where a request goes nor with which credentials.
// The body that was checked is the body that is sent, byte for byte. No answer says more than a code: the words of an
// upstream's failure, and of our own, may hold secrets.

const KIB = 1024;
const MAX_REQUEST = 1024 * KIB;
const MAX_TOKEN_ANSWER = 256 * KIB;
const MONTH = 30 * 24 * 3600;

const TOOLS = [
  "search_catalog", "lookup_catalog", "get_product", "create_cart", "get_cart", "update_cart", "cancel_cart",
  "create_checkout", "get_checkout", "update_checkout", "complete_checkout", "cancel_checkout", "get_order",
  "search_global_products", "get_global_product_details",
];

/** Tools about something that belongs to a visitor. */
const OWNED = /_(cart|checkout|order)$/;

/** What names such a thing in a tool's arguments, and in the `cart` or `checkout` among them. */
const ID_MEMBERS = ["id", "cart_id", "checkout_id", "order_id"];

/** The headers of a page that go on to the upstream, and those that do where the page has signed. */
const PASSED = ["accept", "content-type", "idempotency-key", "ucp-agent"];
const PASSED_SIGNED = ["signature", "signature-input", "content-digest"];

class Refusal extends Error {
  constructor(status, code, headers = {}) {
    super(code);
    this.status = status;
    this.headers = headers;
  }
}

export function createProxy(options) {
  const { upstreams, agent, sign, buyerIp, visitors, store = createMemoryStore() } = options;
  const { timeoutMs = 30_000, maxAnswerBytes = 16 * KIB * KIB } = options;
  const servers = new Map(Object.entries(upstreams).map(([name, upstream]) => [name, readUpstream(name, upstream)]));
  const tokens = agent && tokenSource(agent, timeoutMs);
  const signHeaders = sign && signer(sign);
  const book = visitorBook(visitors, store);

  async function headersFor(request, server, body, call) {
    const page = request.headers;
    const headers = new Headers({ accept: "application/json" });
    const signedByPage = !sign && page.has("signature") && page.has("signature-input");
    for (const name of signedByPage ? [...PASSED, ...PASSED_SIGNED] : PASSED) {
      if (page.has(name)) headers.set(name, page.get(name));
    }
    for (const [name, value] of Object.entries(server.headers)) headers.set(name, value);
    const ip = buyerIp?.(request);
    if (typeof ip === "string" && /^[\da-f.:]{2,45}$/i.test(ip)) headers.set("shopify-buyer-ip", ip);
    if (sign) await signHeaders(headers, server.url, body, call);
    return headers;
  }

  async function post(server, headers, body) {
    const token = await tokens?.get();
    if (token) headers.set("authorization", `Bearer ${token.value}`);
    const answer = await send(server.url, { headers, body, timeoutMs });
    return { answer, token };
  }

  async function forward(server, headers, body) {
    const { answer, token } = await post(server, headers, body);
    if (answer.status !== 401 || !token) return answer;
    tokens.forget(token);
    await answer.body?.cancel();
    return (await post(server, headers, body)).answer;
  }

  return answering(async (request) => {
    checkSender(request);
    const url = new URL(request.url);
    const server = servers.get(url.pathname.split("/").findLast(Boolean));
    if (!server) throw new Refusal(404, "upstream_unknown");
    const body = await readBody(request);
    const call = readCall(body, server.tools);
    const kind = OWNED.exec(call.name)?.[1];
    const visitor = kind && (await book.visitorOf(request));
    if (kind && !(await mayName(book, server, visitor, call))) return notFound(server, call, kind);
    const headers = await headersFor(request, server, body, call);
    const answer = await forward(server, headers, body);
    if (!kind) return reply(answer, answer.body && limited(answer.body, maxAnswerBytes));

    const bytes = await collect(answer.body, maxAnswerBytes).catch(() => {
      throw new Refusal(502, "upstream_unreachable");
    });
    if (!bytes) throw new Refusal(502, "answer_too_large");
    const owner = visitor ?? randomId();
    const ids = idsInAnswer(new TextDecoder().decode(bytes));
    for (const id of ids) {
      if (!(await book.bind(server.name, id, owner))) return notFound(server, call, kind);
    }
    return reply(answer, bytes, ids.length ? { "set-cookie": await book.cookieFor(url, owner) } : {});
  });
}

export function createBroker({ agent, scopes, timeoutMs = 30_000 }) {
  const tokens = tokenSource(agent, timeoutMs);
  return answering(async (request) => {
    checkSender(request);
    const { value, scope, endsAt } = await tokens.get();
    const granted = scope.split(/[\s,]+/).filter(Boolean);
    // A token that does not say what it is good for may be good for anything.
    if (!granted.length || !granted.every((one) => scopes.includes(one))) throw new Refusal(502, "scope_not_allowed");
    return json(200, { access_token: value, scope, expires_in: Math.floor((endsAt - Date.now()) / 1000) });
  });
}

export function createMemoryStore(maxEntries = 100_000) {
  const entries = new Map();
  return {
    get(key) {
      const entry = entries.get(key);
      return entry && Date.now() < entry.endsAt ? entry.value : undefined;
    },
    set(key, value, ttlSeconds) {
      entries.delete(key);
      entries.set(key, { value, endsAt: Date.now() + ttlSeconds * 1000 });
      if (entries.size > maxEntries) entries.delete(entries.keys().next().value);
    },
  };
}

// --- What a page may ask -----------------------------------------------------------------------------------------

/** Only a script of this very origin can send what passes: browsers set these headers, and let no page change them. */
function checkSender({ method, url, headers }) {
  if (method !== "POST") throw new Refusal(405, "method_not_allowed", { allow: "POST" });
  const { origin } = new URL(url);
  const site = headers.get("sec-fetch-site");
  if (headers.get("origin") !== origin || (site !== null && site !== "same-origin")) {
    throw new Refusal(403, "origin_not_allowed");
  }
  if (!isSecure(new URL(url))) throw new Refusal(403, "https_required");
}

async function readBody({ headers, body }) {
  if (!/^application\/json *(; *charset="?utf-8"?)?$/i.test(headers.get("content-type"))) {
    throw new Refusal(415, "content_type_not_allowed");
  }
  if (Number(headers.get("content-length")) > MAX_REQUEST) throw new Refusal(413, "body_too_large");
  const bytes = await collect(body, MAX_REQUEST);
  if (!bytes) throw new Refusal(413, "body_too_large");
  return bytes;
}

/**
 * Reads the JSON-RPC request in a body. It has to be written as `JSON.stringify` does, because the upstream's parser may
 * choose another one of two members of the same name: what was checked here would not be what is done there.
 */
function readCall(bytes, tools) {
  let message;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    message = JSON.parse(text);
    if (JSON.stringify(message) !== text) throw new SyntaxError();
  } catch {
    throw new Refusal(400, "body_not_canonical_json");
  }
  const { jsonrpc, id, method, params } = Object(message);
  if (jsonrpc !== "2.0" || !["string", "number"].includes(typeof id)) throw new Refusal(400, "rpc_not_allowed");
  if (method === "tools/list") return { id, name: "", args: {} };
  if (method !== "tools/call") throw new Refusal(403, "method_not_listed");
  const { name, arguments: args = {} } = Object(params);
  if (!tools.has(name)) throw new Refusal(403, "tool_not_listed");
  return { id, name, args: Object(args) };
}

// --- What belongs to whom ----------------------------------------------------------------------------------------

/** Whether all that a call names is the visitor's, and something is named where nothing is created. */
async function mayName(book, server, visitor, { name, args }) {
  const ids = [args, args.cart, args.checkout, args.order].flatMap((part) =>
    ID_MEMBERS.filter((member) => Object.hasOwn(Object(part), member)).map((member) => part[member]));
  if (!ids.length) return name.startsWith("create_");
  for (const id of ids) {
    if (typeof id !== "string" || !visitor || (await book.ownerOf(server.name, id)) !== visitor) return false;
  }
  return true;
}

/** As the server itself says it. */
function notFound({ version }, { id }, kind) {
  const content = `There is no such ${kind}.`;
  const data = {
    ucp: { version, status: "error", capabilities: {}, payment_handlers: {} },
    messages: [{ type: "error", code: "not_found", severity: "unrecoverable", content, content_type: "plain" }],
  };
  const result = { content: [{ type: "text", text: JSON.stringify(data) }], structuredContent: data };
  return json(200, { jsonrpc: "2.0", id, result });
}

/** The ids of a resource, and of the order that came of it, in an answer as JSON or as a stream of events. */
function idsInAnswer(text) {
  const events = text.split(/\r\n\r\n|\n\n|\r\r/).map((event) =>
    event.split(/\r\n|\n|\r/).filter((line) => line.startsWith("data:")).map((line) => line.slice(5)).join("\n"));
  return [text, ...events].flatMap((one) => {
    const result = Object(Object(parse(one)).result);
    const data = Object(result.structuredContent ?? parse(result.content?.[0]?.text));
    return [data.id, data.order?.id].filter((id) => typeof id === "string");
  });
}

/** Knows visitors by their cookie, and what is theirs by the store. */
function visitorBook({ cookie = "shopper-mcp", secret, ttlSeconds = MONTH }, store) {
  if (typeof secret !== "string" || secret.length < 32) {
    throw new TypeError("visitors.secret must be random and at least 32 characters long.");
  }
  if (!/^[\w-]+$/.test(cookie)) throw new TypeError("visitors.cookie must be letters, digits, _ and -.");
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  let key;
  const getKey = () => (key ??= crypto.subtle.importKey("raw", utf8(secret), algorithm, false, ["sign", "verify"]));
  const mac = async (text) => base64Url(await crypto.subtle.sign("HMAC", await getKey(), utf8(text)));
  const cookieName = (url) => (url.protocol === "https:" ? `__Host-${cookie}` : cookie);
  // Ids can be keys to what they name. The store need not know them.
  const storeKey = (server, id) => mac(`bound\n${server}\n${id}`);
  const asking = async (question) => {
    try {
      return await question();
    } catch {
      throw new Refusal(503, "store_unavailable");
    }
  };

  async function ownerOf(server, id) {
    const at = await storeKey(server, id);
    return asking(() => store.get(at));
  }

  return {
    ownerOf,

    /** @returns {Promise<string | null>} */
    async visitorOf(request) {
      const start = `${cookieName(new URL(request.url))}=`;
      const found = (request.headers.get("cookie") ?? "").split(/; */).find((pair) => pair.startsWith(start));
      const [, id, given] = /^([\w-]{24})\.([\w-]{43})$/.exec(found?.slice(start.length) ?? "") ?? [];
      if (!id) return null;
      const genuine = await crypto.subtle.verify("HMAC", await getKey(), fromBase64Url(given), utf8(`visitor\n${id}`));
      return genuine ? id : null;
    },

    async cookieFor(url, visitor) {
      // Safari drops Secure cookies of plain http, which is on loopback here: see checkSender.
      const secure = url.protocol === "https:" ? "; Secure" : "";
      const value = `${visitor}.${await mac(`visitor\n${visitor}`)}`;
      return `${cookieName(url)}=${value}; Path=/; Max-Age=${ttlSeconds}; HttpOnly; SameSite=Lax${secure}`;
    },

    /** @returns {Promise<boolean>} false for what is somebody else's */
    async bind(server, id, visitor) {
      const owner = await ownerOf(server, id);
      if (owner && owner !== visitor) return false;
      const at = await storeKey(server, id);
      await asking(() => store.set(at, visitor, ttlSeconds));
      return true;
    },
  };
}

// --- Towards the upstream ----------------------------------------------------------------------------------------

function readUpstream(name, { url, headers = {}, tools = TOOLS, version = "2026-08-25" }) {
  return { name, url: readUrl(url, `upstreams.${name}.url`), headers, tools: new Set(tools), version };
}

function readUrl(text, option) {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !isSecure(url) || url.username || url.password) {
    throw new TypeError(`${option} must be an https URL (http on loopback) without a password.`);
  }
  return url;
}

function isSecure({ protocol, hostname }) {
  return protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname));
}

async function send(url, { headers, body, timeoutMs }) {
  const signal = AbortSignal.timeout(timeoutMs);
  let answer;
  try {
    // Not `redirect: "error"`, which not every worker knows.
    answer = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
  } catch {
    throw signal.aborted ? new Refusal(504, "upstream_timeout") : new Refusal(502, "upstream_unreachable");
  }
  if (answer.status < 200 || (answer.status > 299 && answer.status < 400)) {
    await answer.body?.cancel();
    throw new Refusal(502, "upstream_redirects");
  }
  return answer;
}

/** The agent's token: exchanged when one is needed, once for all who wait, and kept until shortly before its end. */
function tokenSource({ clientId, clientSecret, tokenUrl }, timeoutMs) {
  const url = readUrl(tokenUrl, "agent.tokenUrl");
  const body = JSON.stringify({
    client_id: clientId, client_secret: clientSecret, grant_type: "client_credentials",
  });
  const headers = { "content-type": "application/json", "accept": "application/json" };
  let token = null;
  let pending = null;

  async function exchange() {
    const asked = Date.now();
    try {
      const answer = await send(url, { headers, body, timeoutMs });
      const bytes = await collect(answer.body, MAX_TOKEN_ANSWER);
      const { access_token: value, scope = "", expires_in: seconds } = JSON.parse(new TextDecoder().decode(bytes));
      if (!answer.ok || !/^[\x21-\x7e]+$/.test(value) || !(seconds > 0)) throw new TypeError();
      token = { value, scope: String(scope), endsAt: asked + seconds * 1000 };
      token.renewAt = token.endsAt - Math.min(60, seconds / 2) * 1000;
      return token;
    } catch {
      throw new Refusal(502, "token_unavailable");
    } finally {
      pending = null;
    }
  }

  return {
    get: async () => (token && Date.now() < token.renewAt ? token : (pending ??= exchange())),
    forget(refused) {
      if (token === refused) token = null;
    },
  };
}

/** RFC 9421 with ES256 over what UCP wants covered, RFC 9530 for the body. */
function signer({ kid, key, profile }) {
  for (const [name, value] of Object.entries({ kid, profile })) {
    if (!/^[ !#-[\]-~]+$/.test(value)) throw new TypeError(`sign.${name} must be ASCII without " and \\.`);
  }
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  let imported;
  const getKey = () =>
    (imported ??= key instanceof CryptoKey ? key : crypto.subtle.importKey("jwk", key, curve, false, ["sign"]));

  return async (headers, url, body, { args }) => {
    const digest = base64(await crypto.subtle.digest("SHA-256", body));
    headers.set("content-digest", `sha-256=:${digest}:`);
    headers.set("ucp-agent", `profile="${profile}"`);
    const attempt = args.meta?.["idempotency-key"];
    if (/^[\w-]{1,128}$/.test(attempt)) headers.set("idempotency-key", attempt);
    const derived = { "@method": "POST", "@authority": url.host, "@path": url.pathname };
    if (url.search) derived["@query"] = url.search;
    const names = ["content-digest", "content-type", "ucp-agent", "idempotency-key"].filter((name) => headers.has(name));
    const covered = [...Object.entries(derived), ...names.map((name) => [name, headers.get(name)])];
    const list = covered.map(([name]) => `"${name}"`).join(" ");
    const params = `(${list});created=${Math.floor(Date.now() / 1000)};keyid="${kid}"`;
    const lines = [...covered, ["@signature-params", params]].map(([name, value]) => `"${name}": ${value}`);
    const algorithm = { name: "ECDSA", hash: "SHA-256" };
    const signature = await crypto.subtle.sign(algorithm, await getKey(), utf8(lines.join("\n")));
    headers.set("signature-input", `sig1=${params}`);
    headers.set("signature", `sig1=:${base64(signature)}:`);
  };
}

// --- Towards the page --------------------------------------------------------------------------------------------

const SAFE = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

function answering(handler) {
  return async (request) => {
    try {
      return await handler(request);
    } catch (error) {
      return error instanceof Refusal
        ? json(error.status, { error: error.message }, error.headers)
        : json(500, { error: "internal_error" });
    }
  };
}

function json(status, content, headers = {}) {
  const body = JSON.stringify(content);
  return new Response(body, { status, headers: { ...SAFE, "content-type": "application/json", ...headers } });
}

/** Nothing that an upstream answers becomes a document of this origin. */
function reply(answer, body, more = {}) {
  const type = answer.headers.get("content-type") ?? "";
  const headers = new Headers({ ...SAFE, ...more });
  headers.set("content-type", /^(application\/json|text\/event-stream) *(;|$)/i.test(type) ? type : "text/plain");
  const retryAfter = answer.headers.get("retry-after");
  if (retryAfter !== null) headers.set("retry-after", retryAfter);
  return new Response([204, 205].includes(answer.status) ? null : body, { status: answer.status, headers });
}

// --- Bytes -------------------------------------------------------------------------------------------------------

/** @returns {Promise<Uint8Array | null>} null when there are more than `limit` */
async function collect(stream, limit) {
  const chunks = [];
  let length = 0;
  const reader = stream?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader.read()) {
    length += read.value.byteLength;
    if (length > limit) {
      reader.cancel().catch(() => {});
      return null;
    }
    chunks.push(read.value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** The stream, which breaks off when it is longer than `limit`. */
function limited(stream, limit) {
  let length = 0;
  return stream.pipeThrough(new TransformStream({
    transform(chunk, controller) {
      length += chunk.byteLength;
      if (length > limit) controller.error(new Refusal(502, "answer_too_large"));
      else controller.enqueue(chunk);
    },
  }));
}

const utf8 = (text) => new TextEncoder().encode(text);
const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
const base64Url = (buffer) => base64(buffer).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const fromBase64Url = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
const randomId = () => base64Url(crypto.getRandomValues(new Uint8Array(18)));

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
