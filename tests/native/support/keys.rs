//! Signatures of the fake login server. Not RSA: both ends share the key, and only their agreement matters here. The
//! real algorithms are the browser's, and are tested there.

use serde_json::{Value as Serde, json};
use sha2::{Digest, Sha256};
use shopper_mcp::platform::Algorithm;

/// A key as the key set shows it.
pub fn jwk(kid: &str, kty: &str) -> Serde {
    json!({ "kid": kid, "kty": kty, "use": "sig", "n": format!("modulus of {kid}"), "e": "AQAB" })
}

pub fn sign(kid: &str, algorithm: &str, signed: &str) -> Vec<u8> {
    digest(&format!("modulus of {kid}"), algorithm, signed.as_bytes())
}

/// `None` for a key that cannot be used.
pub fn verify(key: &Serde, algorithm: Algorithm, signed: &[u8], signature: &[u8]) -> Option<bool> {
    let modulus = key.get("n")?.as_str()?;
    let name = match algorithm {
        Algorithm::Rs256 => "RS256",
        Algorithm::Es256 => "ES256",
    };
    Some(digest(modulus, name, signed) == signature)
}

fn digest(modulus: &str, algorithm: &str, signed: &[u8]) -> Vec<u8> {
    Sha256::new().chain_update(modulus).chain_update(algorithm).chain_update(signed).finalize().to_vec()
}
