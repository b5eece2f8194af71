//! The public half of a signing key, as agents publish it (RFC 7517, RFC 7518 section 6.2).

use alloc::string::String;

use super::text::quoted;
use crate::error::{Error, Problem, Result, Subject};
use crate::json::{Fields, Kind, Object, Value, Write};
use crate::oauth::base64url;
use crate::oauth::pkce::hash_text;
use crate::platform::header_safe;
use crate::words::join;

/// Members that only whoever signs may know, of every kind of key.
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// A P-256 key that verifies ES256.
pub struct PublicKey {
    /// What signatures call it.
    pub kid: String,
    x: String,
    y: String,
}

impl Write for PublicKey {
    fn write(&self, object: &mut impl Object) {
        for (name, value) in self.members() {
            object.text(name, Some(value));
        }
    }
}

impl PublicKey {
    /// Reads a JWK. One without `kid` is called by its thumbprint.
    ///
    /// Errors: `secret_in_page` for one with its private half, before anything else is looked at; `option_invalid`,
    /// naming the member.
    pub fn read<V: Value>(jwk: &V) -> Result<Self> {
        refuse_private(jwk)?;
        let fields = Fields::of(jwk, Subject::SigningKey);
        for (member, only) in [("kty", "EC"), ("crv", "P-256")] {
            if fields.string(member) != only {
                fields.refuse(member, Problem::KeyUnsupported);
            }
        }
        for (member, only) in [("use", "sig"), ("alg", "ES256")] {
            if fields.optional_string(member).is_some_and(|value| value != only) {
                fields.refuse(member, Problem::KeyUnsupported);
            }
        }
        if fields.strings("key_ops").is_some_and(|operations| !operations.contains("verify")) {
            fields.refuse("key_ops", Problem::KeyUnsupported);
        }
        let coordinate = |member: &'static str| {
            let text = fields.string(member);
            if base64url::decode(&text).is_none_or(|bytes| bytes.len() != 32) {
                fields.refuse(member, Problem::KeyUnsupported);
            }
            text
        };
        let (x, y) = (coordinate("x"), coordinate("y"));
        let kid = fields.optional_string("kid").unwrap_or_else(|| thumbprint(&x, &y));
        if !header_safe(&kid) {
            fields.refuse("kid", Problem::NotForHeaders);
        }
        fields.end()?;
        Ok(Self { kid, x, y })
    }

    fn members(&self) -> [(&'static str, &str); 7] {
        let (kid, x, y) = (self.kid.as_str(), self.x.as_str(), self.y.as_str());
        [("kid", kid), ("kty", "EC"), ("crv", "P-256"), ("x", x), ("y", y), ("use", "sig"), ("alg", "ES256")]
    }

    /// The JWK as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let mut out = String::from("{");
        for (name, value) in self.members() {
            let comma = if out.len() > 1 { "," } else { "" };
            out.push_str(&join(&[comma, &quoted(name), ":", &quoted(value)]));
        }
        out.push('}');
        out
    }
}

/// Refuses a JWK with members that only whoever signs may know.
///
/// Errors: `secret_in_page`, naming the first one.
pub(super) fn refuse_private<V: Value>(jwk: &V) -> Result<()> {
    match PRIVATE.into_iter().find(|member| jwk.kind_of(member).is_some()) {
        Some(member) => Err(Error::at(Problem::PrivateKeyInPage, member)),
        None => Ok(()),
    }
}

/// The thumbprint of a P-256 key (RFC 7638): a name that no other key has.
fn thumbprint(x: &str, y: &str) -> String {
    hash_text(&join(&["{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"", x, "\",\"y\":\"", y, "\"}"]))
}

/// Whether a published profile holds a key under this id, in the place of either version: `keys` (2026-08-25) or
/// `signing_keys` (2026-04-08). A key that is not published is not used.
pub fn is_published<V: Value>(profile: &V, key: &PublicKey) -> bool {
    let lists = |place: &str| {
        let Some(list) = profile.get(place).filter(|list| list.kind() == Kind::Array) else { return false };
        (0..)
            .map_while(|index| list.at(index))
            .any(|jwk| jwk.holds("kid", &key.kid) && jwk.holds("x", &key.x) && jwk.holds("y", &key.y))
    };
    lists("keys") || lists("signing_keys")
}
