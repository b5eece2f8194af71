//! The two discovery documents of a shop (OpenID Connect Discovery 1.0 section 3, and `customer-account-api`).
//!
//! No URL is ever built from parts: three shapes exist, and only the documents say which one a shop has.

use super::query;
use crate::error::{Code, Error, Result};
use crate::json::{Fields, Object, Value};
use crate::platform::{Navigation, Url};

/// Path of the login document on the shop's host.
pub const LOGIN_DOCUMENT: &str = "/.well-known/openid-configuration";
/// Path of the same document under its OAuth name (RFC 8414), asked when the first one is not there.
pub const LOGIN_DOCUMENT_RFC8414: &str = "/.well-known/oauth-authorization-server";
/// Path of the document that names the Customer Accounts MCP server.
pub const CUSTOMER_DOCUMENT: &str = "/.well-known/customer-account-api";

/// What a shop's documents are held to.
pub struct Policy<'a> {
    /// The configured shop.
    pub shop: &'a Url,
    /// Issuers that the page allows besides.
    pub issuers: &'a [String],
    /// Whether plain http on loopback is allowed: only where the page itself is on loopback.
    pub loopback: bool,
}

/// Where and how a shop signs its customers in.
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl Login {
    /// Reads and checks the login document, or our stored copy of it.
    ///
    /// Errors: `discovery_invalid`, `issuer_not_accepted`, `endpoint_not_secure`, `pkce_unsupported`.
    pub fn read<V: Value>(navigation: &impl Navigation, document: &V, policy: &Policy<'_>) -> Result<Self> {
        let fields = Fields::of(document, Code::DiscoveryInvalid, "The shop's openid-configuration");
        let endpoint = |key: &'static str, url: Option<String>| {
            url.filter(|url| fields.take(secure_endpoint(navigation, url, key, policy.loopback)).is_some())
        };
        let required = |key| endpoint(key, Some(fields.string(key))).unwrap_or_default();
        let optional = |key| endpoint(key, fields.optional_string(key));
        let issuer = fields.string("issuer");
        fields.take(accept_issuer(navigation, &issuer, policy));
        let methods = fields.strings("code_challenge_methods_supported").unwrap_or_default();
        if !methods.iter().any(|method| method == "S256") {
            fields.take::<()>(Err(Error::new(
                Code::PkceUnsupported,
                "The shop's login does not offer PKCE with S256: no sign-in is started.",
            )
            .field("code_challenge_methods_supported")));
        }
        let login = Self {
            issuer,
            authorization_endpoint: required("authorization_endpoint"),
            token_endpoint: required("token_endpoint"),
            jwks_uri: optional("jwks_uri"),
            end_session_endpoint: optional("end_session_endpoint"),
            iss_promised: fields.flag(ISS_PROMISED),
        };
        fields.end(login)
    }

    /// A copy that [`Login::read`] reads back, with the members of the document.
    #[must_use]
    pub fn write(&self) -> String {
        Object::new()
            .string("issuer", &self.issuer)
            .string("authorization_endpoint", &self.authorization_endpoint)
            .string("token_endpoint", &self.token_endpoint)
            .optional("jwks_uri", self.jwks_uri.as_deref())
            .optional("end_session_endpoint", self.end_session_endpoint.as_deref())
            .flag(ISS_PROMISED, self.iss_promised)
            .json("code_challenge_methods_supported", "[\"S256\"]")
            .finish()
    }
}

const ISS_PROMISED: &str = "authorization_response_iss_parameter_supported";

/// Reads the Customer Accounts MCP endpoint. Its absence is reported as what it is.
///
/// Errors: `discovery_invalid`, `mcp_api_missing`, `endpoint_not_secure`.
pub fn read_mcp_api<V: Value>(navigation: &impl Navigation, document: &V, policy: &Policy<'_>) -> Result<String> {
    let fields = Fields::of(document, Code::DiscoveryInvalid, "The shop's customer-account-api");
    let url = fields.optional_string("mcp_api");
    let Some(url) = fields.end(url)? else {
        return Err(Error::new(
            Code::McpApiMissing,
            "The shop names no Customer Accounts MCP server: it has no custom domain, or the server is not enabled for it.",
        )
        .field("mcp_api"));
    };
    secure_endpoint(navigation, &url, "mcp_api", policy.loopback)?;
    Ok(url)
}

/// Refuses a URL that is not plainly https (or http on loopback, where that is allowed).
///
/// Errors: `endpoint_not_secure`.
pub fn secure_endpoint(navigation: &impl Navigation, text: &str, field: &'static str, loopback: bool) -> Result<()> {
    let plain = !text.bytes().any(|byte| byte <= b' ' || byte == 0x7f || byte == b'\\');
    let url = navigation.parse_url(text, None).filter(|url| {
        let encrypted = url.scheme == "https:" || (loopback && url.scheme == "http:" && url.is_loopback());
        plain && encrypted && !url.credentials && url.fragment.is_empty()
    });
    match url {
        Some(_) => Ok(()),
        None => Err(Error::new(
            Code::EndpointNotSecure,
            ["`", field, "` is not an https URL without credentials and fragment: it is not used."].concat(),
        )
        .field(field)),
    }
}

/// A shop's issuer is on its own host, or `https://shopify.com/authentication/<shop id>`, or allowed by the page. On a
/// loopback page every loopback host is the shop's own.
fn accept_issuer(navigation: &impl Navigation, issuer: &str, policy: &Policy<'_>) -> Result<()> {
    let shop_id = issuer.strip_prefix("https://shopify.com/authentication/");
    let of_shopify = shop_id.is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()));
    let allowed = of_shopify || policy.issuers.iter().any(|other| other == issuer);
    let accepted = allowed || {
        secure_endpoint(navigation, issuer, "issuer", policy.loopback)?;
        navigation.parse_url(issuer, None).is_some_and(|url| {
            let own_host =
                url.origin == policy.shop.origin || (policy.loopback && url.is_loopback() && policy.shop.is_loopback());
            own_host && url.query.is_empty()
        })
    };
    if accepted {
        return Ok(());
    }
    Err(Error::new(
        Code::IssuerNotAccepted,
        "The shop's `issuer` is neither on its own host nor https://shopify.com/authentication/<id>: list it in `issuers` if you trust it.",
    )
    .field("issuer"))
}

/// Whether an endpoint's own query already holds one of `keys`: a request would then carry it twice.
#[must_use]
pub fn query_holds(endpoint: &str, keys: &[&str]) -> bool {
    let own = endpoint.split_once('?').map_or("", |(_, query)| query);
    query::pairs(own).any(|(key, _)| keys.contains(&key.as_str()))
}
