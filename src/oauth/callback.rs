//! The authorization response in the callback's query (RFC 6749 sections 4.1.2 and 4.1.2.1, RFC 9207).

use alloc::string::String;

use crate::error::{Error, Problem, Result};
use crate::platform::Platform;
use crate::words::{copy, look_up};

/// A callback, read but not believed.
pub struct Callback<'a, P> {
    platform: &'a P,
    query: &'a str,
}

impl<'a, P: Platform> Callback<'a, P> {
    /// Looks at a query. Unknown parameters are ignored, doubled ones refused.
    ///
    /// Errors: `callback_invalid`.
    pub fn parse(platform: &'a P, query: &'a str) -> Result<Self> {
        for name in ["code", "state", "iss", "error", "error_description"] {
            if platform.parameter(query, name, 1).is_some() {
                return Err(Error::at(Problem::CallbackDoubled, name));
            }
        }
        Ok(Self { platform, query })
    }

    /// The login that it answers.
    ///
    /// Errors: `state_missing`.
    pub fn state(&self) -> Result<String> {
        self.parameter("state").ok_or_else(|| Error::at(Problem::StateMissing, "state"))
    }

    /// Whether it answers the login that sent `state`.
    ///
    /// Errors: `state_mismatch`.
    pub fn check_state(&self, state: &str) -> Result<()> {
        if self.parameter("state").as_deref() == Some(state) {
            return Ok(());
        }
        Err(Error::at(Problem::StateMismatch, "state"))
    }

    /// Checks `iss` before anything else is believed, also of an error (RFC 9207 section 2.4).
    ///
    /// Errors: `issuer_mismatch`.
    pub fn check_issuer(&self, issuer: &str, promised: bool) -> Result<()> {
        let fits = self.parameter("iss").map_or(!promised, |iss| iss == issuer);
        if fits { Ok(()) } else { Err(Error::at(Problem::IssuerMismatch, "iss")) }
    }

    /// The code, or the server's refusal.
    ///
    /// Errors: `login_required`, `access_denied`, `authorization_refused`, `callback_invalid`.
    pub fn code(&self) -> Result<String> {
        if let Some(error) = self.parameter("error") {
            return Err(refusal(error, self.parameter("error_description")));
        }
        let code = self.parameter("code").filter(|code| !code.is_empty());
        code.ok_or_else(|| Error::at(Problem::CodeMissing, "code"))
    }

    fn parameter(&self, name: &str) -> Option<String> {
        self.platform.parameter(self.query, name, 0)
    }
}

/// What a server's `error` means; any other refuses the request itself.
const REFUSALS: [(&str, Problem); 7] = [
    ("login_required", Problem::LoginRequired),
    ("interaction_required", Problem::LoginRequired),
    ("consent_required", Problem::LoginRequired),
    ("account_selection_required", Problem::LoginRequired),
    ("access_denied", Problem::AccessDenied),
    ("temporarily_unavailable", Problem::LoginUnavailable),
    ("server_error", Problem::LoginUnavailable),
];

fn refusal(error: String, description: Option<String>) -> Error {
    let problem = look_up(&REFUSALS, &error).unwrap_or(Problem::AuthorizationRefused);
    told_by(Error::new(problem).retryable(problem == Problem::LoginUnavailable), error, description)
}

/// The error with the server's own words (RFC 6749 section 5.2), cut.
pub(super) fn told_by(refused: Error, error: String, description: Option<String>) -> Error {
    refused.oauth(cut(error, 100), description.map(|text| cut(text, 500)))
}

/// The first `limit` bytes at most: a server's words are data of a bounded length.
fn cut(text: String, limit: usize) -> String {
    if text.len() <= limit {
        return text;
    }
    let whole_characters = (0..=limit).rev().find_map(|end| text.get(..end));
    copy(whole_characters.unwrap_or_default())
}
