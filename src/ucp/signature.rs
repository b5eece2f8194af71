//! HTTP message signatures (RFC 9421) as UCP wants them ("Message Signatures"): what is signed, and the headers around
//! it. Whoever has the key signs the base; nothing here ever sees one.

use alloc::string::String;

use super::profile::{is_profile_url, map, quotable};
use crate::error::{Error, Problem, Result, Subject};
use crate::json::{Fields, Object, Value, Write};
use crate::oauth::base64url::encode_padded;
use crate::oauth::discovery::is_secure;
use crate::oauth::pkce::sha256;
use crate::platform::{Platform, header_safe};
use crate::words::{join, says, split};

/// The name of the one signature of a request.
const LABEL: &str = "sig1=";

/// Bytes of an ES256 signature: r and s (RFC 9421 section 3.3.4).
const SIGNATURE_LENGTH: usize = 64;

/// Headers that are covered whenever they are there. `content-type` goes with a body.
const COVERED: [&str; 3] = ["ucp-agent", "idempotency-key", "signature-agent"];

/// Headers that are written here.
const RESERVED: [&str; 3] = ["content-digest", "signature", "signature-input"];

/// A request as the server that is meant receives it: behind a proxy too, `url` is the upstream endpoint.
pub struct Request<'a, V> {
    /// In upper case.
    pub method: &'a str,
    /// Absolute.
    pub url: &'a str,
    /// Values by names: at least those that are covered.
    pub headers: &'a V,
    /// The exact bytes that are sent.
    pub body: Option<&'a [u8]>,
}

/// A request, ready to be signed.
pub struct Unsigned {
    /// What is signed, as bytes of ASCII.
    pub base: String,
    /// `Signature-Input`
    pub signature_input: String,
    /// `Content-Digest`, where there is a body.
    pub content_digest: Option<String>,
}

impl Write for Unsigned {
    fn write(&self, object: &mut impl Object) {
        object.text("base", Some(&self.base));
        object.text("signatureInput", Some(&self.signature_input));
        object.text("contentDigest", self.content_digest.as_deref());
    }
}

impl Unsigned {
    /// The same of a plain object: `method`, `url`, `headers`, and the `body` where there is one, a text that is hashed as
    /// its UTF-8.
    ///
    /// Errors: `option_invalid`, naming the member.
    pub fn read<P: Platform>(platform: &P, request: &P::Value, keyid: &str, loopback: bool) -> Result<Self> {
        let fields = Fields::of(request, Subject::SignedRequest);
        let (method, url) = (fields.string("method"), fields.string("url"));
        let headers = map(&fields, "headers");
        let body = fields.member("body").map(|body| {
            body.text().unwrap_or_else(|| {
                fields.refuse("body", Problem::NotAString);
                String::new()
            })
        });
        fields.end()?;
        let headers = headers.ok_or_else(|| refusal(Problem::Missing, "headers"))?;
        let body = body.as_deref().map(str::as_bytes);
        Self::of(platform, &Request { method: &method, url: &url, headers: &headers, body }, keyid, loopback)
    }

    /// Covers all that UCP wants covered. `keyid` is the `kid` of the key in the agent's profile.
    ///
    /// Errors: `option_invalid`.
    pub fn of<P: Platform>(platform: &P, request: &Request<'_, P::Value>, keyid: &str, loopback: bool) -> Result<Self> {
        let method = request.method;
        if method.is_empty() || !method.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(refusal(Problem::MethodInvalid, "method"));
        }
        if !is_secure(platform, request.url, loopback) {
            return Err(refusal(Problem::UrlNotSigned, "url"));
        }
        let url = platform.parse_url(request.url, None).unwrap_or_default();
        let (path, query) = path_and_query(url.after_origin().unwrap_or_default());
        let mut components = Components::default();
        components.add("@method", method)?;
        components.add("@authority", authority(url.origin()))?;
        components.add("@path", path)?;
        if !query.is_empty() {
            components.add("@query", query)?;
        }
        let content_type = components.add_headers(request.headers)?;
        let content_digest = request.body.map(content_digest);
        if let Some(digest) = &content_digest {
            components.add("content-digest", digest)?;
            let missing = || refusal(Problem::ContentTypeMissing, "content-type");
            components.add("content-type", &content_type.ok_or_else(missing)?)?;
        }
        let created = platform.decimal((platform.now() as u64 / 1000) as f64);
        let parameters = components.parameters(Some(&created), keyid)?;
        let signature_input = join(&[LABEL, &parameters]);
        Ok(Self { base: components.base(&parameters), signature_input, content_digest })
    }
}

