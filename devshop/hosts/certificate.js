import { X509Certificate, createHash } from "node:crypto";
import { generate } from "selfsigned";

/**
 * A certificate for the shop's real-looking names, good for a day.
 *
 * @param {string[]} names
 * @returns {Promise<{key: string, certificate: string, spkiSha256: string}>}
 */
export async function makeCertificate(names) {
  const now = Date.now();
  const made = await generate([{ name: "commonName", value: names[0] }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(now - 60 * 60 * 1000),
    notAfterDate: new Date(now + 24 * 60 * 60 * 1000),
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: names.map((value) => ({ type: 2, value })) },
    ],
  });
  const { publicKey } = new X509Certificate(made.cert);
  const spki = publicKey.export({ type: "spki", format: "der" });
  return { key: made.private, certificate: made.cert, spkiSha256: createHash("sha256").update(spki).digest("base64") };
}
