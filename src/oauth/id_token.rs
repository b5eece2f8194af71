//! The ID token (OpenID Connect Core section 3.1.3.7, RFC 7515, RFC 7519).

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::base64url;
use super::pkce::sha256;
use crate::error::{Error, Problem, Result};
use crate::json::{Kind, Object, Value, Write};
use crate::platform::Platform;
use crate::words::{join, split};

/// Clock difference that is forgiven for `exp`, seconds.
const LEEWAY: f64 = 60.0;
/// How far in the future `iat` may lie before the clock or the token is called wrong, seconds.
const FUTURE: f64 = 900.0;

/// How an ID token may be signed, each with the `kty` of its keys: RSASSA-PKCS1-v1_5 and ECDSA with P-256, both with
/// SHA-256 (RFC 7518 sections 3.1 and 6.1).
const ALGORITHMS: [(&str, &str); 2] = [("RS256", "RSA"), ("ES256", "EC")];

/// A token taken apart, its claims not yet believed.
pub struct IdToken<V> {
    /// From the allow-list.
    pub algorithm: &'static str,
    /// Which key of the set.
    pub kid: Option<String>,
    /// `header.payload`
    pub signed: String,
    /// Raw bytes.
    pub signature: Vec<u8>,
    /// The payload.
    pub claims: V,
}

/// What the claims are held to.
pub struct Expected<'a> {
    /// The discovered issuer.
    pub issuer: &'a str,
    /// Ours.
    pub client_id: &'a str,
    /// The one that was sent.
    pub nonce: Option<&'a str>,
    /// The token it came with.
    pub access_token: &'a str,
    /// ms since the epoch.
    pub now: f64,
}

impl<V: Value> IdToken<V> {
    /// Takes a compact serialization apart.
    ///
    /// Errors: `id_token_invalid`.
    #[inline(never)]
    pub fn parse<P: Platform<Value = V>>(platform: &P, token: &str) -> Result<Box<Self>> {
        let Some((header, (payload, signature))) = parts(token) else { return Err(Error::new(Problem::IdTokenParts)) };
        let head = object(platform, header, "header")?;
        let Some((algorithm, _)) = ALGORITHMS.into_iter().find(|(name, _)| head.holds("alg", name)) else {
            return Err(Error::at(Problem::IdTokenAlgorithm, "alg"));
        };
        if head.kind_of("crit").is_some() {
            return Err(Error::at(Problem::IdTokenCritical, "crit"));
        }
        let Some(signature) = base64url::decode(signature) else {
            return Err(Error::at(Problem::IdTokenSignature, "signature"));
        };
        Ok(Box::new(Self {
            algorithm,
            kid: head.text_of("kid"),
            signed: join(&[header, ".", payload]),
            signature,
            claims: object(platform, payload, "payload")?,
        }))
    }

    /// Checks every claim but the signature.
    ///
    /// Errors: `id_token_invalid`, naming the claim.
    pub fn check(&self, expected: &Expected<'_>) -> Result<()> {
        match self.first_wrong(expected) {
            None => Ok(()),
            Some((problem, claim)) => Err(Error::at(problem, claim)),
        }
    }

    fn first_wrong(&self, expected: &Expected<'_>) -> Option<(Problem, &'static str)> {
        let claims = &self.claims;
        let seconds = |key| claims.number_of(key).filter(|number| number.is_finite());
        let now = expected.now / 1000.0;

        if !claims.holds("iss", expected.issuer) {
            return Some((Problem::IdTokenIssuer, "iss"));
        }
        if !self.is_only_for(expected.client_id) {
            return Some((Problem::IdTokenAudience, "aud"));
        }
        if claims.kind_of("azp").is_some() && !claims.holds("azp", expected.client_id) {
            return Some((Problem::IdTokenParty, "azp"));
        }
        if claims.text_of("sub").is_none_or(|sub| sub.is_empty()) {
            return Some((Problem::IdTokenSubject, "sub"));
        }
        if seconds("exp").is_none_or(|exp| exp + LEEWAY <= now) {
            return Some((Problem::IdTokenExpired, "exp"));
        }
        if seconds("iat").is_none_or(|iat| iat - FUTURE > now) {
            return Some((Problem::IdTokenFuture, "iat"));
        }
        if expected.nonce.is_some_and(|nonce| !claims.holds("nonce", nonce)) {
            return Some((Problem::IdTokenNonce, "nonce"));
        }
        if claims.kind_of("at_hash").is_some() {
            let digest = sha256(expected.access_token.as_bytes());
            let left_half = digest.first_chunk::<16>().map(|half| base64url::encode(half));
            if claims.text_of("at_hash") != left_half {
                return Some((Problem::IdTokenHash, "at_hash"));
            }
        }
        None
    }

    fn is_only_for(&self, client_id: &str) -> bool {
        let Some(audience) = self.claims.get("aud") else { return false };
        let only = match audience.kind() {
            Kind::Array if audience.at(1).is_none() => audience.at(0).and_then(|first| first.text()),
            _ => audience.text(),
        };
        only.as_deref() == Some(client_id)
    }
}

impl<V> Write for IdToken<V> {
    fn write(&self, object: &mut impl Object) {
        object.text("algorithm", Some(self.algorithm));
        object.text("kid", self.kid.as_deref());
        object.text("signed", Some(&self.signed));
    }
}

/// The key of a JWK Set (RFC 7517) that signs with this algorithm under this id.
pub fn key_for<V: Value>(algorithm: &str, kid: Option<&str>, key_set: &V) -> Option<V> {
    let (_, kty) = ALGORITHMS.iter().find(|(name, _)| *name == algorithm)?;
    let keys = key_set.get("keys")?;
    let mut index = 0;
    while let Some(key) = keys.at(index) {
        index += 1;
        let for_signing = key.kind_of("use") != Some(Kind::String) || key.holds("use", "sig");
        if key.holds("kty", kty) && for_signing && kid.is_none_or(|kid| key.holds("kid", kid)) {
            return Some(key);
        }
    }
    None
}

/// Three parts, separated by dots.
fn parts(token: &str) -> Option<(&str, (&str, &str))> {
    let (header, rest) = split(token, b'.')?;
    let (payload, signature) = split(rest, b'.')?;
    split(signature, b'.').is_none().then_some((header, (payload, signature)))
}

fn object<P: Platform>(platform: &P, part: &str, name: &'static str) -> Result<P::Value> {
    let value = base64url::decode(part).and_then(|text| platform.parse_json(&text)).filter(P::Value::is_object);
    value.ok_or_else(|| Error::at(Problem::IdTokenNotJson, name))
}
