#!/usr/bin/env node
import { parseArgs } from "node:util";
import { SettingRefused } from "./control/settings.js";
import { PORTS } from "./hosts/listeners.js";
import { startDevshop } from "./index.js";

const HIGHEST_PORT = 65536 - PORTS;

const HELP = `Usage: shopper-mcp-devshop [options]

A local shop: customer login, Customer Accounts and UCP MCP servers, quirks and faults on demand. Loopback only.

  --port N            port of the shop; the other hosts take the next eight (default 8787, 0: free ports)
  --www DIR           serve the storefront's pages from this folder
  --package DIR       serve this folder under /pkg/
  --tls               real-looking names over TLS, reached by the browser flags that are printed
  --redirect-uri URL  register a redirect URI beside the shop's own; may be repeated
  --set NAME=JSON     start with this setting, e.g. --set accessTokenTtl=5; may be repeated
  --help              print this
`;

async function main() {
  const options = readArguments();
  if (options === null) {
    process.stdout.write(HELP);
    return;
  }
  const shop = await startDevshop(options);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => shop.close().then(() => process.exit(0)));
  }
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      "port": { type: "string" },
      "www": { type: "string" },
      "package": { type: "string" },
      "tls": { type: "boolean" },
      "redirect-uri": { type: "string", multiple: true },
      "set": { type: "string", multiple: true },
      "help": { type: "boolean" },
    },
  });
  if (values.help) return null;
  return {
    ...(values.port === undefined ? {} : { port: portOf(values.port) }),
    www: values.www,
    package: values.package,
    tls: values.tls,
    redirectUris: values["redirect-uri"],
    settings: Object.fromEntries((values.set ?? []).map(settingOf)),
  };
}

function portOf(text) {
  const port = Number(text);
  const fits = Number.isInteger(port) && port >= 0 && port <= HIGHEST_PORT;
  if (!fits) throw new Error(`--port takes a number from 0 to ${HIGHEST_PORT}, not "${text}".`);
  return port;
}

/** A value that is not JSON is taken as the word it is, so that `--set urlShape=vanity` needs no quotes. */
function settingOf(text) {
  const [, name, value] = text.match(/^([^=]+)=(.*)$/) ?? [];
  if (name === undefined) throw new Error(`--set takes name=value, not "${text}".`);
  try {
    return [name, JSON.parse(value)];
  } catch {
    return [name, value];
  }
}

main().catch((error) => {
  const mistyped = error instanceof SettingRefused || error.code?.startsWith("ERR_PARSE_ARGS");
  const known = mistyped || error.constructor === Error;
  console.error(known ? error.message : error);
  process.exit(1);
});
