const REQUEST_HEADERS = "Authorization, Content-Type, Accept, Mcp-Protocol-Version, Mcp-Session-Id, Last-Event-Id";

/** Methods that each kind of endpoint takes from pages of other origins; kinds that are not here have no CORS. */
const METHODS = {
  "discovery": "GET",
  "customer-account-api": "GET",
  "jwks": "GET",
  "token": "POST",
  "mcp": "POST",
  "ucp-discovery": "GET",
  "ucp": "POST",
  "catalog": "POST",
  "discover": "POST",
  "agent-profile": "GET",
};

/** Kinds that go by the UCP servers' own switches as well. */
const OF_UCP = new Set(["ucp-discovery", "ucp", "catalog"]);

/**
 * CORS of every host, in one place. The token endpoint admits the clients' origins, the rest admits all.
 *
 * @param {{settings: object, clients: import("../login/clients.js").ClientRegistry}} options
 */
export function corsPolicy({ settings, clients }) {
  function allowedOrigin(kind, origin) {
    const { cors, ucpCors } = settings.current;
    if (!origin || !Object.hasOwn(METHODS, kind)) return null;
    // Agents publish for all to read, whatever the shop does.
    if (kind === "agent-profile") return "*";
    if (!cors || (OF_UCP.has(kind) && !ucpCors)) return null;
    if (kind !== "token") return "*";
    return clients.originAllowed(origin) ? origin : null;
  }

  function requestHeaders(kind) {
    return OF_UCP.has(kind) ? settings.current.ucpCorsHeaders.join(", ") : REQUEST_HEADERS;
  }

  return {
    isPreflight: (req) => req.method === "OPTIONS" && req.headers["access-control-request-method"] !== undefined,

    /** Marks an answer as readable, where it is. */
    mark({ req, res, route }) {
      const origin = allowedOrigin(route.kind, req.headers.origin);
      if (!origin) return;
      res.setHeader("access-control-allow-origin", origin);
      if (origin !== "*") res.setHeader("vary", "origin");
      if (route.kind === "mcp" && settings.current.rateLimit?.exposed) {
        res.setHeader("access-control-expose-headers", "Retry-After");
      }
    },

    answerPreflight({ req, res, route }) {
      const origin = allowedOrigin(route.kind, req.headers.origin);
      if (!origin) {
        res.writeHead(404, { "content-length": 0 });
        return res.end();
      }
      res.writeHead(204, {
        "access-control-allow-origin": origin,
        "access-control-allow-methods": METHODS[route.kind],
        "access-control-allow-headers": requestHeaders(route.kind),
        ...(origin === "*" ? {} : { vary: "origin" }),
      });
      return res.end();
    },
  };
}
