/** @returns {unknown} the JSON in a text; undefined when there is none */
export function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function callsTool(message) {
  return [message].flat().some((part) => part?.method === "tools/call");
}

/** The id to answer under. */
export function idOf(message) {
  const id = Array.isArray(message) ? undefined : message?.id;
  return typeof id === "string" || typeof id === "number" ? id : null;
}

export function rpcError(id, code, message, data) {
  return { jsonrpc: "2.0", id, error: { code, message, ...(data === undefined ? {} : { data }) } };
}

/** Writes into the log what was called. */
export function noteCall(entry, message) {
  if (message === null || typeof message !== "object" || Array.isArray(message)) return;
  entry.rpc = { method: message.method, id: message.id };
  if (message.method === "tools/call") {
    entry.rpc.tool = message.params?.name;
    entry.rpc.arguments = message.params?.arguments;
  }
}
