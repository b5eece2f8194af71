import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { OWN_SHOP, SHOPS, tlsNameOf } from "../market/shops.js";
import { SHOP } from "../store/shop.js";
import { makeCertificate } from "./certificate.js";

const LOOPBACK = "127.0.0.1";
/** Longer than a browser keeps an idle connection, so that no request meets one that is just closing. */
const KEEP_ALIVE_MS = 6 * 60 * 1000;
const PLAIN_HOSTS = [
  ["shop", LOOPBACK], ["shopify", "localhost"], ["account", "localhost"], ["control", LOOPBACK],
  ["ucp", "localhost"], ["api", "localhost"], ["agents", LOOPBACK],
  ["catalog", "localhost"], ["discover", "localhost"],
];
const CONTROL_OFFSET = PLAIN_HOSTS.findIndex(([host]) => host === "control");
const TLS_NAMES = {
  shop: SHOP.domain,
  account: `account.${SHOP.domain}`,
  shopify: "shopify.com",
  ucp: SHOP.permanentDomain,
  api: "api.shopify.com",
  agents: "agents.example",
  catalog: "catalog.shopify.com",
  discover: "discover.shopifyapps.com",
};
/** The other shops, which have no listener of their own; the front of the shop tells them apart. */
const STORE_NAMES = SHOPS.filter((shop) => shop !== OWN_SHOP).map(tlsNameOf);

/** How many ports in a row the plain hosts take. */
export const PORTS = PLAIN_HOSTS.length;

/**
 * @typedef {object} Listeners
 * @property {Record<"shop"|"shopify"|"account"|"control"|"ucp"|"api"|"agents"|"catalog"|"discover", string>}
 *   origins
 * @property {{port: number, certificate: string, spkiSha256: string, hostResolverRules: string} | null} tls
 * @property {() => Promise<void>} close
 */

/**
 * Opens one plain listener per host.
 *
 * @param {number} port of the shop, the others follow it; 0 for free ones
 * @param {(host: string, req: object, res: object) => void} serve
 * @returns {Promise<Listeners>}
 */
export async function openPlainListeners(port, serve) {
  const servers = [];
  const origins = {};
  try {
    for (const [index, [host, name]] of PLAIN_HOSTS.entries()) {
      const server = createServer((req, res) => serve(host, req, res));
      await listen(server, port === 0 ? 0 : port + index);
      servers.push(server);
      origins[host] = `http://${name}:${server.address().port}`;
    }
  } catch (error) {
    await closeAll(servers);
    throw error;
  }
  return { origins, tls: null, close: () => closeAll(servers) };
}

/**
 * Opens one TLS listener for the shop's hosts, told apart by name, and a plain one for the control API. Browsers get
 * there by `--host-resolver-rules`, so that no port shows in any URL.
 *
 * @returns {Promise<Listeners>}
 */
export async function openTlsListeners(port, serve) {
  const names = [...Object.values(TLS_NAMES), ...STORE_NAMES];
  const { key, certificate, spkiSha256 } = await makeCertificate(names);
  const hosts = new Map([
    ...STORE_NAMES.map((name) => [name, "shop"]), ...Object.entries(TLS_NAMES).map(([host, name]) => [name, host]),
  ]);
  const front = createTlsServer({ key, cert: certificate }, (req, res) => {
    const host = hosts.get(req.headers.host);
    if (host) serve(host, req, res);
    else res.writeHead(421).end("Misdirected Request");
  });
  const control = createServer((req, res) => serve("control", req, res));
  try {
    await listen(front, port);
    await listen(control, port === 0 ? 0 : port + CONTROL_OFFSET);
  } catch (error) {
    await closeAll([front, control]);
    throw error;
  }
  const tlsPort = front.address().port;
  return {
    origins: {
      ...Object.fromEntries(Object.entries(TLS_NAMES).map(([host, name]) => [host, `https://${name}`])),
      control: `http://${LOOPBACK}:${control.address().port}`,
    },
    tls: {
      port: tlsPort,
      certificate,
      spkiSha256,
      hostResolverRules: names.map((name) => `MAP ${name} ${LOOPBACK}:${tlsPort}`).join(", "),
    },
    close: () => closeAll([front, control]),
  };
}

function listen(server, port) {
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(error.code === "EADDRINUSE" ? portTaken(port) : error));
    server.listen({ port, host: LOOPBACK }, resolve);
  });
}

function portTaken(port) {
  const error = new Error(`Port ${port} on ${LOOPBACK} is taken. Stop what runs there, or choose another with --port.`);
  error.code = "EADDRINUSE";
  return error;
}

async function closeAll(servers) {
  await Promise.all(servers.filter((server) => server.listening).map((server) => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  })));
}
