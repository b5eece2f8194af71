/**
 * @typedef {object} LogEntry
 * @property {number} n counts up, also across {@link RequestLog.clear}
 * @property {string} at ISO 8601
 * @property {"shop"|"shopify"|"account"|"ucp"|"api"|"agents"|"catalog"|"discover"} host
 * @property {string} kind
 * @property {string} method
 * @property {string} path with its query
 * @property {number | null} status null while unanswered, and for ever when the connection was dropped
 * @property {string | null} origin
 * @property {string | null} referer
 * @property {Record<string, string>} headers secrets masked to their length
 * @property {"raw" | "Bearer" | null} authorizationStyle
 * @property {{method?: string, id?: unknown, tool?: string, arguments?: unknown}} [rpc]
 * @property {string} [grant]
 * @property {string} [outcome] what the shop made of it, in a word
 * @property {string} [fault] the deed of the fault that struck
 * @property {string} [customer] e-mail address
 * @property {UcpNote} [ucp] what the UCP server made of a call
 *
 * @typedef {object} UcpNote
 * @property {"anonymous" | "signed" | "token" | null} tier null when it did not come that far
 * @property {boolean} signed with a signature that verified
 * @property {string | null} family of the tool
 * @property {string | null} profile as the call names it
 * @property {string | null} key for idempotency
 * @property {string} bodySha256 in hex, to see whether two calls are the same
 * @property {boolean} executed whether the tool ran
 * @property {boolean} replayed whether the answer was an earlier one's
 */

const LIMIT = 20_000;
const SECRET_HEADERS = new Set(["authorization", "cookie"]);
const SECRET_PARAMETERS = /\b(key|code|id_token_hint|code_verifier|access_token|refresh_token)=([^&]*)/g;

/** What reached the shop, oldest first. */
export class RequestLog {
  #records = [];
  #n = 0;

  /** @returns {LogEntry} the entry to fill in while the request is answered */
  open({ host, kind, req, res }) {
    this.#n += 1;
    const entry = {
      n: this.#n,
      at: new Date().toISOString(),
      host,
      kind,
      method: req.method,
      path: req.url.replace(SECRET_PARAMETERS, (_, name, value) => `${name}=(${value.length} characters)`),
      status: null,
      origin: req.headers.origin ?? null,
      referer: req.headers.referer ?? null,
      headers: maskedHeaders(req.headers),
      authorizationStyle: authorizationStyle(req.headers.authorization),
    };
    const record = { entry, res };
    // The answer's status is kept, the answer is not: a long run must not hold every response.
    res.once("close", () => {
      entry.status = statusOf(record);
      record.res = null;
    });
    this.#records.push(record);
    if (this.#records.length > LIMIT) this.#records.shift();
    return entry;
  }

  /** @returns {LogEntry[]} */
  entries() {
    // Read late: a client may have its answer before the server knows that it is gone.
    return this.#records.map((record) => structuredClone({ ...record.entry, status: statusOf(record) }));
  }

  clear() {
    this.#records = [];
  }
}

function statusOf({ entry, res }) {
  if (res === null) return entry.status;
  return res.headersSent && entry.fault !== "loseAnswer" ? res.statusCode : null;
}

function maskedHeaders(headers) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) =>
    [name, SECRET_HEADERS.has(name) ? `(${String(value).length} characters)` : String(value)]));
}

function authorizationStyle(authorization) {
  if (!authorization) return null;
  return /^Bearer /i.test(authorization) ? "Bearer" : "raw";
}
