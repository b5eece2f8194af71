import { rpcError } from "../mcp/rpc.js";

/** The protocol's errors: HTTP status, JSON-RPC code, and the words. */
const REGISTRY = {
  invalid_profile_url: [400, -32001, "The profile URL is missing or not acceptable"],
  profile_unreachable: [424, -32001, "The profile could not be fetched"],
  profile_malformed: [422, -32001, "The profile is not what a profile must be"],
  version_unsupported: [422, -32001, "The protocol version is not supported"],
  profile_not_trusted: [403, -32001, "The profile is not trusted"],
  signature_missing: [401, -32000, "The signature is missing"],
  signature_invalid: [401, -32000, "The signature is not valid"],
  key_not_found: [401, -32000, "The key is not in the profile"],
  digest_mismatch: [400, -32600, "The digest does not match the body"],
  algorithm_unsupported: [400, -32600, "The algorithm is not supported"],
  unauthorized: [401, -32000, "Unauthorized"],
  forbidden: [403, -32000, "Forbidden"],
  idempotency_conflict: [409, -32000, "Conflict"],
  invalid_params: [400, -32602, "Invalid params"],
  invalid_request: [400, -32600, "Invalid Request"],
};

/** A call that the protocol refuses. */
export class ProtocolRefusal extends Error {
  /**
   * @param {keyof REGISTRY} code
   * @param {string} content what is wrong, in a sentence
   */
  constructor(code, content) {
    super(content);
    this.code = code;
    this.content = content;
  }

  /** @returns {{status: number, message: object}} */
  answer(id, { ucpErrorStatus }) {
    const [status, rpc, words] = REGISTRY[this.code];
    const message = rpcError(id, rpc, words, { code: this.code, content: this.content });
    return { status: ucpErrorStatus === "ok200" ? 200 : status, message };
  }
}
