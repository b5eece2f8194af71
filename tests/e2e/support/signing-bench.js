// Pages that sign requests and send them to their own servers, which keep what they received: the whole way from the
// browser's key to the bytes on the wire.

import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

import { makeCertificate } from "../../../devshop/hosts/certificate.js";
import { chromiumPath, packageFolder } from "./package-under-test.js";

/** What the build made for the shell out of the core: the same that the package's scripts have in them. */
const GLUE = fileURLToPath(new URL("../../../target/pkg-glue/full", import.meta.url));
const PAGE = fileURLToPath(new URL("../pages/signing.js", import.meta.url));
const NAMES = ["shop.example", "xn--bcher-kva.example"];
const HTML = "<!doctype html><title>Signing</title><link rel=icon href=data:,><script type=module src=/page.js></script>";

/**
 * Opens a page on each of three origins: https on the port that goes without saying, https on another port, a name that is not
 * ASCII; and loopback.
 *
 * @returns {Promise<{ pages: import("playwright-core").Page[], received: Map<number, Received>, close(): Promise<void> }>}
 *   `received` by the requests' numbers
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
    args: ["--headless=new", "--no-sandbox", "--disable-gpu", `--host-resolver-rules=MAP *.example 127.0.0.1:${tlsPort}`],
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

function serve(url, res) {
  if (url === "/") return res.writeHead(200, { "content-type": "text/html" }).end(HTML);
  const file = {
    "/page.js": PAGE,
    "/pkg/shopper_mcp_bg.wasm": join(packageFolder, "shopper_mcp_bg.wasm"),
  }[url] ?? join(GLUE, new URL(url, "http://core").pathname.replace(/^\/core\//, ""));
  const type = file.endsWith(".wasm") ? "application/wasm" : "text/javascript";
  return createReadStream(file).on("error", () => res.writeHead(404).end()).once("open", () => {
    res.writeHead(200, { "content-type": type });
  }).pipe(res);
}
