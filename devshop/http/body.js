/** A request body beyond the limit. */
export class BodyTooLarge extends Error {}

/** Reads a request's whole body as text. */
export async function readBody(req, limit) {
  return (await readBytes(req, limit)).toString("utf8");
}

/**
 * Reads a request's whole body.
 *
 * @param {import("node:http").IncomingMessage} req
 */
export async function readBytes(req, limit = 1024 * 1024) {
  const chunks = [];
  let length = 0;
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > limit) {
      // The rest is read and thrown away, so that the client can still hear the answer.
      req.resume();
      throw new BodyTooLarge(`the body is longer than ${limit} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
