import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { sendJson, sendText } from "../http/reply.js";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/plain; charset=utf-8",
};
const PACKAGE_PREFIX = "/pkg/";

/**
 * The storefront's own pages.
 *
 * @param {object} options
 * @param {string} [options.www] folder behind `/`
 * @param {string} [options.package] folder behind `/pkg/`
 * @param {object} options.config what `/shop-config.json` says
 */
export function storefrontRoom({ origins, www, package: packageFolder, config }) {
  const policy = pagePolicy(origins);

  return async ({ req, res, url }) => {
    if (req.method !== "GET" && req.method !== "HEAD") {
      return sendText(res, 405, "Method Not Allowed", { allow: "GET, HEAD" });
    }
    if (url.pathname === "/shop-config.json") return sendJson(res, 200, config, { "cache-control": "no-cache" });
    const inPackage = url.pathname.startsWith(PACKAGE_PREFIX);
    const folder = inPackage ? packageFolder : www;
    const path = inPackage ? url.pathname.slice(PACKAGE_PREFIX.length - 1) : url.pathname;
    if (!folder) {
      return sendText(res, 404, `Nothing is served here: start the shop with --${inPackage ? "package" : "www"} DIR.`);
    }
    const file = await fileAt(folder, path);
    if (!file) return sendText(res, 404, "Not Found", { "cache-control": "no-cache" });
    const type = TYPES[extname(file.path).toLowerCase()] ?? "application/octet-stream";
    res.writeHead(200, {
      "content-type": type,
      "content-length": file.size,
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
      ...(type.startsWith("text/html") ? { "content-security-policy": policy } : {}),
    });
    if (req.method === "HEAD") return res.end();
    return pipeline(createReadStream(file.path), res).catch(() => res.destroy());
  };
}

function pagePolicy({ shopify, account, control, ucp, agents, catalog, discover }) {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${shopify} ${account} ${control} ${ucp} ${agents} ${catalog} ${discover}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The file that a URL path names, if it is a real file inside the folder, symbolic links followed. */
async function fileAt(folder, pathname) {
  const path = decoded(pathname);
  if (path === null) return null;
  try {
    const root = await realpath(folder);
    const real = await realpath(join(root, path.endsWith("/") ? `${path}index.html` : path));
    const info = await stat(real);
    return real.startsWith(root + sep) && info.isFile() ? { path: real, size: info.size } : null;
  } catch {
    return null;
  }
}

function decoded(pathname) {
  try {
    const path = decodeURIComponent(pathname);
    return path.includes("\0") ? null : path;
  } catch {
    return null;
  }
}
