//! A session as it is stored and handed to sibling tabs.

use alloc::boxed::Box;
use alloc::string::String;

use super::pending::Pending;
use crate::error::{Error, Problem, Result, Subject};
use crate::json::{Fields, Object, Value, Write};
use crate::oauth::id_token::IdToken;
use crate::oauth::pkce::random_text;
use crate::oauth::token::TokenAnswer;
use crate::platform::{Platform, header_safe};

/// One session at one generation. A renewal makes the next generation of the same session.
pub struct Record {
    /// Records of another version are ignored.
    pub version: &'static str,
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

/// When an access token ends and from when on to renew it, ms since the epoch.
fn lifetime(expires_in: Option<f64>, now: f64) -> (Option<f64>, Option<f64>) {
    let ms = expires_in.map(|seconds| seconds * 1000.0);
    (ms.map(|ms| now + ms), ms.map(|ms| now + ms - RENEWAL_MARGIN.min(ms / 10.0)))
}

impl Write for Record {
    fn write(&self, object: &mut impl Object) {
        object.text("v", Some(self.version));
        object.text("id", Some(&self.id));
        object.number("generation", Some(self.generation));
        object.number("startedAt", Some(self.started_at));
        object.text("issuer", Some(&self.issuer));
        object.text("tokenEndpoint", Some(&self.token_endpoint));
        object.text("endSessionEndpoint", self.end_session_endpoint.as_deref());
        object.text("accessToken", Some(&self.access_token));
        object.text("refreshToken", self.refresh_token.as_deref());
        object.text("idToken", self.id_token.as_deref());
        object.text("sub", self.sub.as_deref());
        object.flag("signatureVerified", self.signature_verified);
        object.text("scope", self.scope.as_deref());
        object.number("expiresAt", self.expires_at);
        object.number("renewAt", self.renew_at);
    }
}

const VERSION: &str = "1";

/// Renew at most this long before the end, ms; earlier for tokens that live shorter.
const RENEWAL_MARGIN: f64 = 60_000.0;

impl Record {
    /// The session that a login begins. An ID token is kept with its checked `claims` alone; `verified` says whether its
    /// signature was checked too.
    ///
    /// Errors: `randomness_unavailable`.
    pub fn begin<P: Platform>(
        platform: &P,
        pending: Box<Pending>,
        tokens: Box<TokenAnswer>,
        claims: Option<&P::Value>,
        verified: bool,
    ) -> Result<Box<Self>> {
        let now = platform.now();
        let (expires_at, renew_at) = lifetime(tokens.expires_in, now);
        Ok(Box::new(Self {
            version: VERSION,
            id: random_text(platform)?,
            generation: 1.0,
            started_at: now,
            issuer: pending.issuer,
            token_endpoint: pending.token_endpoint,
            end_session_endpoint: pending.end_session_endpoint,
            access_token: tokens.access_token,
            refresh_token: tokens.refresh_token,
            id_token: tokens.id_token.filter(|_| claims.is_some()),
            sub: claims.and_then(|claims| claims.text_of("sub")),
            signature_verified: verified,
            scope: tokens.scope,
            expires_at,
            renew_at,
        }))
    }

    /// The next generation. What the answer leaves out stays (RFC 6749 section 6). An ID token in it names the same
    /// issuer and customer (OpenID Connect Core section 12.2); the session keeps the one it has, whose signature was
    /// checked.
    ///
    /// Errors: `id_token_invalid`.
    pub fn renew(mut self: Box<Self>, platform: &impl Platform, tokens: Box<TokenAnswer>) -> Result<Box<Self>> {
        if let Some(id_token) = &tokens.id_token {
            let claims = IdToken::parse(platform, id_token)?.claims;
            let same =
                claims.holds("iss", &self.issuer) && self.sub.as_deref().is_none_or(|sub| claims.holds("sub", sub));
            if !same {
                return Err(Error::at(Problem::IdTokenRenewed, "sub"));
            }
        }
        self.generation += 1.0;
        self.access_token = tokens.access_token;
        if tokens.refresh_token.is_some() {
            self.refresh_token = tokens.refresh_token;
        }
        if tokens.scope.is_some() {
            self.scope = tokens.scope;
        }
        (self.expires_at, self.renew_at) = lifetime(tokens.expires_in, platform.now());
        Ok(self)
    }

    /// Whether this replaces `other`: a later renewal of the same session, or a later sign-in.
    #[must_use]
    pub fn supersedes(&self, other: &Self) -> bool {
        if self.id == other.id { self.generation > other.generation } else { self.started_at > other.started_at }
    }

    /// Reads a stored or handed-over record.
    ///
    /// Errors: `storage_unavailable` for anything that is not one.
    #[inline(never)]
    pub fn read<V: Value>(value: &V) -> Result<Box<Self>> {
        let fields = Fields::of(value, Subject::StoredSession);
        let optional_count = |key| {
            let number = fields.optional_number(key)?;
            if !(0.0..9e15).contains(&number) {
                fields.refuse(key, Problem::NotPositive);
            }
            Some(number)
        };
        let count = |key| {
            optional_count(key).unwrap_or_else(|| {
                fields.refuse(key, Problem::Missing);
                0.0
            })
        };
        let record = Box::new(Self {
            version: fields.choice("v", &[VERSION], Problem::OtherVersion).unwrap_or_default(),
            id: fields.string("id"),
            generation: count("generation"),
            started_at: count("startedAt"),
            issuer: fields.string("issuer"),
            token_endpoint: fields.string("tokenEndpoint"),
            end_session_endpoint: fields.optional_string("endSessionEndpoint"),
            access_token: fields.string("accessToken"),
            refresh_token: fields.optional_string("refreshToken"),
            id_token: fields.optional_string("idToken"),
            sub: fields.optional_string("sub"),
            signature_verified: fields.flag("signatureVerified"),
            scope: fields.optional_string("scope"),
            expires_at: optional_count("expiresAt"),
            renew_at: optional_count("renewAt"),
        });
        if record.version.is_empty() {
            fields.refuse("v", Problem::Missing);
        }
        if !header_safe(&record.access_token) {
            fields.refuse("accessToken", Problem::NotForHeaders);
        }
        fields.end()?;
        Ok(record)
    }
}
