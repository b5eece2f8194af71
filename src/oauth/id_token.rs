//! The ID token (OpenID Connect Core section 3.1.3.7, RFC 7515, RFC 7519).

use super::base64url;
use super::pkce::sha256;
use crate::error::{Code, Error, Result};
use crate::json::{Kind, Value};
use crate::platform::{Algorithm, Json};

/// Clock difference that is forgiven for `exp`, seconds.
const LEEWAY: f64 = 60.0;
/// How far in the future `iat` may lie before the clock or the token is called wrong, seconds.
const FUTURE: f64 = 900.0;

/// A token taken apart, its claims not yet believed.
pub struct IdToken<V> {
    /// From the allow-list.
    pub algorithm: Algorithm,
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
    pub fn parse<P: Json<Value = V>>(json: &P, token: &str) -> Result<Self> {
        let mut parts = token.split('.');
        let (Some(header), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(invalid("does not have three parts.", ""));
        };
        let object = |part: &str, what| {
            let bytes = base64url::decode(part).and_then(|bytes| String::from_utf8(bytes).ok());
            let value = bytes.and_then(|text| json.parse(&json.text_out(&text)));
            value.filter(V::is_object).ok_or_else(|| invalid("holds a part that is not a JSON object.", what))
        };
        let head = object(header, "header")?;
        let algorithm = match head.get("alg").and_then(|alg| alg.text()).as_deref() {
            Some("RS256") => Algorithm::Rs256,
            Some("ES256") => Algorithm::Es256,
            _ => return Err(invalid("is not signed with RS256 or ES256.", "alg")),
        };
        if head.get("crit").is_some() {
            return Err(invalid("demands an extension.", "crit"));
        }
        Ok(Self {
            algorithm,
            kid: head.get("kid").and_then(|kid| kid.text()),
            signed: [header, ".", payload].concat(),
            signature: base64url::decode(signature)
                .ok_or_else(|| invalid("has a broken signature part.", "signature"))?,
            claims: object(payload, "payload")?,
        })
    }

    /// Checks every claim but the signature.
    ///
    /// Errors: `id_token_invalid`, naming the claim.
    pub fn check(&self, expected: &Expected<'_>) -> Result<()> {
        let text = |key| self.claims.get(key).and_then(|value| value.text());
        let number = |key| self.claims.get(key).and_then(|value| value.number()).filter(|number| number.is_finite());
        let now = expected.now / 1000.0;

        if text("iss").as_deref() != Some(expected.issuer) {
            return Err(invalid("was issued by someone else.", "iss"));
        }
        self.check_audience(expected.client_id)?;
        if text("sub").is_none_or(|sub| sub.is_empty()) {
            return Err(invalid("names no customer.", "sub"));
        }
        if number("exp").is_none_or(|exp| exp + LEEWAY <= now) {
            return Err(invalid("has expired, or this device's clock is wrong.", "exp"));
        }
        if number("iat").is_none_or(|iat| iat - FUTURE > now) {
            return Err(invalid("is from the future, or this device's clock is wrong.", "iat"));
        }
        if expected.nonce.is_some() && text("nonce").as_deref() != expected.nonce {
            return Err(invalid("answers another sign-in.", "nonce"));
        }
        if let Some(at_hash) = self.claims.get("at_hash") {
            let digest = sha256(expected.access_token.as_bytes());
            let left_half = digest.first_chunk::<16>().map(|half| base64url::encode(half));
            if at_hash.text() != left_half {
                return Err(invalid("belongs to another access token.", "at_hash"));
            }
        }
        Ok(())
    }

    fn check_audience(&self, client_id: &str) -> Result<()> {
        let audience = self.claims.get("aud");
        let only_us = audience.is_some_and(|aud| match aud.kind() {
            Kind::String => aud.text().as_deref() == Some(client_id),
            Kind::Array => {
                aud.at(1).is_none() && aud.at(0).and_then(|first| first.text()).as_deref() == Some(client_id)
            }
            _ => false,
        });
        if !only_us {
            return Err(invalid("is meant for another client.", "aud"));
        }
        match self.claims.get("azp") {
            Some(azp) if azp.text().as_deref() != Some(client_id) => {
                Err(invalid("was asked for by another client.", "azp"))
            }
            _ => Ok(()),
        }
    }

    /// The key of a JWK Set (RFC 7517) that this token names.
    pub fn key_in(&self, key_set: &V) -> Option<V> {
        let kty = match self.algorithm {
            Algorithm::Rs256 => "RSA",
            Algorithm::Es256 => "EC",
        };
        let keys = key_set.get("keys")?;
        let mut index = 0;
        while let Some(key) = keys.at(index) {
            index += 1;
            let text = |member| key.get(member).and_then(|value| value.text());
            let for_signing = text("use").is_none_or(|usage| usage == "sig");
            if text("kty").as_deref() == Some(kty) && for_signing && (self.kid.is_none() || text("kid") == self.kid) {
                return Some(key);
            }
        }
        None
    }
}

/// The signature does not fit, or its key is not in the set.
#[must_use]
pub fn bad_signature() -> Error {
    invalid("is not signed by the login server.", "signature")
}

fn invalid(problem: &str, field: &'static str) -> Error {
    Error::new(Code::IdTokenInvalid, ["The ID token ", problem].concat()).field(field)
}
