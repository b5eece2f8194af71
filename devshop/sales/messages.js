/** What a cart or checkout says beside its numbers. */
export const error = (code, severity, content, path) =>
  ({ type: "error", code, severity, content, content_type: "plain", ...(path ? { path } : {}) });

export const warning = (code, content, more = {}) => ({ type: "warning", code, content, ...more });

export const info = (code, content, path) => ({ type: "info", code, content, ...(path ? { path } : {}) });

/** A request that came to nothing: no resource, or one that stays as it was. */
export class BusinessRefusal extends Error {
  /** @param {object[]} messages */
  constructor(messages, continueUrl = null) {
    super(messages[0].content);
    this.messages = messages;
    this.continueUrl = continueUrl;
  }
}

export function notFound(what) {
  return new BusinessRefusal([error("not_found", "unrecoverable", `There is no such ${what}.`)]);
}
