//! Proof Key for Code Exchange (RFC 7636), S256 and nothing else; and the random values of one login.

use alloc::string::String;

use sha2::{Digest, Sha256};

use super::base64url;
use crate::error::Result;
use crate::json::{Object, Write};
use crate::platform::Platform;

/// A verifier of 43 characters from 32 random bytes, and its S256 challenge.
pub struct Pkce {
    /// Stays in this browser until the code is exchanged.
    pub verifier: String,
    /// Goes into the authorization request.
    pub challenge: String,
}

impl Pkce {
    /// A fresh pair.
    ///
    /// Errors: `randomness_unavailable`.
    pub fn generate(platform: &impl Platform) -> Result<Self> {
        Ok(Self::from_verifier(random_text(platform)?))
    }

    /// The pair of a verifier (RFC 7636 section 4.2).
    #[must_use]
    pub fn from_verifier(verifier: String) -> Self {
        let challenge = hash_text(&verifier);
        Self { verifier, challenge }
    }
}

impl Write for Pkce {
    fn write(&self, object: &mut impl Object) {
        object.text("codeVerifier", Some(&self.verifier));
        object.text("codeChallenge", Some(&self.challenge));
        object.text("codeChallengeMethod", Some("S256"));
    }
}

/// 32 random bytes as 43 characters.
///
/// Errors: `randomness_unavailable`.
pub fn random_text(platform: &impl Platform) -> Result<String> {
    Ok(base64url::encode(&platform.random()?))
}

/// The SHA-256 of a text, as 43 characters.
#[must_use]
pub fn hash_text(text: &str) -> String {
    base64url::encode(&sha256(text.as_bytes()))
}

/// SHA-256 (FIPS 180-4).
#[must_use]
#[inline(never)]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_7636_appendix_b() {
        let octets = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191,
            240, 91, 88, 5, 88, 83, 132, 141, 121,
        ];
        let pair = Pkce::from_verifier(base64url::encode(&octets));
        assert_eq!(pair.verifier, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(pair.challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
