import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

const LOOPBACK = "127.0.0.1";

/**
 * A request to one of this machine's own hosts, which no name server knows.
 *
 * @param {URL} url
 * @param {{port: number, certificate: string} | null} tls as the listeners have it
 * @param {import("node:http").RequestOptions} options
 * @returns {import("node:http").ClientRequest}
 */
export function requestOwnHost(url, tls, { headers = {}, ...options }) {
  const path = url.pathname + url.search;
  const whole = { ...options, hostname: LOOPBACK, path, headers: { ...headers, host: url.host } };
  if (!tls) return httpRequest({ ...whole, port: url.port });
  return httpsRequest({ ...whole, port: tls.port, servername: url.hostname, ca: tls.certificate });
}
