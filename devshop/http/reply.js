/** Sends a whole JSON answer. Headers set on `res` before stay. */
export function sendJson(res, status, value, headers = {}) {
  send(res, status, JSON.stringify(value), { "content-type": "application/json; charset=utf-8", ...headers });
}

export function sendText(res, status, text, headers = {}) {
  send(res, status, text, { "content-type": "text/plain; charset=utf-8", ...headers });
}

export function sendHtml(res, status, html, headers = {}) {
  send(res, status, html, { "content-type": "text/html; charset=utf-8", ...headers });
}

export function redirect(res, status, location) {
  send(res, status, "", { location });
}

/** @param {string | Buffer} body */
export function send(res, status, body, headers = {}) {
  res.writeHead(status, { "content-length": Buffer.byteLength(body), ...headers });
  res.end(res.req.method === "HEAD" ? undefined : body);
}
