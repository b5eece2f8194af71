/**
 * What a request is about, in the words of its protocol.
 *
 * @param {import("/pkg/index.js").WireDetail} detail
 */
export function whatOf({ url, body }) {
  return (
    rpcOf(body) ?? grantOf(body) ?? addressOf(url)?.pathname.split("/").filter(Boolean).at(-1) ?? "request"
  );
}

/** Where it goes, without its scheme. @param {import("/pkg/index.js").WireDetail} detail */
export function whereOf({ url }) {
  const address = addressOf(url);
  return address ? address.host + address.pathname : url;
}

/** The idempotency key of a tool call, or null. @param {import("/pkg/index.js").WireDetail} detail */
export function keyOf({ body }) {
  const key = parsed(body)?.params?.arguments?.meta?.["idempotency-key"];
  return typeof key === "string" ? key : null;
}

function rpcOf(body) {
  const { method, params } = parsed(body) ?? {};
  return typeof method === "string" ? [method, params?.name].filter(Boolean).join(" ") : null;
}

function grantOf(body) {
  const grant = typeof body === "string" ? new URLSearchParams(body).get("grant_type") : null;
  return grant ? `token ${grant}` : null;
}

function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function addressOf(url) {
  return URL.canParse(url, location.href) ? new URL(url, location.href) : null;
}
