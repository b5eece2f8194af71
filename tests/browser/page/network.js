// `fetch`, watched or answered in its place. Requests and responses are the browser's own objects.

/** Lets everything through and keeps a copy of each request. */
export function watchFetch() {
  return replaceFetch((real, request) => real(request));
}

/**
 * Answers each request with the next of the answers, the last one for ever: `{status, headers, body}`, or what
 * `streamOf` made. `undefined` never answers.
 */
export function answerFetch(answers) {
  const waiting = Array.isArray(answers) ? [...answers] : [answers];
  return replaceFetch((_, request) => {
    const answer = waiting.length > 1 ? waiting.shift() : waiting[0];
    if (answer === undefined) return hang(request.signal);
    const { body, status = 200, headers = { "content-type": "application/json" } } = answer;
    return Promise.resolve(new Response(body, { status, headers }));
  });
}

function replaceFetch(respond) {
  const real = globalThis.fetch;
  const requests = [];
  globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    requests.push(request.clone());
    return respond(real, request);
  };
  return {
    requests,
    stop() {
      globalThis.fetch = real;
    },
  };
}

function hang(signal) {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}

/** An answer of one byte per piece that ends, or breaks off; `null` has no body at all. */
export function streamOf(bytes, ending) {
  if (bytes === null) return { body: null, status: 204 };
  const waiting = [...bytes];
  const body = new ReadableStream({
    pull(controller) {
      if (waiting.length > 0) controller.enqueue(new Uint8Array([waiting.shift()]));
      else if (ending === "error") controller.error(new TypeError("cut"));
      else controller.close();
    },
  });
  return { body };
}

export function bodyText(request) {
  return request.text();
}

export function blobUrl(text) {
  return URL.createObjectURL(new Blob([text], { type: "application/json" }));
}

/** The same server under a name that makes it another origin; it sends no CORS headers. */
export function otherOrigin(path) {
  const other = new URL(path, location.href);
  other.hostname = location.hostname === "localhost" ? "127.0.0.1" : "localhost";
  return other.href;
}

export function goOffline() {
  Object.defineProperty(navigator, "onLine", { configurable: true, value: false });
  return () => delete navigator.onLine;
}
