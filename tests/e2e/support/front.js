// A site of its own in front of the shop, on the origin of the pages: what an integrator's server answers itself, and
// everything else from the shop.

import { createServer, request as httpRequest } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { buffer } from "node:stream/consumers";

/** Header in which a handler finds the visitor's address; what a visitor sends under this name is not passed on. */
export const CLIENT_IP = "x-client-ip";

/**
 * Listens, so that its origin is known before the shop's.
 *
 * @param {Record<string, (shop: object) => (request: Request) => Promise<Response> | Response>} routes handlers by
 *   paths, made for each test
 */
export async function openFront(routes) {
  let answer;
  const server = createServer((req, res) => answer(req, res).catch((error) => res.destroy(error)));
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    /** Sets up its routes, anew: they remember nothing. @param {import("../../../devshop/index.js").Devshop} shop */
    before(shop) {
      const handlers = new Map(Object.entries(routes).map(([path, make]) => [path, make(shop)]));
      answer = (req, res) => {
        const handler = handlers.get(new URL(req.url, origin).pathname);
        return handler ? handle(handler, { req, res }) : forward({ origin, shop, req, res });
      };
    },
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** From Node's request to the Fetch API's, and back. */
async function handle(handler, { req, res }) {
  const { method, headers, url, socket } = req;
  const origin = `http://${headers.host}`;
  const body = ["GET", "HEAD"].includes(method) ? undefined : await buffer(req);
  const all = { ...headers, [CLIENT_IP]: socket.remoteAddress };
  const response = await handler(new Request(origin + url, { method, headers: all, body }));
  res.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) return res.end();
  return pipeline(Readable.fromWeb(response.body), res).catch(() => res.destroy());
}

/** As the shop answers, under this origin: the page's configuration names it. */
function forward({ origin, shop, req, res }) {
  const { host } = new URL(shop.shop);
  const headers = { ...req.headers, host };
  return new Promise((resolve, reject) => {
    const asking = httpRequest(shop.shop + req.url, { method: req.method, headers, agent: false }, async (answer) => {
      if (!req.url.startsWith("/shop-config.json")) {
        res.writeHead(answer.statusCode, answer.headers);
        return resolve(pipeline(answer, res).catch(() => res.destroy()));
      }
      const text = (await buffer(answer)).toString().replaceAll(shop.shop, origin);
      return resolve(res.writeHead(200, { "content-type": "application/json" }).end(text));
    });
    asking.on("error", reject);
    req.pipe(asking);
  });
}
