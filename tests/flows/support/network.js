// The wire between a page and the servers: latency, loss, answers in pieces.

/** One way, ms. */
export const LATENCY = 20;

/** Parts of a body beside text: nothing comes any more, or the connection breaks. */
export const HANG = Symbol("hang");
export const BREAK = Symbol("break");
/** Nothing comes for so long. */
export const pause = (ms) => ({ pause: ms });

/** What becomes of a request: no answer, since the connection breaks; no answer ever; a redirect. */
export const LOST = { kind: "lost" };
export const SILENCE = { kind: "silence" };
export const REDIRECT = { kind: "redirect" };

/** An answer whose body comes in pieces: texts, bytes, pauses, `HANG`, `BREAK`. */
export const inPieces = (status, pieces, headers = {}) => ({ kind: "answer", status, pieces, headers, delay: 0 });
export const text = (status, body, headers) => inPieces(status, [body], headers);
export const json = (status, value, headers) =>
  text(status, JSON.stringify(value), { "content-type": "application/json", ...headers });

/** The same answer, later. */
export const after = (ms, reply) => ({ ...reply, delay: ms });
/** The body of an answer that is text alone. */
export const bodyOf = ({ pieces }) => pieces.filter((piece) => typeof piece === "string").join("");

/**
 * A page's `fetch`.
 *
 * @param {{ browser, owner, address: () => string, TypeError: ErrorConstructor }} page with the error of its own realm
 */
export function fetchOf({ browser, owner, address, TypeError }) {
  const { world } = browser;
  return (input, init = {}) => new Promise((resolve, reject) => {
    const { signal } = init;
    let timer;
    const step = (ms, next) => { timer = world.later(ms, next, owner); };
    const fail = () => reject(new TypeError("Failed to fetch"));
    const end = (reply, sent) => {
      if (reply.kind === "lost" || !browser.online) fail();
      else if (reply.kind === "redirect") resolve(redirected(sent));
      else resolve(answered(reply, sent, { signal, step, TypeError }));
    };

    if (signal?.aborted) return reject(signal.reason);
    signal?.addEventListener("abort", () => {
      world.cancel(timer);
      reject(signal.reason);
    });
    const sent = read(new URL(input, address()), init);
    if (!browser.online) return fail();
    return step(LATENCY, () => {
      if (!browser.online) return fail();
      const reply = browser.shop.receive({ ...sent, at: world.elapsed });
      if (reply.kind === "silence") return undefined;
      return step(LATENCY + (reply.delay ?? 0), () => end(reply, sent));
    });
  });
}

/** The request as a server sees it, and what the browser was told about it. */
function read(url, { method = "GET", headers, body = "", redirect, credentials }) {
  return { url: url.href, method, headers: Object.fromEntries(new Headers(headers)), body, redirect, credentials };
}

/** What a page sees of a redirect that it does not want to be followed. */
function redirected({ redirect, url }) {
  if (redirect !== "manual") throw new Error("A redirect would be followed, with whatever the request carries.");
  // The one way to make a Response with the status 0.
  return Object.defineProperties(Response.error(), { type: { value: "opaqueredirect" }, url: { value: url } });
}

function answered({ status, headers, pieces }, { url }, way) {
  const bodiless = status === 204 || pieces.length === 0;
  const response = new Response(bodiless ? null : bodyStream(pieces, way), { status, headers });
  return Object.defineProperty(response, "url", { value: url });
}

function bodyStream(pieces, { signal, step, TypeError }) {
  const left = [...pieces];
  const source = {
    start(controller) {
      signal?.addEventListener("abort", () => controller.error(signal.reason));
    },
    async pull(controller) {
      while (left.length > 0) {
        const piece = left.shift();
        if (piece === HANG) return new Promise(() => {});
        if (piece === BREAK) throw new TypeError("network error");
        if (piece.pause) {
          await new Promise((resolve) => { step(piece.pause, resolve); });
          continue;
        }
        const bytes = typeof piece === "string" ? new TextEncoder().encode(piece) : piece;
        if (bytes.length > 0) return controller.enqueue(bytes);
      }
      return controller.close();
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}
