import { request } from "node:https";

/** `fetch` for the TLS profile's names, each checked against the certificate. Redirects are left to the caller. */
export function tlsFetch({ port, certificate }) {
  return (url, { method = "GET", headers = {}, body } = {}) => new Promise((resolve, reject) => {
    const { hostname, pathname, search } = new URL(url);
    const form = body instanceof URLSearchParams;
    const type = form ? { "content-type": "application/x-www-form-urlencoded" } : {};
    request({
      host: "127.0.0.1", port, servername: hostname, path: pathname + search, ca: certificate, method,
      headers: { ...headers, ...type, host: hostname },
    }, async (answer) => {
      const bytes = Buffer.concat(await answer.toArray());
      const pairs = Object.entries(answer.headersDistinct)
        .flatMap(([name, values]) => values.map((value) => [name, value]));
      const { statusCode: status } = answer;
      resolve(new Response([204, 304].includes(status) ? null : bytes, { status, headers: pairs }));
    }).on("error", reject).end(form ? body.toString() : body);
  });
}
