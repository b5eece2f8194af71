// One tool call by hand: `fetch`, a JSON-RPC envelope, and a renewed token after a 401.

let ids = 0;

/** @param {{ token: () => string, renew: () => Promise<void> }} session */
export async function callTool(endpoint, session, name, given) {
  const body = JSON.stringify({ jsonrpc: "2.0", id: ++ids, method: "tools/call", params: { name, arguments: given } });
  const post = () => fetch(endpoint, {
    method: "POST", headers: { "content-type": "application/json", authorization: session.token() }, body,
  });
  let response = await post();
  if (response.status === 401) {
    await session.renew();
    response = await post();
  }
  if (!response.ok) throw new Error(`HTTP status ${response.status}`);
  const { result, error } = await response.json();
  if (error) throw new Error(error.message);
  return result;
}
