//! The authorization response in the callback's query (RFC 6749 sections 4.1.2 and 4.1.2.1, RFC 9207).

use alloc::string::String;

use crate::error::{Error, Problem, Result};
use crate::platform::Platform;
use crate::words::look_up;

/// A callback, read but not believed.
pub struct Callback {
    /// The authorization code.
    pub code: Option<String>,
    /// The login that it answers.
    pub state: Option<String>,
    /// Who issued it.
    pub iss: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
    /// The server's words about it.
    pub error_description: Option<String>,
}

/// The parameters of a callback, in the order of its members.
const NAMES: [&str; 5] = ["code", "state", "iss", "error", "error_description"];

impl Callback {
    /// Reads a query. Unknown parameters are ignored, doubled ones refused.
    ///
    /// Errors: `callback_invalid`.
    pub fn parse(platform: &impl Platform, query: &str) -> Result<Self> {
        for name in NAMES {
            if platform.parameter(query, name, 1).is_some() {
                return Err(Error::at(Problem::CallbackDoubled, name));
            }
        }
        let [code, state, iss, error, error_description] = NAMES.map(|name| platform.parameter(query, name, 0));
        Ok(Self { code, state, iss, error, error_description })
    }

    /// Whether it answers the login that sent `state`.
    ///
    /// Errors: `state_mismatch`.
    pub fn check_state(&self, state: &str) -> Result<()> {
        if self.state.as_deref() == Some(state) {
            return Ok(());
        }
        Err(Error::at(Problem::StateMismatch, "state"))
    }

    /// Checks `iss` before anything else is believed, also of an error (RFC 9207 section 2.4).
    ///
    /// Errors: `issuer_mismatch`.
    pub fn check_issuer(&self, issuer: &str, promised: bool) -> Result<()> {
        match &self.iss {
            Some(iss) if iss == issuer => Ok(()),
            None if !promised => Ok(()),
            _ => Err(Error::at(Problem::IssuerMismatch, "iss")),
        }
    }

    /// The code, or the server's refusal.
    ///
    /// Errors: `login_required`, `access_denied`, `authorization_refused`, `callback_invalid`.
    pub fn into_code(self) -> Result<String> {
        match (self.error, self.code) {
            (Some(error), _) => Err(refusal(error, self.error_description)),
            (None, Some(code)) if !code.is_empty() => Ok(code),
            _ => Err(Error::at(Problem::CodeMissing, "code")),
        }
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
    String::from(whole_characters.unwrap_or_default())
}
