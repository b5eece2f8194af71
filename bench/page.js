import { JOBS } from "./jobs/index.js";

/** The bench's own pages, under `/pages/`; their scripts are in the folder of that name. */
export const PAGES = Object.freeze(["pkce", "signing"]);

/** What every job reads before it leaves for the login server. */
const DOCUMENTS = ["/.well-known/openid-configuration", "/.well-known/customer-account-api"];

/**
 * A job's page. `/jobs/<name>/` and `/preloaded/<name>/` speak to the shop, the second with the shop's documents preloaded;
 * `/measure/<name>/<tools>/` to the bench's own MCP server.
 *
 * @returns {{ html: string, isolated?: boolean } | null}
 */
export function pageAt(url, { origin, clientId, scope, bundles }) {
  const [, place, name, tools] = url.pathname.split("/");
  if (place === "isolated") return { html: "<!doctype html><title>Empty</title>", isolated: true };
  if (place === "pages" && PAGES.includes(name)) return { html: scriptPage(`/assets/${name}.js`), isolated: true };
  const bundle = bundles[name];
  if (!bundle || !["jobs", "preloaded", "measure"].includes(place)) return null;
  const isolated = place === "measure";
  const endpoint = isolated ? `${origin}/mcp/tools/${tools}` : undefined;
  const shop = { shop: origin, clientId, redirectUri: origin + url.pathname, scope, endpoint };
  return { html: htmlOf(bundle, shop, place === "preloaded" ? DOCUMENTS : []), isolated };
}

/** What {@link pageAt} registers at the shop. */
export function redirectUris(origin, toolCounts) {
  const names = JOBS.map(({ name }) => name);
  return names.flatMap((name) => [
    `${origin}/jobs/${name}/`, `${origin}/preloaded/${name}/`, ...toolCounts.map((tools) => `${origin}/measure/${name}/${tools}/`),
  ]);
}

const scriptPage = (path) => `<!doctype html><title>Bench</title><script type="module" src="${path}"></script>`;

function htmlOf({ entry, preloads, fetches }, shop, documents) {
  const links = [
    ...preloads.map((path) => `<link rel="modulepreload" href="${path}">\n`),
    ...[...fetches, ...documents].map((path) => `<link rel="preload" href="${path}" as="fetch" crossorigin>\n`),
  ].join("");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Your order</title>
<link rel="icon" href="data:,">
${links}<script type="application/json" id="shop">${JSON.stringify(shop)}</script>
<script type="module" src="${entry}"></script>
<output id="answer"></output>
</html>
`;
}
