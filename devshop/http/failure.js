import { BodyTooLarge } from "./body.js";
import { sendText } from "./reply.js";

/** The last word on a request that went wrong; a client that has left is no failure of ours. */
export function answerFailure(res, error) {
  if (res.headersSent || res.destroyed || res.req.socket.destroyed) {
    res.destroy();
    return;
  }
  if (error instanceof BodyTooLarge) {
    sendText(res, 413, "Content Too Large", { connection: "close" });
    return;
  }
  console.error(error);
  sendText(res, 500, "Internal Server Error");
}
