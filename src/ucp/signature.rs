//! HTTP message signatures (RFC 9421) as UCP wants them ("Message Signatures"): what is signed of a request. Whoever has
//! the key signs the base; nothing here ever sees one.

use alloc::string::String;

use super::profile::{map, quotable};
use crate::error::{Error, Problem, Result, Subject};
use crate::json::{Fields, Object, Value, Write};
use crate::oauth::base64url::encode_padded;
use crate::oauth::discovery::secure_url;
use crate::oauth::pkce::sha256;
use crate::platform::{Platform, Url, header_safe};
use crate::words::{join, split};

/// The name of the one signature of a request.
const LABEL: &str = "sig1=";

/// Headers that are covered whenever they are there. `content-type` goes with a body.
const COVERED: [&str; 3] = ["ucp-agent", "idempotency-key", "signature-agent"];

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
    /// Covers all that UCP wants covered of a request as the server that is meant receives it: `method` in upper case;
    /// `url`, behind a proxy too the upstream's; `headers` by their names in lower case; and the `body` where there is
    /// one, a text that is hashed as its UTF-8. `keyid` is the `kid` of the key in the agent's profile.
    ///
    /// Errors: `option_invalid`, naming the member.
    pub fn of<P: Platform>(platform: &P, request: &P::Value, keyid: &str, loopback: bool) -> Result<Self> {
        let fields = Fields::of(request, Subject::SignedRequest);
        let (method, url) = (fields.string("method"), fields.string("url"));
        if !method.bytes().all(|byte| byte.is_ascii_uppercase()) {
            fields.refuse("method", Problem::MethodInvalid);
        }
        let url = secure_url(platform, &url, loopback).unwrap_or_else(|| {
            fields.refuse("url", Problem::UrlNotSigned);
            Url::default()
        });
        let (path, query) = path_and_query(url.after_origin().unwrap_or_default());
        let mut components = Components::default();
        components.add("@method", &method);
        components.add("@authority", authority(url.origin()));
        components.add("@path", path);
        if !query.is_empty() {
            components.add("@query", query);
        }
        let headers = map(&fields, "headers");
        let header = |name: &str| headers.as_ref()?.text_of(name);
        for name in COVERED {
            if let Some(value) = header(name) {
                components.add(name, &value);
            }
        }
        let body = fields.member("body").and_then(|body| body.text());
        let content_digest = body.map(|body| content_digest(body.as_bytes()));
        if let Some(digest) = &content_digest {
            components.add("content-digest", digest);
            components.add("content-type", &header("content-type").unwrap_or_default());
        }
        if components.is_unfit {
            fields.refuse("headers", Problem::NotForHeaders);
        }
        fields.end()?;
        let created = platform.decimal((platform.now() as u64 / 1000) as f64);
        let parameters = components.parameters(Some(&created), keyid)?;
        let signature_input = join(&[LABEL, &parameters]);
        Ok(Self { base: components.base(&parameters), signature_input, content_digest })
    }
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
        self.lines.push_str(&join(&["\"", name, "\": ", value.trim_ascii(), "\n"]));
        self.names.push_str(&join(&[if self.names.is_empty() { "\"" } else { " \"" }, name, "\""]));
    }

    /// The parameters of the signature (section 2.3): what is covered, since when in seconds, by which key. There is no
    /// `alg`: the key says it.
    ///
    /// Errors: `option_invalid` for a `keyid` that no header can quote as it is.
    pub fn parameters(&self, created: Option<&str>, keyid: &str) -> Result<String> {
        if keyid.is_empty() || !quotable(keyid) {
            return Err(Error::shape(Problem::NotForHeaders, Subject::SignedRequest, Some("keyid")));
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

/// Host and port in lower case, the scheme's own port left out (section 2.2.3): as a parsed origin has them.
fn authority(origin: &str) -> &str {
    split(origin, b'/').and_then(|(_, rest)| rest.strip_prefix('/')).unwrap_or_default()
}

/// What follows an origin: the path (section 2.2.6), and the query with its `?` (section 2.2.7).
fn path_and_query(target: &str) -> (&str, &str) {
    let start = target.bytes().position(|byte| byte == b'?').unwrap_or(target.len());
    target.split_at_checked(start).unwrap_or_default()
}
