//! The token endpoint (RFC 6749 sections 4.1.3, 5 and 6), for a public client.

use alloc::boxed::Box;
use alloc::string::String;

use super::callback::told_by;
use super::query;
use crate::error::{Error, Problem, Result, Subject};
use crate::json::{Fields, Object, Value, Write};
use crate::platform::header_safe;
use crate::words::look_up;

/// A successful token answer, checked.
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

impl Write for TokenAnswer {
    fn write(&self, object: &mut impl Object) {
        object.text("accessToken", Some(&self.access_token));
        object.text("refreshToken", self.refresh_token.as_deref());
        object.text("idToken", self.id_token.as_deref());
        object.text("scope", self.scope.as_deref());
        object.number("expiresIn", self.expires_in);
    }
}

/// The members of a [`TokenAnswer`], in its order: as a server sends them, and as it is written.
type Names = [&'static str; 5];
const WIRE: Names = ["access_token", "refresh_token", "id_token", "scope", "expires_in"];
const WRITTEN: Names = ["accessToken", "refreshToken", "idToken", "scope", "expiresIn"];

impl TokenAnswer {
    /// Reads the answer to a token request. `status` is 0 for a redirect that was not followed, `body` is `None` when it
    /// is not JSON.
    ///
    /// Errors: `token_invalid`, `redirect_refused`; `code_refused`, `client_refused` or `token_refused` as the server
    /// judges, retryable where another try can succeed.
    pub fn receive<V: Value>(status: u16, body: Option<&V>) -> Result<Box<Self>> {
        let problem = match (status, body) {
            (200, Some(body)) => return Self::of_server(body),
            (200, None) => Problem::TokenAnswerNotJson,
            (0, _) => Problem::TokenEndpointRedirects,
            _ => return Err(judge(status, body)),
        };
        Err(Error::new(problem).status(status))
    }

    /// Reads what was written before.
    ///
    /// Errors: `token_invalid`.
    pub fn read<V: Value>(written: &V) -> Result<Box<Self>> {
        let fields = Fields::of(written, Subject::TokenAnswer);
        let read = Self::named(&fields, &WRITTEN);
        fields.end()?;
        Ok(read)
    }

    /// `token_type` may be absent (Shopify's is), but not anything but `Bearer`.
    fn of_server<V: Value>(answer: &V) -> Result<Box<Self>> {
        let fields = Fields::of(answer, Subject::TokenAnswer);
        let read = Self::named(&fields, &WIRE);
        if fields.optional_string("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            fields.refuse("token_type", Problem::TokenTypeUnknown);
        }
        fields.end()?;
        Ok(read)
    }

    #[inline(never)]
    fn named<V: Value>(fields: &Fields<'_, V>, names: &Names) -> Box<Self> {
        let [access_token, refresh_token, id_token, scope, expires_in] = *names;
        let read = Box::new(Self {
            access_token: fields.string(access_token),
            refresh_token: fields.optional_string(refresh_token),
            id_token: fields.optional_string(id_token),
            scope: fields.optional_string(scope),
            // Anything else than a sensible number is no reason to refuse a token that works.
            expires_in: fields.number(expires_in).filter(|s| *s > 0.0 && *s < 1e9),
        });
        if !header_safe(&read.access_token) {
            fields.refuse(access_token, Problem::NotForHeaders);
        }
        read
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

#[inline(never)]
fn form(pairs: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (key, value) in pairs {
        query::push_pair(&mut out, key, value);
    }
    out
}

/// What a server's `error` means (RFC 6749 section 5.2); of any other the status says more.
const REFUSALS: [(&str, Problem); 7] = [
    ("invalid_grant", Problem::CodeRefused),
    ("unsupported_grant_type", Problem::RefreshUnsupported),
    ("temporarily_unavailable", Problem::TokenEndpointUnavailable),
    ("server_error", Problem::TokenEndpointUnavailable),
    ("invalid_client", Problem::ClientRefused),
    ("unauthorized_client", Problem::ClientRefused),
    ("invalid_token", Problem::ClientRefused),
];

/// Judges an answer that is not a 200. A 401 with an empty error is a passing fault of Shopify's.
fn judge<V: Value>(status: u16, body: Option<&V>) -> Error {
    let member = |key| body.and_then(|body| body.text_of(key)).filter(|text| !text.is_empty());
    let oauth = member("error");
    let told = oauth.as_deref().and_then(|error| look_up(&REFUSALS, error));
    let problem = match (told, status) {
        (Some(dead @ (Problem::CodeRefused | Problem::RefreshUnsupported)), _) => dead,
        (_, 429 | 500..) => Problem::TokenEndpointUnavailable,
        (Some(told), _) => told,
        (None, 401) if oauth.is_none() => Problem::TokenEndpointUnavailable,
        (None, 401) => Problem::ClientRefused,
        (None, _) => Problem::TokenRequestRefused,
    };
    let error = Error::new(problem).status(status).retryable(problem == Problem::TokenEndpointUnavailable);
    match oauth {
        Some(oauth) => told_by(error, oauth, member("error_description")),
        None => error,
    }
}
