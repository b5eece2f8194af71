//! The two discovery documents of a shop (OpenID Connect Discovery 1.0 section 3, and `customer-account-api`).
//!
//! No URL is ever built from parts: three shapes exist, and only the documents say which one a shop has.

use alloc::boxed::Box;
use alloc::string::String;

use crate::error::{Problem, Result, Subject};
use crate::json::{Fields, Object, Value, Write};
use crate::platform::{Platform, Url};

/// What a shop's documents are held to.
pub struct Policy<'a, V> {
    /// The configured shop.
    pub shop: &'a Url,
    /// Issuers that the page allows besides.
    pub issuers: Option<&'a V>,
    /// Whether plain http on loopback is allowed: only where the page itself is on loopback.
    pub loopback: bool,
}

/// Where and how a shop signs its customers in. Written with the members of the document, so that [`Login::read`] reads
/// a stored copy back.
pub struct Login {
    /// Every later `iss` is compared with this, byte for byte.
    pub issuer: String,
    /// RFC 6749 section 3.1
    pub authorization_endpoint: String,
    /// RFC 6749 section 3.2
    pub token_endpoint: String,
    /// Keys of the ID tokens.
    pub jwks_uri: Option<String>,
    /// RP-initiated logout.
    pub end_session_endpoint: Option<String>,
    /// Whether callbacks carry `iss` (RFC 9207).
    pub iss_promised: bool,
}

impl Write for Login {
    fn write(&self, object: &mut impl Object) {
        object.text("issuer", Some(&self.issuer));
        object.text("authorization_endpoint", Some(&self.authorization_endpoint));
        object.text("token_endpoint", Some(&self.token_endpoint));
        object.text("jwks_uri", self.jwks_uri.as_deref());
        object.text("end_session_endpoint", self.end_session_endpoint.as_deref());
        object.flag("authorization_response_iss_parameter_supported", self.iss_promised);
        object.push(METHODS, "S256");
    }
}

impl Login {
    /// Reads and checks the login document, or a stored copy of it.
    ///
    /// Errors: `discovery_invalid`, `issuer_not_accepted`, `endpoint_not_secure`, `pkce_unsupported`.
    pub fn read<V: Value>(platform: &impl Platform, document: &V, policy: &Policy<'_, V>) -> Result<Box<Self>> {
        let fields = Fields::of(document, Subject::LoginDocument);
        let endpoint = |key: &'static str| {
            let url = fields.optional_string(key);
            if url.as_deref().is_some_and(|url| !is_secure(platform, url, policy.loopback)) {
                fields.refuse(key, Problem::EndpointNotSecure);
            }
            url
        };
        let required = |key: &'static str| {
            endpoint(key).unwrap_or_else(|| {
                fields.refuse(key, Problem::Missing);
                String::new()
            })
        };
        let issuer = fields.string("issuer");
        if let Some(problem) = problem_of_issuer(platform, &issuer, policy) {
            fields.refuse("issuer", problem);
        }
        if !fields.strings(METHODS).is_some_and(|methods| methods.contains("S256")) {
            fields.refuse(METHODS, Problem::PkceUnsupported);
        }
        let login = Box::new(Self {
            issuer,
            authorization_endpoint: required("authorization_endpoint"),
            token_endpoint: required("token_endpoint"),
            jwks_uri: endpoint("jwks_uri"),
            end_session_endpoint: endpoint("end_session_endpoint"),
            iss_promised: fields.flag("authorization_response_iss_parameter_supported"),
        });
        fields.end()?;
        Ok(login)
    }
}

const METHODS: &str = "code_challenge_methods_supported";

/// Reads the Customer Accounts MCP endpoint. Its absence is reported as what it is.
///
/// Errors: `discovery_invalid`, `mcp_api_missing`, `endpoint_not_secure`.
pub fn read_mcp_api<V: Value>(platform: &impl Platform, document: &V, policy: &Policy<'_, V>) -> Result<String> {
    let fields = Fields::of(document, Subject::CustomerDocument);
    let url = fields.optional_string("mcp_api").unwrap_or_else(|| {
        fields.refuse("mcp_api", Problem::McpApiMissing);
        String::new()
    });
    if !is_secure(platform, &url, policy.loopback) {
        fields.refuse("mcp_api", Problem::EndpointNotSecure);
    }
    fields.end()?;
    Ok(url)
}

/// Whether a URL is plainly https (or http on loopback, where that is allowed), without credentials and fragment.
#[inline(never)]
pub fn is_secure(platform: &impl Platform, text: &str, loopback: bool) -> bool {
    secure_url(platform, text, loopback).is_some()
}

/// Such a URL, parsed.
#[inline(never)]
pub fn secure_url(platform: &impl Platform, text: &str, loopback: bool) -> Option<Url> {
    if text.bytes().any(|byte| byte <= b' ' || byte == 0x7f || byte == b'\\') {
        return None;
    }
    platform.parse_url(text, None).filter(|url| {
        let at_home = loopback && url.origin().starts_with("http:") && url.is_loopback();
        (at_home || url.origin().starts_with("https:"))
            && url.after_origin().is_some_and(|rest| !rest.bytes().any(|byte| byte == b'#'))
    })
}

/// A shop's issuer is on its own host, or `https://shopify.com/authentication/<shop id>`, or allowed by the page. On a
/// loopback page every loopback host is the shop's own.
fn problem_of_issuer<V: Value>(platform: &impl Platform, issuer: &str, policy: &Policy<'_, V>) -> Option<Problem> {
    let shop_id = issuer.strip_prefix("https://shopify.com/authentication/").unwrap_or_default();
    let of_shopify = !shop_id.is_empty() && shop_id.bytes().all(|byte| byte.is_ascii_digit());
    if of_shopify || policy.issuers.is_some_and(|issuers| issuers.contains(issuer)) {
        return None;
    }
    let Some(url) = secure_url(platform, issuer, policy.loopback) else {
        return Some(Problem::EndpointNotSecure);
    };
    let own_host =
        url.origin() == policy.shop.origin() || (policy.loopback && url.is_loopback() && policy.shop.is_loopback());
    let accepted = own_host && !url.href().bytes().any(|byte| byte == b'?');
    if accepted { None } else { Some(Problem::IssuerNotAccepted) }
}
