// The origin of the pages: their files as a good server sends them, the shop's documents, and an MCP server without a shop.

import { createServer, request as httpRequest } from "node:http";
import { extname } from "node:path";
import { pipeline } from "node:stream/promises";

import { compressed } from "./compress.js";
import { answerMcp } from "./mcp-server.js";

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html; charset=utf-8" };
/** For a clock of 5 µs in a page, see https://developer.mozilla.org/docs/Web/API/Performance/now. */
const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/**
 * Listens, so that its origin is known before the shop's.
 *
 * @returns {Promise<{ origin: string, serve: (site: Site) => void, close: () => void }>}
 * @typedef {{ shop: string, files: Map<string, Uint8Array>, page: (url: URL) => { html: string, isolated?: boolean } | null }} Site
 */
export async function openServer() {
  let site;
  const server = createServer((req, res) => answer(site, req, res).catch((error) => res.destroy(error)));
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  server.keepAliveTimeout = 60_000;
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    serve: ({ files, ...rest }) => {
      site = { ...rest, files: new Map([...files].map(([path, bytes]) => [path, compressed(bytes)])) };
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer({ shop, files, page }, req, res) {
  const url = new URL(req.url, "http://127.0.0.1");
  const { pathname } = url;
  if (pathname.startsWith("/.well-known/")) return forward(shop, req, res);
  if (pathname.startsWith("/mcp")) return answerMcp(url, req, res);
  if (pathname === "/answered") return res.writeHead(204).end();
  const file = files.get(pathname);
  if (file) return send(req, res, file, TYPES[extname(pathname)], { "cache-control": "public, max-age=31536000, immutable" });
  const found = page(url);
  if (!found) return res.writeHead(404, { "content-length": 0 }).end();
  const headers = { "cache-control": "no-cache", ...(found.isolated ? ISOLATED : {}) };
  return send(req, res, compressed(Buffer.from(found.html)), TYPES[".html"], headers);
}

function send(req, res, { raw, br }, type, headers) {
  const takesBrotli = /\bbr\b/.test(req.headers["accept-encoding"]);
  const body = takesBrotli ? br : raw;
  const encoding = takesBrotli ? { "content-encoding": "br" } : {};
  return res.writeHead(200, { "content-type": type, "content-length": body.length, vary: "accept-encoding", ...encoding, ...headers })
    .end(body);
}

/** A theme's pages are on the shop's own host, and so are its documents. */
function forward(shop, req, res) {
  return new Promise((resolve, reject) => {
    const headers = { ...req.headers, host: new URL(shop).host };
    const asking = httpRequest(shop + req.url, { method: req.method, headers }, (answered) => {
      res.writeHead(answered.statusCode, answered.headers);
      resolve(pipeline(answered, res));
    });
    asking.on("error", reject);
    asking.end();
  });
}
