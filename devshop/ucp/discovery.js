import { UCP_DISCOVERY_PATH } from "../hosts/addresses.js";
import { sendJson, sendText } from "../http/reply.js";
import { leafProfile, shopProfile } from "./shop-profile.js";

const CACHEABLE = { "cache-control": "public, max-age=60" };

/** Ways a leaf profile can be wrong. */
const LEAF_FAULTS = {
  "missing": (res) => sendText(res, 404, "Not Found"),
  "not-json": (res) => sendText(res, 200, "<!DOCTYPE html><title>Profile</title>", CACHEABLE),
  "wrong-version": (res, profile) => sendJson(res, 200, { ucp: { ...profile.ucp, version: "2026-01-23" } }, CACHEABLE),
};

export const UCP_LEAF_FAULTS = Object.freeze(Object.keys(LEAF_FAULTS));

/** Answers what the shop offers to agents, and its leaf profiles. */
export function ucpDiscoveryRoom({ origins, settings }) {
  return ({ req, res, url }) => {
    if (req.method !== "GET" && req.method !== "HEAD") return sendJson(res, 405, { error: "method_not_allowed" });
    if (url.pathname === UCP_DISCOVERY_PATH) {
      return sendJson(res, 200, shopProfile(origins, settings.current), CACHEABLE);
    }
    const version = url.pathname.slice(UCP_DISCOVERY_PATH.length + 1);
    if (!settings.current.ucpVersions.includes(version)) return sendText(res, 404, "Not Found");
    const profile = leafProfile(origins, settings.current, version);
    const fault = settings.current.ucpLeafFault;
    return fault ? LEAF_FAULTS[fault](res, profile) : sendJson(res, 200, profile, CACHEABLE);
  };
}
