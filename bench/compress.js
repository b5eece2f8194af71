import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;

/** A file as servers send it that compress it once, as well as they can. */
export function compressed(bytes) {
  const raw = Buffer.from(bytes);
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: raw.length };
  return { raw, gzip: gzipSync(raw, { level: 9 }), br: brotliCompressSync(raw, { params }) };
}
