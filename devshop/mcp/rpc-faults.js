/** Ways a JSON-RPC answer can break the protocol, each a change to a sound one. */
const FAULTS = {
  "wrong-id": (message) => ({ ...message, id: typeof message.id === "number" ? message.id + 1 : `${message.id}0` }),
  "no-result-no-error": ({ jsonrpc, id }) => ({ jsonrpc, id }),
  "both": ({ jsonrpc, id, result = {}, error = { code: -32603, message: "Internal error" } }) =>
    ({ jsonrpc, id, result, error }),
  "batch": (message) => [message],
  "null-id": (message) => ({ ...message, id: null }),
  "string-id": (message) => ({ ...message, id: String(message.id) }),
  "no-jsonrpc": ({ jsonrpc: _, ...message }) => message,
};

export const RPC_FAULTS = Object.freeze(Object.keys(FAULTS));

/**
 * @param {object} message a JSON-RPC response
 * @param {object | null} deed the `do` of a fault rule
 */
export function spoilAnswer(message, deed) {
  if (deed?.rpc) return FAULTS[deed.rpc](message);
  if (deed?.result) return { jsonrpc: message.jsonrpc, id: message.id, result: deed.result };
  return message;
}
