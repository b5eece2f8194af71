// Ways in which nobody knows what became of a call: each answers a request, which the server may have executed before.

import { bodyOf, BREAK, HANG, inPieces, json, LOST, SILENCE, text } from "./network.js";

const INTERNAL = { code: -32603, message: "Internal error", data: "oops" };

/** What reaches the page in place of an answer. */
export const LOSSES = {
  "no answer": () => LOST,
  "half an answer": (answer) => inPieces(200, [bodyOf(answer).slice(0, 40), BREAK]),
  "silence": () => SILENCE,
  "an answer that stops": (answer) => inPieces(200, [bodyOf(answer).slice(0, 40), HANG]),
  "a status of 500": () => text(500, "oops"),
  "a status of 502": () => text(502, "<html>Bad gateway</html>"),
  "a status of 503": () => text(503, ""),
  "an internal error": (answer) => json(500, { jsonrpc: "2.0", id: JSON.parse(bodyOf(answer)).id, error: INTERNAL }),
  "something that is no JSON": () => text(200, "<html>"),
};

/** Executes the next call of an endpoint, and loses the answer to it. */
export function loseAnswer({ shop }, loss = "no answer", endpoint = "ucp") {
  shop.next(endpoint, (sent) => LOSSES[loss](shop.usual(sent)));
}

/** Loses the next request itself: it is never executed. */
export function loseRequest({ shop }, loss = "no answer", endpoint = "ucp") {
  shop.next(endpoint, () => LOSSES[loss](json(200, { jsonrpc: "2.0", id: 0, result: { content: [] } })));
}
