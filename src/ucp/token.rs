//! The agent's token, as a page's own function gives it: bare, or as the token endpoint answered (RFC 6749 section 5.1).

use alloc::string::String;

use crate::error::{Error, Problem, Result, Subject};
use crate::json::{Fields, Kind, Object, Value, Write};
use crate::oauth::base64url;
use crate::platform::{Platform, header_safe};
use crate::words::{says, split};

/// The longest that a token is kept which does not say itself when it ends, seconds.
const OPAQUE_LIFETIME: f64 = 3600.0;

/// A token, ready for use.
pub struct AgentToken {
    /// Safe in a header.
    pub value: String,
    /// Space-separated, where anybody said it.
    pub scope: Option<String>,
    /// ms since the epoch.
    pub expires_at: f64,
    /// Whether it is known to be good for more than the catalog.
    pub is_wide: bool,
}

impl Write for AgentToken {
    fn write(&self, object: &mut impl Object) {
        object.text("value", Some(&self.value));
        object.text("scope", self.scope.as_deref());
        object.number("expiresAt", Some(self.expires_at));
        object.flag("isWide", self.is_wide);
    }
}

impl AgentToken {
    /// Reads what the function gave. The claims of a JWT are read, not verified: they only ever shorten its use.
    ///
    /// Errors: `agent_token_unavailable`.
    pub fn read<P: Platform>(platform: &P, given: &P::Value) -> Result<Self> {
        let (value, scope, lifetime) = match given.text() {
            Some(value) => (value, None, None),
            None => {
                let fields = Fields::of(given, Subject::AgentToken);
                let read =
                    (fields.string("access_token"), fields.optional_string("scope"), fields.positive("expires_in"));
                fields.end()?;
                read
            }
        };
        if value.is_empty()
            || !header_safe(&value)
            || value.bytes().any(|byte| byte == b' ')
            || value.starts_with(crate::options::SECRET_PREFIX)
        {
            return Err(Error::shape(Problem::NotForHeaders, Subject::AgentToken, Some("access_token")));
        }
        let now = platform.now();
        let claims = claims(platform, &value);
        let ends = claims.as_ref().and_then(|claims| claims.number_of("exp"));
        let given = lifetime.map_or(f64::INFINITY, |seconds| now + seconds * 1000.0);
        let own = ends.map_or(now + OPAQUE_LIFETIME * 1000.0, |seconds| seconds * 1000.0);
        let scope = scope.or_else(|| claims?.text_of("scope"));
        let is_wide =
            scope.as_deref().is_some_and(|scope| !scope.split_ascii_whitespace().all(|one| says(one, "catalog")));
        Ok(Self { value, scope, expires_at: given.min(own), is_wide })
    }
}

/// The claims of a JWT (RFC 7519 section 3); `None` for what is none.
fn claims<P: Platform>(platform: &P, token: &str) -> Option<P::Value> {
    let (_, rest) = split(token, b'.')?;
    let (payload, _) = split(rest, b'.')?;
    platform.parse_json(&base64url::decode(payload)?).filter(|claims| claims.kind() == Kind::Object)
}