fn refusal(problem: Problem, field: &'static str) -> Error {
    Error::shape(problem, Subject::SignedRequest, Some(field))
}

/// The components of a message that are signed, in their order (RFC 9421 section 2).
#[derive(Default)]
pub struct Components {
    /// As the parameters list them.
    names: String,
    lines: String,
}

impl Components {
    /// Appends a derived component or a header field. A name is written in lower case, a value without the space around
    /// it.
    ///
    /// Errors: `option_invalid` for a name that is there already, and for what no header may carry: a line break would
    /// be a component of its own.
    #[inline(never)]
    pub fn add(&mut self, name: &str, value: &str) -> Result<()> {
        let name = name.to_ascii_lowercase();
        let token = name.strip_prefix('@').unwrap_or(&name);
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
        if token.is_empty() || !token.bytes().all(is_name) || !header_safe(value) {
            return Err(refusal(Problem::NotForHeaders, "headers"));
        }
        let quoted = join(&["\"", &name, "\""]);
        if says(&self.names, &quoted) {
            return Err(refusal(Problem::HeaderReserved, "headers"));
        }
        self.lines.push_str(&join(&[&quoted, ": ", value.trim_ascii(), "\n"]));
        self.names.push_str(if self.names.is_empty() { "" } else { " " });
        self.names.push_str(&quoted);
        Ok(())
    }

    /// The covered ones of a request's headers; gives back the type of its body.
    fn add_headers<V: Value>(&mut self, headers: &V) -> Result<Option<String>> {
        let mut content_type = None;
        let mut index = 0;
        while let Some(key) = headers.key(index) {
            index += 1;
            let name = key.to_ascii_lowercase();
            let is_type = name == "content-type";
            if RESERVED.contains(&name.as_str()) || (is_type && content_type.is_some()) {
                return Err(refusal(Problem::HeaderReserved, "headers"));
            }
            if !is_type && !COVERED.contains(&name.as_str()) {
                continue;
            }
            // What is sent would be another text than the one that is signed.
            let value = headers.text_of(&key).ok_or_else(|| refusal(Problem::NotAString, "headers"))?;
            if is_type {
                content_type = Some(value);
            } else {
                self.add(&name, &value)?;
            }
        }
        Ok(content_type)
    }

    /// The parameters of the signature (section 2.3): what is covered, since when in seconds, by which key. There is no
    /// `alg`: the key says it.
    ///
    /// Errors: `option_invalid` for a `keyid` that no header can quote as it is.
    pub fn parameters(&self, created: Option<&str>, keyid: &str) -> Result<String> {
        if keyid.is_empty() || !quotable(keyid) {
            return Err(refusal(Problem::NotForHeaders, "keyid"));
        }
        let (label, seconds) = created.map_or(("", ""), |seconds| (";created=", seconds));
        Ok(join(&["(", &self.names, ")", label, seconds, ";keyid=\"", keyid, "\""]))
    }

    /// The signature base (section 2.5): a line for each component, and the parameters.
    #[must_use]
    pub fn base(&self, parameters: &str) -> String {
        join(&[&self.lines, "\"@signature-params\": ", parameters])
    }
}

/// `Content-Digest` of a body (RFC 9530 section 2).
#[must_use]
pub fn content_digest(body: &[u8]) -> String {
    join(&["sha-256=:", &encode_padded(&sha256(body)), ":"])
}

/// `Signature` with what the signer gave for the base.
///
/// Errors: `option_invalid` for anything but r and s, 32 bytes each.
pub fn signature_header(signature: &[u8]) -> Result<String> {
    if signature.len() != SIGNATURE_LENGTH {
        return Err(Error::at(Problem::NotASignature, "signature"));
    }
    Ok(join(&[LABEL, ":", &encode_padded(signature), ":"]))
}

/// `UCP-Agent`: who calls (RFC 8941 section 3.2).
///
/// Errors: `option_invalid`.
pub fn agent_header(platform: &impl Platform, profile: &str, loopback: bool) -> Result<String> {
    if !is_profile_url(platform, profile, loopback) {
        return Err(refusal(Problem::ProfileUrlInvalid, "ucp-agent"));
    }
    Ok(join(&["profile=\"", profile, "\""]))
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
