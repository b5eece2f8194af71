import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, errors, jwtVerify } from "jose";
import { runningShop } from "./support/shop.js";
import { signIn } from "./support/sign-in.js";

describe("ID token faults", () => {
  const running = runningShop();

  /** What an honest verifier says to each; everything but the fault is sound. */
  const VERDICTS = {
    "bad-signature": errors.JWSSignatureVerificationFailed,
    "expired": errors.JWTExpired,
    "wrong-issuer": errors.JWTClaimValidationFailed,
    "wrong-audience": errors.JWTClaimValidationFailed,
    "unknown-kid": errors.JWKSNoMatchingKey,
  };

  async function signInWith(idTokenFault) {
    const { shop } = running;
    shop.settings({ idTokenFault });
    const { tokens, configuration, parameters } = await signIn(shop);
    const verify = (token = tokens.id_token) => jwtVerify(token, createRemoteJWKSet(new URL(configuration.jwks_uri)), {
      issuer: configuration.issuer,
      audience: parameters.client_id,
      algorithms: ["RS256"],
    });
    return { idToken: tokens.id_token, parameters, verify };
  }

  for (const [fault, verdict] of Object.entries(VERDICTS)) {
    it(`${fault}: is refused for that reason`, async () => {
      const { verify } = await signInWith(fault);
      await assert.rejects(verify(), verdict);
    });
  }

  it("alg-none: has no signature at all", async () => {
    const { idToken, parameters } = await signInWith("alg-none");
    assert.equal(idToken.split(".")[2], "");
    assert.equal(decodeProtectedHeader(idToken).alg, "none");
    assert.equal(decodeJwt(idToken).nonce, parameters.nonce);
  });

  it("wrong-nonce: is signed well, for another login", async () => {
    const { verify, parameters } = await signInWith("wrong-nonce");
    const { payload } = await verify();
    assert.notEqual(payload.nonce, parameters.nonce);
  });
});
