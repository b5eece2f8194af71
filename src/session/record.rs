//! A session as it is stored and handed to sibling tabs.

use crate::error::Code;
use crate::json::{Fields, Object, Value};
use crate::oauth::token::TokenAnswer;
use crate::platform::header_safe;

/// One session at one generation. A renewal makes the next generation of the same session.
#[derive(Clone)]
pub struct Record {
    /// Random, no secret: names the session in tombstones.
    pub id: String,
    /// 1 after the sign-in, one more with every renewal.
    pub generation: f64,
    /// When the customer signed in, ms since the epoch.
    pub started_at: f64,
    /// The login server that the tokens belong to.
    pub issuer: String,
    /// The only address that the refresh token is ever sent to.
    pub token_endpoint: String,
    /// Where to sign out at the shop.
    pub end_session_endpoint: Option<String>,
    /// Goes into the `Authorization` header.
    pub access_token: String,
    /// Absent for clients that cannot renew.
    pub refresh_token: Option<String>,
    /// From the sign-in; kept over renewals.
    pub id_token: Option<String>,
    /// The customer, when an ID token said who.
    pub sub: Option<String>,
    /// Whether the ID token's signature was checked.
    pub signature_verified: bool,
    /// As granted.
    pub scope: Option<String>,
    /// When the access token ends, ms since the epoch.
    pub expires_at: Option<f64>,
    /// From when on to renew it before it is used, ms since the epoch.
    pub renew_at: Option<f64>,
}

/// Renew at most this long before the end, ms; earlier for tokens that live shorter.
const RENEWAL_MARGIN: f64 = 60_000.0;

impl Record {
    /// Takes over what a token answer brings. What it leaves out stays (RFC 6749 section 6).
    pub fn take(&mut self, answer: &TokenAnswer, now: f64) {
        self.access_token.clone_from(&answer.access_token);
        if answer.refresh_token.is_some() {
            self.refresh_token.clone_from(&answer.refresh_token);
        }
        if answer.scope.is_some() {
            self.scope.clone_from(&answer.scope);
        }
        let lifetime = answer.expires_in.map(|seconds| seconds * 1000.0);
        self.expires_at = lifetime.map(|ms| now + ms);
        self.renew_at = lifetime.map(|ms| now + ms - RENEWAL_MARGIN.min(ms / 10.0));
    }

    /// Whether this replaces `other`: a later renewal of the same session, or a later sign-in.
    #[must_use]
    pub fn supersedes(&self, other: &Self) -> bool {
        if self.id == other.id { self.generation > other.generation } else { self.started_at > other.started_at }
    }

    /// Reads a stored or handed-over record; `None` for anything that is not one.
    pub fn read<V: Value>(value: &V) -> Option<Self> {
        let fields = Fields::of(value, Code::StorageUnavailable, "The stored session");
        let count = |key| fields.optional_number(key).filter(|number| *number >= 0.0 && *number < 9e15);
        let (generation, started_at) = (count("generation")?, count("started_at")?);
        let version = fields.string("v");
        let record = Self {
            id: fields.string("id"),
            generation,
            started_at,
            issuer: fields.string("issuer"),
            token_endpoint: fields.string("token_endpoint"),
            end_session_endpoint: fields.optional_string("end_session_endpoint"),
            access_token: fields.string("access_token"),
            refresh_token: fields.optional_string("refresh_token"),
            id_token: fields.optional_string("id_token"),
            sub: fields.optional_string("sub"),
            signature_verified: fields.flag("signature_verified"),
            scope: fields.optional_string("scope"),
            expires_at: count("expires_at"),
            renew_at: count("renew_at"),
        };
        fields.end(record).ok().filter(|record| version == VERSION && header_safe(&record.access_token))
    }

    /// The text that [`Record::read`] reads back.
    #[must_use]
    pub fn write(&self) -> String {
        let object = Object::new()
            .string("v", VERSION)
            .string("id", &self.id)
            .number("generation", self.generation)
            .number("started_at", self.started_at)
            .string("issuer", &self.issuer)
            .string("token_endpoint", &self.token_endpoint)
            .optional("end_session_endpoint", self.end_session_endpoint.as_deref())
            .string("access_token", &self.access_token)
            .optional("refresh_token", self.refresh_token.as_deref())
            .optional("id_token", self.id_token.as_deref())
            .optional("sub", self.sub.as_deref())
            .flag("signature_verified", self.signature_verified)
            .optional("scope", self.scope.as_deref());
        let object = match self.expires_at {
            Some(at) => object.number("expires_at", at),
            None => object,
        };
        match self.renew_at {
            Some(at) => object.number("renew_at", at).finish(),
            None => object.finish(),
        }
    }
}

/// Records of another version are ignored.
const VERSION: &str = "1";
