import { AgentProfiles } from "../agents/profiles.js";
import { readBody } from "../http/body.js";
import { sendJson, sendText } from "../http/reply.js";
import { SettingRefused } from "./settings.js";

/**
 * The control API, on a listener of its own. Pages of the shop may use it from a browser; other pages may not.
 *
 * @param {import("./operations.js").Operations} operations
 * @param {{shop: string, control: string}} origins
 */
export function controlApi(operations, origins) {
  const routes = {
    "GET /settings": () => operations.settings(),
    "PATCH /settings": async (req) => operations.settings(await readJson(req)),
    "POST /reset": () => operations.reset(),
    "GET /log": () => operations.log(),
    "DELETE /log": () => operations.clearLog(),
    "POST /tokens/expire": () => operations.expireTokens(),
    "POST /sessions/revoke": () => operations.revokeSessions(),
    "GET /state": () => operations.state(),
    "POST /agents/token": () => operations.catalogToken(),
  };
  const paths = new Set(Object.keys(routes).map((route) => route.split(" ")[1]));

  /** An agent's profile is put where it will be served. */
  function profileRoute(method, pathname) {
    if (!AgentProfiles.parse(pathname)) return undefined;
    return {
      PUT: async (req) => operations.publishProfile(pathname, await readJson(req)),
      DELETE: () => operations.withdrawProfile(pathname),
    }[method];
  }

  return async (req, res) => {
    const { origin, host } = req.headers;
    if (host !== new URL(origins.control).host) return sendText(res, 421, `The control API is at ${origins.control}`);
    if (origin !== undefined && origin !== origins.shop) {
      return sendJson(res, 403, { error: `only pages of ${origins.shop} may use the control API` });
    }
    if (origin) allowShop(res, origin);
    if (req.method === "OPTIONS") return preflight(res);
    const { pathname } = new URL(req.url, "http://control");
    const route = routes[`${req.method} ${pathname}`] ?? profileRoute(req.method, pathname);
    if (!route) return sendJson(res, paths.has(pathname) ? 405 : 404, { error: `no ${req.method} ${pathname} here` });
    try {
      return sendJson(res, 200, (await route(req)) ?? { ok: true });
    } catch (error) {
      if (error instanceof SettingRefused) return sendJson(res, 400, { error: error.message, setting: error.setting });
      if (error instanceof SyntaxError) return sendJson(res, 400, { error: "the body is not JSON" });
      throw error;
    }
  };
}

async function readJson(req) {
  return JSON.parse(await readBody(req));
}

function allowShop(res, origin) {
  res.setHeader("access-control-allow-origin", origin);
  res.setHeader("vary", "origin");
}

function preflight(res) {
  res.writeHead(204, {
    "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
    "access-control-allow-headers": "content-type",
  });
  res.end();
}
