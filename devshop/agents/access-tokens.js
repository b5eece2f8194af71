import { randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { SignJWT, jwtVerify } from "jose";
import { readBody } from "../http/body.js";
import { sendJson } from "../http/reply.js";
import { parseJson } from "../mcp/rpc.js";
import { agentByClientId } from "./clients.js";

const ISSUER = "https://api.shopify.com";

/** The tokens of agents: JWTs that end by themselves, and all at once when they are called back. */
export class AgentTokens {
  #secret = randomBytes(32);
  #settings;

  constructor({ settings }) {
    this.#settings = settings;
  }

  /**
   * @param {{scopes?: readonly string[], mayComplete?: boolean}} [grants] as the settings say, unless it is told
   * @returns {Promise<{access_token: string, scope: string, expires_in: number}>}
   */
  async issue(agent, grants = {}) {
    const { agentTokenScopes, agentTokenMayComplete, agentTokenTtl } = this.#settings.current;
    const { scopes = agentTokenScopes, mayComplete = agentTokenMayComplete } = grants;
    const scope = scopes.join(" ");
    const token = await new SignJWT({ scope, may_complete: mayComplete })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuer(ISSUER)
      .setSubject(agent.clientId)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + agentTokenTtl)
      .sign(this.#secret);
    return { access_token: token, scope, expires_in: agentTokenTtl };
  }

  /** @returns {Promise<{agent: object, scopes: string[], mayComplete: boolean} | null>} null unless it is live */
  async find(token) {
    try {
      const { payload } = await jwtVerify(token, this.#secret, { issuer: ISSUER, algorithms: ["HS256"] });
      const { sub, scope, may_complete: mayComplete } = payload;
      return { agent: agentByClientId(sub), scopes: scope.split(" ").filter(Boolean), mayComplete };
    } catch {
      return null;
    }
  }

  /** No token that was issued so far is good any longer. */
  expireAll() {
    this.#secret = randomBytes(32);
  }
}

/** Where an agent's server exchanges its secret for a token. Nothing here is for pages. */
export function accessTokenRoom(tokens) {
  return async ({ req, res, entry }) => {
    const refuse = (status, error) => {
      entry.outcome = error;
      return sendJson(res, status, { error }, { "cache-control": "no-store" });
    };
    if (req.method !== "POST") return sendJson(res, 405, { error: "method_not_allowed" }, { allow: "POST" });
    if (!/^application\/json *(;|$)/i.test(req.headers["content-type"] ?? "")) return refuse(400, "invalid_request");
    const asked = parseJson(await readBody(req));
    const agent = agentByClientId(asked?.client_id);
    if (!agent || !sameSecret(asked.client_secret, agent.clientSecret)) return refuse(401, "invalid_client");
    if (asked.grant_type !== "client_credentials") return refuse(400, "unsupported_grant_type");
    entry.grant = asked.grant_type;
    entry.outcome = "ok";
    return sendJson(res, 200, await tokens.issue(agent), { "cache-control": "no-store" });
  };
}

function sameSecret(given, wanted) {
  if (typeof given !== "string") return false;
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
