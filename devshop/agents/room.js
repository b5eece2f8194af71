import { send, sendJson, sendText } from "../http/reply.js";

/** The agents' own host: their profiles, as they publish them. */
export function agentProfilesRoom(profiles) {
  return ({ req, res, url }) => {
    if (req.method !== "GET" && req.method !== "HEAD") return sendJson(res, 405, { error: "method_not_allowed" });
    const found = profiles.at(url.pathname);
    return found ? send(res, found.status, found.text, found.headers) : sendText(res, 404, "Not Found");
  };
}
