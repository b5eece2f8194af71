import { lookup } from "node:dns";
import { request as httpsRequest } from "node:https";
import { BlockList, isIP } from "node:net";
import { requestOwnHost } from "../hosts/own-hosts.js";
import { ProtocolRefusal } from "./registry.js";

const PATIENCE_MS = 5000;
const LIMIT = 128 * 1024;
const LEAST_MAX_AGE = 60;

const SPECIAL_USE = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8], ["10.0.0.0", 8], ["100.64.0.0", 10], ["127.0.0.0", 8], ["169.254.0.0", 16], ["172.16.0.0", 12],
  ["192.0.0.0", 24], ["192.0.2.0", 24], ["192.168.0.0", 16], ["198.18.0.0", 15], ["198.51.100.0", 24],
  ["203.0.113.0", 24], ["224.0.0.0", 3],
]) SPECIAL_USE.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [["::", 127], ["fc00::", 7], ["fe80::", 10], ["ff00::", 8], ["::ffff:0:0", 96]]) {
  SPECIAL_USE.addSubnet(net, bits, "ipv6");
}

/**
 * Checks where a profile is said to be: https and a name that everybody can resolve, or the local agents' own host.
 *
 * @param {unknown} text
 * @param {string} ownOrigin of the local agents
 * @returns {URL}
 */
export function profileUrl(text, ownOrigin) {
  const refuse = (why) => {
    throw new ProtocolRefusal("invalid_profile_url", why);
  };
  if (typeof text !== "string" || text === "") refuse("meta.ucp-agent.profile is required.");
  if (!URL.canParse(text)) refuse(`${text} is not a URL.`);
  const url = new URL(text);
  if (url.username || url.password || url.hash) refuse("The URL has credentials or a fragment.");
  if (url.origin === ownOrigin) return url;
  if (url.protocol !== "https:") refuse("The URL is not https.");
  if (isIP(url.hostname.replace(/^\[|\]$/g, ""))) refuse("The URL names an address, not a host.");
  return url;
}

/**
 * Fetches a profile as a shop does: once, with no redirect, and only if it may be kept.
 *
 * @param {URL} url
 * @param {{origin: string, tls: {port: number, certificate: string} | null}} own host of the local agents
 * @returns {Promise<{profile: unknown, maxAge: number}>}
 */
export async function fetchProfile(url, own) {
  const { status, headers, text } = await get(url, own).catch((error) => {
    if (error instanceof ProtocolRefusal) throw error;
    throw new ProtocolRefusal("profile_unreachable", `${url.href}: ${error.code ?? error.message}`);
  });
  if (status < 200 || status > 299) {
    throw new ProtocolRefusal("profile_unreachable", `${url.href} answered ${status}.`);
  }
  if (!/^application\/json *(;|$)/i.test(headers["content-type"] ?? "")) {
    throw new ProtocolRefusal("profile_malformed", "The profile is not served as application/json.");
  }
  const maxAge = keptFor(headers["cache-control"] ?? "");
  try {
    return { profile: JSON.parse(text), maxAge };
  } catch {
    throw new ProtocolRefusal("profile_malformed", "The profile is not JSON.");
  }
}

function keptFor(cacheControl) {
  const directives = cacheControl.toLowerCase().split(",").map((part) => part.trim());
  const forbidden = directives.find((name) => ["private", "no-store", "no-cache"].includes(name.split("=")[0]));
  const maxAge = Number(directives.find((name) => name.startsWith("max-age="))?.slice("max-age=".length));
  if (!directives.includes("public") || forbidden || !(maxAge >= LEAST_MAX_AGE)) {
    throw new ProtocolRefusal("profile_malformed", `It must be public, max-age at least ${LEAST_MAX_AGE}.`);
  }
  return maxAge;
}

function get(url, own) {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const asking = send(url, own, { signal, headers: { accept: "application/json" } });
    asking.on("error", reject);
    asking.on("response", async (answer) => {
      try {
        const chunks = [];
        let length = 0;
        for await (const chunk of answer) {
          length += chunk.length;
          if (length > LIMIT) throw new ProtocolRefusal("profile_malformed", "The profile is too long.");
          chunks.push(chunk);
        }
        resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(chunks).toString("utf8") });
      } catch (error) {
        reject(error);
      }
    });
    asking.end();
  });
}

function send(url, own, options) {
  if (url.origin === own.origin) return requestOwnHost(url, own.tls, options);
  const path = url.pathname + url.search;
  return httpsRequest({ ...options, hostname: url.hostname, port: url.port || 443, path, lookup: publicLookup });
}

/** Resolves names to public addresses only. */
function publicLookup(hostname, options, done) {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error);
    const open = addresses.filter(({ address, family }) => !SPECIAL_USE.check(address, family === 6 ? "ipv6" : "ipv4"));
    if (open.length === 0) return done(Object.assign(new Error("no public address"), { code: "ENOTPUBLIC" }));
    return options.all ? done(null, open) : done(null, open[0].address, open[0].family);
  });
}
