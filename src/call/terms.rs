//! The terms of one call.

use alloc::boxed::Box;
use alloc::string::String;

use crate::error::{Problem, Result, Subject};
use crate::json::{Fields, Object, Value, Write};
use crate::oauth::discovery::is_secure;
use crate::options::{MAX_ANSWER_BYTES, TIMEOUT_MS, authorization, sign_in_policy};
use crate::platform::{Platform, header_safe};
use crate::words::copy;

/// What a page may say about one call of a tool; `None` is as configured.
pub struct CallOptions {
    /// Time limit of one request, ms.
    pub timeout_ms: Option<f64>,
    /// What it may do when nobody is signed in.
    pub on_sign_in_needed: Option<&'static str>,
    /// Whether it may be sent after a navigation though it may write.
    pub resume: bool,
}

impl Write for CallOptions {
    fn write(&self, object: &mut impl Object) {
        object.number("timeoutMs", self.timeout_ms);
        object.text("onSignInNeeded", self.on_sign_in_needed);
        object.flag("resume", self.resume);
    }
}

impl CallOptions {
    /// Reads them.
    ///
    /// Errors: `option_invalid`.
    pub fn read<V: Value>(options: &V) -> Result<Self> {
        let fields = Fields::of(options, Subject::CallOptions);
        let read = Self {
            timeout_ms: fields.positive("timeoutMs"),
            on_sign_in_needed: sign_in_policy(&fields),
            resume: fields.flag("resume"),
        };
        fields.end()?;
        Ok(read)
    }
}

/// One request to one MCP server, without a session.
pub struct McpCall {
    /// Checked, absolute.
    pub endpoint: String,
    /// For instance `tools/call`.
    pub method: String,
    /// Safe in a header.
    pub access_token: Option<String>,
    /// How the token is written: `raw` or `Bearer`.
    pub authorization: &'static str,
    /// Time limit of the request, ms.
    pub timeout_ms: f64,
    /// Largest answer, bytes.
    pub max_answer_bytes: f64,
}

impl Write for McpCall {
    fn write(&self, object: &mut impl Object) {
        object.text("endpoint", Some(&self.endpoint));
        object.text("method", Some(&self.method));
        object.text("accessToken", self.access_token.as_deref());
        object.text("authorization", Some(self.authorization));
        object.number("timeoutMs", Some(self.timeout_ms));
        object.number("maxAnswerBytes", Some(self.max_answer_bytes));
    }
}

impl McpCall {
    /// Reads the options of `callMcp`.
    ///
    /// Errors: `option_invalid`, `endpoint_not_secure`.
    pub fn read<V: Value>(platform: &impl Platform, options: &V) -> Result<Box<Self>> {
        let fields = Fields::of(options, Subject::Options);
        let endpoint = fields.string("endpoint");
        let url = platform.parse_url(&endpoint, Some(&platform.address())).unwrap_or_default();
        if !is_secure(platform, url.href(), platform.on_loopback()) {
            fields.refuse("endpoint", Problem::EndpointNotSecure);
        }
        let access_token = fields.optional_string("accessToken");
        if access_token.as_deref().is_some_and(|token| !header_safe(token)) {
            fields.refuse("accessToken", Problem::AccessTokenInvalid);
        }
        let call = Box::new(Self {
            endpoint: copy(url.href()),
            method: fields.string("method"),
            access_token,
            authorization: authorization(&fields),
            timeout_ms: fields.positive("timeoutMs").unwrap_or(TIMEOUT_MS),
            max_answer_bytes: fields.positive("maxAnswerBytes").unwrap_or(MAX_ANSWER_BYTES),
        });
        fields.end()?;
        Ok(call)
    }
}
