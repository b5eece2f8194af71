//! HTTP message signatures (RFC 9421) as UCP wants them ("Message Signatures"): what is signed of a request. Whoever has
//! the key signs the base; nothing here ever sees one.

use alloc::string::String;

use super::profile::quotable;
use crate::error::{Error, Problem, Result, Subject};
use crate::oauth::base64url::encode_padded;
use crate::oauth::discovery::secure_url;
use crate::oauth::pkce::sha256;
use crate::platform::{Platform, header_safe};
use crate::words::{append, join, split};

/// A request as the server that is meant receives it. A header that it has not is empty.
#[derive(Default)]
pub struct Request<'a> {
    /// In upper case.
    pub method: &'a str,
    /// As [`target`] gives it.
    pub target: &'a str,
    /// Covered with a body.
    pub content_type: &'a str,
    /// A header that is covered where it is there, as those that follow.
    pub ucp_agent: &'a str,
    /// Of a call that takes effect once.
    pub idempotency_key: &'a str,
    /// Where the agent's keys are.
    pub signature_agent: &'a str,
    /// A text that is hashed as its UTF-8.
    pub body: Option<&'a str>,
}

impl Request<'_> {
    /// The base of its signature: ASCII, in which all is covered that UCP wants covered. Its last line has what
    /// `Signature-Input` says, and that of `content-digest`, where there is a body, this header's value. `keyid` is the
    /// `kid` of the key in the agent's profile.
    ///
    /// Errors: `option_invalid`, naming the member.
    pub fn base(&self, platform: &impl Platform, keyid: &str) -> Result<String> {
        if self.method.is_empty() || !self.method.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(refusal("method", Problem::MethodInvalid));
        }
        let parts = |(authority, rest)| Some((authority, split(rest, b' ')?));
        let Some((authority, (path, query))) = split(self.target, b' ').and_then(parts) else {
            return Err(refusal("url", Problem::UrlNotSigned));
        };
        let mut components = Components::default();
        components.add("@method", self.method);
        components.add("@authority", authority);
        components.add("@path", path);
        for (name, value) in [
            ("@query", query),
            ("ucp-agent", self.ucp_agent),
            ("idempotency-key", self.idempotency_key),
            ("signature-agent", self.signature_agent),
        ] {
            if !value.is_empty() {
                components.add(name, value);
            }
        }
        if let Some(body) = self.body {
            components.add("content-digest", &content_digest(body.as_bytes()));
            components.add("content-type", self.content_type);
        }
        if components.is_unfit {
            return Err(refusal("headers", Problem::NotForHeaders));
        }
        let created = ten_digits((platform.now() / 1000.0) as u32);
        let parameters = components.parameters(Some(&created), keyid)?;
        Ok(components.into_base(&parameters))
    }
}

/// Where a request goes, as its signature says it: host and port, path, and query, a space between each. `url` is the
/// upstream's, behind a proxy too.
///
/// Errors: `option_invalid`.
pub fn target(platform: &impl Platform, url: &str, loopback: bool) -> Result<String> {
    let url = secure_url(platform, url, loopback).ok_or_else(|| refusal("url", Problem::UrlNotSigned))?;
    let (path, query) = path_and_query(url.after_origin().unwrap_or_default());
    Ok(join(&[authority(url.origin()), " ", path, " ", query]))
}

fn refusal(member: &'static str, problem: Problem) -> Error {
    Error::shape(problem, Subject::SignedRequest, Some(member))
}

/// In decimal, as long as the seconds since the epoch have been since 2001, and are until 2106.
fn ten_digits(number: u32) -> String {
    let mut digits = String::with_capacity(10);
    let mut place = 1_000_000_000;
    while place > 0 {
        digits.push(char::from(b'0' + (number / place % 10) as u8));
        place /= 10;
    }
    digits
}

/// The components of a message that are signed, in their order (RFC 9421 section 2).
#[derive(Default)]
pub struct Components {
    /// As the parameters list them.
    names: String,
    lines: String,
    /// Whether one of them is what no header may carry: a line break would be a component of its own.
    pub is_unfit: bool,
}

impl Components {
    /// Appends a derived component or a header field, each of which there is once: its name in lower case, its value
    /// without the space around it.
    #[inline(never)]
    pub fn add(&mut self, name: &str, value: &str) {
        self.is_unfit |= !header_safe(value);
        append(&mut self.lines, &["\"", name, "\": ", value.trim_ascii(), "\n"]);
        let before = if self.names.is_empty() { "\"" } else { " \"" };
        append(&mut self.names, &[before, name, "\""]);
    }

    /// The parameters of the signature (section 2.3): what is covered, since when in seconds, by which key. There is no
    /// `alg`: the key says it.
    ///
    /// Errors: `option_invalid` for a `keyid` that no header can quote as it is.
    pub fn parameters(&self, created: Option<&str>, keyid: &str) -> Result<String> {
        if keyid.is_empty() || !quotable(keyid) {
            return Err(refusal("keyid", Problem::NotForHeaders));
        }
        let (label, seconds) = created.map_or(("", ""), |seconds| (";created=", seconds));
        Ok(join(&["(", &self.names, ")", label, seconds, ";keyid=\"", keyid, "\""]))
    }

    /// The signature base (section 2.5): a line for each component, and the parameters.
    #[must_use]
    pub fn into_base(self, parameters: &str) -> String {
        let mut base = self.lines;
        append(&mut base, &["\"@signature-params\": ", parameters]);
        base
    }
}

/// `Content-Digest` of a body (RFC 9530 section 2).
#[must_use]
pub fn content_digest(body: &[u8]) -> String {
    join(&["sha-256=:", &encode_padded(&sha256(body)), ":"])
}

/// Host and port in lower case, the scheme's own port left out (section 2.2.3): as a parsed origin has them.
fn authority(origin: &str) -> &str {
    split(origin, b'/').and_then(|(_, rest)| rest.strip_prefix('/')).unwrap_or_default()
}

/// What follows an origin: the path (section 2.2.6), and the query with its `?` (section 2.2.7).
fn path_and_query(target: &str) -> (&str, &str) {
    let start = target.bytes().position(|byte| byte == b'?').unwrap_or(target.len());
    target.split_at_checked(start).unwrap_or_default()
}
