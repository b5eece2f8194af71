//! The token endpoint (RFC 6749 sections 4.1.3, 5 and 6), for a public client.

use super::callback::cut;
use super::query;
use crate::error::{Code, Error, Result};
use crate::json::{Fields, Value};
use crate::platform::header_safe;

/// A successful token answer, checked.
#[derive(Clone)]
pub struct TokenAnswer {
    /// Opaque; safe in a header.
    pub access_token: String,
    /// Absent for clients that an app's configuration defines.
    pub refresh_token: Option<String>,
    /// Absent without `openid`, and from a refresh.
    pub id_token: Option<String>,
    /// Absent when it is the one that was asked for.
    pub scope: Option<String>,
    /// Seconds; `None` when absent or not a positive, finite number.
    pub expires_in: Option<f64>,
}

impl TokenAnswer {
    /// Reads a 200 answer. `token_type` may be absent (Shopify's is), but not anything but `Bearer`.
    ///
    /// Errors: `token_invalid`.
    pub fn read<V: Value>(answer: &V) -> Result<Self> {
        let fields = Fields::of(answer, Code::TokenInvalid, "The token answer");
        let read = Self {
            access_token: fields.string("access_token"),
            refresh_token: fields.optional_string("refresh_token"),
            id_token: fields.optional_string("id_token"),
            scope: fields.optional_string("scope"),
            // Anything else than a sensible number is no reason to refuse a token that works.
            expires_in: fields.member("expires_in").and_then(|v| v.number()).filter(|s| *s > 0.0 && *s < 1e9),
        };
        if !header_safe(&read.access_token) {
            fields.refuse("access_token", "holds characters that no header may carry.");
        }
        if fields.optional_string("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            fields.refuse("token_type", "is not Bearer.");
        }
        fields.end(read)
    }
}

/// Body of the code exchange: exactly one verifier, the same redirect URI, no secret.
#[must_use]
pub fn exchange_form(client_id: &str, redirect_uri: &str, code: &str, code_verifier: &str) -> String {
    form(&[
        ("grant_type", "authorization_code"),
        ("client_id", client_id),
        ("redirect_uri", redirect_uri),
        ("code", code),
        ("code_verifier", code_verifier),
    ])
}

/// Body of a refresh.
#[must_use]
pub fn refresh_form(client_id: &str, refresh_token: &str) -> String {
    form(&[("grant_type", "refresh_token"), ("client_id", client_id), ("refresh_token", refresh_token)])
}

fn form(pairs: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (key, value) in pairs {
        query::push_pair(&mut out, key, value);
    }
    out
}

/// What a refused token request means for the one who sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// `invalid_grant`: this code or refresh token is dead.
    Dead,
    /// `unsupported_grant_type`: this client cannot refresh.
    Unsupported,
    /// The client is misconfigured; the tokens are fine.
    Misconfigured,
    /// Worth another try; the tokens are fine.
    Transient,
}

/// Judges an answer that is not a 200 (RFC 6749 section 5.2). A 401 with an empty error is a passing fault of Shopify's.
pub fn judge<V: Value>(status: u16, body: Option<&V>) -> (Verdict, Error) {
    let member =
        |key| body.and_then(|body| body.get(key)).and_then(|value| value.text()).filter(|text| !text.is_empty());
    let oauth = member("error");
    let (verdict, error) = match (status, oauth.as_deref()) {
        (_, Some("invalid_grant")) => {
            (Verdict::Dead, Error::new(Code::CodeRefused, "The login server refused the code: sign in again."))
        }
        (_, Some("unsupported_grant_type")) => (
            Verdict::Unsupported,
            Error::new(Code::TokenRefused, "This client cannot refresh its tokens: sign in again."),
        ),
        (401, None) | (429 | 500.., _) | (_, Some("temporarily_unavailable" | "server_error")) => (
            Verdict::Transient,
            Error::new(Code::TokenRefused, "The login server could not answer: try again.").retryable(),
        ),
        (401, Some(_)) | (_, Some("invalid_client" | "unauthorized_client" | "invalid_token")) => (
            Verdict::Misconfigured,
            Error::new(
                Code::ClientRefused,
                "The login server refused this client: check `clientId`, and that this page's origin is among its JavaScript origins.",
            ),
        ),
        _ => (
            Verdict::Misconfigured,
            Error::new(
                Code::TokenRefused,
                "The login server refused the token request: check `redirectUri` and `scope`.",
            ),
        ),
    };
    let error = match oauth {
        Some(oauth) => error.oauth(cut(oauth, 100), member("error_description").map(|text| cut(text, 500))),
        None => error,
    };
    (verdict, error.status(status))
}
