import { setTimeout as sleep } from "node:timers/promises";
import { redirect, send } from "../http/reply.js";

const CHUNK = 64 * 1024;

/**
 * Does to a request what a fault orders at the level of HTTP. Faults of the JSON-RPC level pass to the MCP room.
 *
 * @param {import("../http/exchange.js").Exchange} exchange
 * @returns {Promise<boolean>} true when the request is answered, or has nobody left to answer
 */
export async function strike(exchange) {
  const { res, fault } = exchange;
  const [deed] = Object.keys(fault).filter((name) => Object.hasOwn(DEEDS, name));
  exchange.entry.fault = deed ?? Object.keys(fault)[0];
  if (!deed) return false;
  await DEEDS[deed](exchange, fault[deed]);
  return res.headersSent || res.destroyed || res.socket === null || res.socket.destroyed;
}

const DEEDS = {
  status({ res, fault: { status, body = "", headers = {} } }) {
    const json = typeof body !== "string";
    const contentType = json ? "application/json; charset=utf-8" : "text/plain; charset=utf-8";
    const lowercase = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    send(res, status, json ? JSON.stringify(body) : body, { "content-type": contentType, ...lowercase });
  },
  redirect({ res }, location) {
    redirect(res, 302, location);
  },
  drop({ req, res }, when) {
    if (when === "before") req.socket.destroy();
    else interceptAnswer(res, dropHalfway);
  },
  async hang({ req }, ms) {
    const gone = new AbortController();
    req.socket.once("close", () => gone.abort());
    await sleep(ms, undefined, { signal: gone.signal }).catch(() => {});
  },
  loseAnswer({ res }) {
    interceptAnswer(res, (_, socket) => socket.destroy());
  },
  async bodyBytes({ res }, length) {
    res.writeHead(200, { "content-type": "application/json", "content-length": length });
    await writeLongJson(res, length);
  },
};

/** Lets a room answer as ever, and hands what it wrote to `deliver` instead of the client. */
function interceptAnswer(res, deliver) {
  const chunks = [];
  const { socket } = res;
  const collect = (chunk, encoding) => {
    if (!chunk || typeof chunk === "function") return;
    chunks.push(Buffer.from(chunk, typeof encoding === "string" ? encoding : undefined));
  };
  const write = res.write.bind(res);
  res.write = (chunk, encoding) => {
    collect(chunk, encoding);
    return true;
  };
  res.end = (chunk, encoding) => {
    collect(chunk, encoding);
    deliver({ res, write, body: Buffer.concat(chunks) }, socket);
    return res;
  };
}

/** The head promises all of the body, the connection ends in its middle. */
function dropHalfway({ res, write, body }, socket) {
  if (!res.headersSent) res.setHeader("content-length", body.length);
  const half = body.subarray(0, Math.ceil(body.length / 2));
  if (half.length === 0) socket.destroy();
  else write(half, () => socket.destroy());
}

/** `{"…":"xxxx"}` of exactly `length` bytes, at the pace of the reader. */
async function writeLongJson(res, length) {
  const head = length >= 8 ? '{"a":"' : "{";
  const tail = length >= 8 ? '"}' : `${" ".repeat(length - 2)}}`;
  res.write(head);
  for (let left = length - head.length - tail.length; left > 0; left -= CHUNK) {
    if (res.destroyed) return;
    if (!res.write("x".repeat(Math.min(left, CHUNK)))) await drained(res);
  }
  res.end(tail);
}

function drained(res) {
  return new Promise((resolve) => {
    const done = () => {
      res.off("drain", done).off("close", done);
      resolve();
    };
    res.once("drain", done).once("close", done);
  });
}
