// One request and its whole answer: sent once, bounded in time and size, parsed whatever its label says. No cookies but to this
// origin, for documents and to a proxy; no referrer, no cache, no redirect.

import { eventReader } from "./event-stream.js";
import { NetworkError } from "./errors.js";
import { isPlainObject, parseJson } from "./json.js";
import { abandoned, inTime } from "./wait.js";

export const JSON_TYPE = "application/json";
export const FORM_TYPE = "application/x-www-form-urlencoded";

/** Documents and token answers, bytes. */
const DOCUMENT_LIMIT = 262_144;

let exchanges = 0;

/**
 * Sends `body` (or a GET without one) and gives `{ status, retryAfter, value }`: status 0 for a redirect, which is not
 * followed; `value` is the parsed body, or the answer in an event stream, or `undefined`.
 *
 * @param {{ url: string, headers?: Record<string, string>, body?: string, limit?: number, credentials?: RequestCredentials,
 *   signatureBase?: string }} request limit in bytes; signatureBase for the `wire` event
 * @param {{ timeoutMs: number, signal?: AbortSignal, wire?: { report?: Function } }} terms
 * @throws {NetworkError} `timeout`, `too_large`, `offline`, `network`, `aborted`.
 */
export async function exchange(request, terms) {
  if (terms.signal?.aborted) throw abandoned(terms.signal);
  const trace = traceOf(request, terms.wire?.report);
  try {
    return await inTime((ending) => send(request, ending, trace), terms, late);
  } finally {
    trace?.end();
  }
}

const late = () => new NetworkError("No answer in time: try again, or raise `timeoutMs`.", { code: "timeout", retryable: true });

async function send({ url, headers, body, limit = DOCUMENT_LIMIT, credentials = "omit" }, signal, trace) {
  const response = await fetch(url, {
    method: body === undefined ? "GET" : "POST",
    headers: { accept: JSON_TYPE, ...headers },
    body,
    signal,
    credentials,
    redirect: "manual",
    referrerPolicy: "no-referrer",
    // No cache answers a POST; told not to store it, a browser asks for leave (CORS preflight) before each one.
    cache: body === undefined ? "no-store" : "default",
  }).catch((cause) => {
    throw unreachable(url, cause);
  });
  trace?.answered(response);
  const value = await readBody(response, limit, trace).catch((error) => {
    throw error instanceof NetworkError ? error : unreachable(url, error, "The connection broke off in the middle of the answer.");
  });
  return { status: response.status, retryAfter: response.headers.get("retry-after") ?? undefined, value };
}

async function readBody({ body }, limit, trace) {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let size = 0;
  let text = "";
  let isJson = false;
  let events;
  for (let done = !reader; !done; ) {
    const piece = await reader.read();
    done = piece.done;
    size += piece.value?.length ?? 0;
    if (size > limit) {
      throw new NetworkError("The answer is larger than the limit: ask for less, or raise `maxAnswerBytes`.", { code: "too_large" });
    }
    let more = decoder.decode(piece.value, { stream: !done });
    trace?.read(more);
    if (!events) {
      text += more;
      // JSON begins with a brace or a bracket; what begins otherwise is read as an event stream, whatever its label says.
      isJson ||= /^\s*[{[]/.test(text);
      if (isJson || !/\S/.test(text)) continue;
      events = eventReader();
      more = text;
    }
    // A stream may stay open after the answer: nobody waits for that.
    const answer = events(more, done).map(parseJson).find(isAnswer);
    if (answer) return answer;
  }
  return events ? undefined : parseJson(text);
}

/** Whether an event's message answers a request; notifications and requests of the server are passed over. */
function isAnswer(message) {
  return message !== undefined && (!isPlainObject(message) || "result" in message || "error" in message);
}

/** No answer: the network, or CORS, which a page cannot tell apart. */
function unreachable(url, cause, sentence) {
  if (navigator.onLine === false) return new NetworkError("This device is offline.", { code: "offline", retryable: true, cause });
  sentence ??= url.startsWith(location.origin)
    ? "The server could not be reached."
    : "The server could not be reached: the network, or its CORS rules do not allow this page (then list this origin at the shop, or send through a same-origin proxy).";
  return new NetworkError(sentence, { code: "network", retryable: true, cause });
}

/** Tells the page's `wire` hook of one exchange: its request, and its end, whether read, broken off or given up. */
function traceOf({ url, headers, body = "", signatureBase }, report) {
  if (!report) return undefined;
  const exchange = ++exchanges;
  const method = body ? "POST" : "GET";
  const began = Date.now();
  let answer = { phase: "failure", headers: [], body: "" };
  report({ exchange, phase: "request", method, url, headers: Object.entries({ accept: JSON_TYPE, ...headers }), body, signatureBase });
  return {
    answered: ({ status, headers }) => {
      answer = { phase: "response", status, headers: [...headers], body: "" };
    },
    read: (text) => {
      answer.body += text;
    },
    end: () => report({ exchange, method, url, ...answer, durationMs: Date.now() - began }),
  };
}
