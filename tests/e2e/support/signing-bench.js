// Pages that sign requests and send them to their own servers, which keep what they received: the whole way from the
// browser's key to the bytes on the wire.

import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

import { makeCertificate } from "../../../devshop/hosts/certificate.js";
import { chromiumPath, packageFolder } from "./package-under-test.js";

const root = (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
/** What the page is made of, by paths; `/core/` is the JavaScript that the build made for the shell out of the core. */
const SERVED = {
  "/page.js": root("tests/e2e/pages/signing.js"),
  "/pkg/shopper_mcp_bg.wasm": join(packageFolder, "shopper_mcp_bg.wasm"),
  "/core/": root("target/pkg-glue/full/"),
};
const HTML = "<!doctype html><title>Signing</title><link rel=icon href=data:,><script type=module src=page.js></script>";
const NAMES = ["shop.example", "xn--bcher-kva.example"];

/**
 * Opens a page on each of three origins: https on the port that goes without saying; https on another port, with a name
 * that is not ASCII; and loopback.
 *
 * @returns {Promise<{ pages: import("playwright-core").Page[], received: Map<number, object>, close: Function }>}
 *   `received`: by the requests' numbers, as signature-verifiers.js takes them
 */
export async function openSigningBench() {
  const received = new Map();
  const { key, certificate: cert } = await makeCertificate(NAMES);
  const plain = createServer(receive("http:", received));
  const tls = createTlsServer({ key, cert }, receive("https:", received));
  const [port, tlsPort] = await Promise.all([plain, tls].map((server) => new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server.address().port));
  })));
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: [
      "--headless=new", "--no-sandbox", "--disable-gpu", `--host-resolver-rules=MAP *.example 127.0.0.1:${tlsPort}`,
    ],
  });
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const origins = [`https://${NAMES[0]}`, "https://bücher.example:8443", `http://127.0.0.1:${port}`];
  const pages = await Promise.all(origins.map(async (origin) => {
    const page = await context.newPage();
    await page.goto(origin);
    await page.waitForFunction(() => globalThis.signing);
    return page;
  }));
  return {
    pages,
    received,
    async close() {
      await browser.close();
      for (const server of [plain, tls]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

/** Keeps what is signed, serves what is not. */
function receive(protocol, received) {
  return async (req, res) => {
    const { headers, method, url } = req;
    if (headers.signature === undefined) return serve(url, res);
    const body = await buffer(req);
    received.set(Number(headers["x-number"]), {
      method, url: `${protocol}//${headers.host}${url}`, headers, body: body.length ? body.toString("base64") : null,
    });
    return res.writeHead(204).end();
  };
}

function serve(path, res) {
  if (path === "/") return res.writeHead(200, { "content-type": "text/html" }).end(HTML);
  const at = Object.keys(SERVED).find((one) => path === one || (one.endsWith("/") && path.startsWith(one)));
  const file = at && SERVED[at] + path.slice(at.length);
  if (!file || !existsSync(file)) return res.writeHead(404).end();
  res.writeHead(200, { "content-type": file.endsWith(".wasm") ? "application/wasm" : "text/javascript" });
  return createReadStream(file).pipe(res);
}
