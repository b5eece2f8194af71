//! What a page configures, checked before anything is done with it.

use super::customer::SignInPolicy;
use crate::call::AuthorizationStyle;
use crate::error::{Code, Error, Result};
use crate::json::{Fields, Kind, Value};
use crate::oauth::CUSTOMER_MCP_SCOPE;
use crate::oauth::discovery::{Policy, secure_endpoint};
use crate::platform::{Navigation, Url, header_safe};
use crate::words::says;

/// Where the tokens are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenStore {
    /// Each tab's sessionStorage.
    Session,
    /// Only this page.
    Memory,
    /// localStorage.
    Local,
    /// The page's own.
    Own,
}

/// One shop and one client.
#[derive(Clone)]
pub struct Target {
    /// The storefront.
    pub shop: Url,
    /// The public client.
    pub client_id: String,
    /// As registered.
    pub redirect_uri: String,
    /// Space-separated.
    pub scope: String,
    /// Issuers that the page allows besides the shop's.
    pub issuers: Vec<String>,
    /// Whether plain http on loopback is allowed.
    pub loopback: bool,
    /// Time limit of one request, ms.
    pub timeout_ms: f64,
}

impl Target {
    /// Reads the members that every sign-in needs.
    ///
    /// Errors: `option_invalid`.
    pub fn read<V: Value>(navigation: &impl Navigation, options: &V) -> Result<Self> {
        let fields = Fields::of(options, Code::OptionInvalid, SUBJECT)?;
        refuse_secrets(options)?;
        let page = navigation.parse_url(&navigation.address(), None);
        let loopback = page.as_ref().is_some_and(Url::is_loopback);
        let client_id = fields.string("clientId")?;
        if client_id.starts_with("shpss_") {
            return Err(secret("clientId"));
        }
        let scope = fields.optional_string("scope")?.unwrap_or_else(|| CUSTOMER_MCP_SCOPE.to_owned());
        if !header_safe(&scope) {
            return Err(fields.refusal("scope", "holds characters that no scope has."));
        }
        let redirect_uri = fields.string("redirectUri")?;
        let redirect = navigation.parse_url(&redirect_uri, None);
        let Some(redirect) = redirect.filter(|url| url.scheme.starts_with("http")) else {
            return Err(fields.refusal("redirectUri", "is not an absolute http(s) URL."));
        };
        if !redirect.fragment.is_empty() || page.is_none_or(|page| page.origin != redirect.origin) {
            return Err(fields
                .refusal("redirectUri", "is not a page of this origin without a fragment: the way back ends here."));
        }
        Ok(Self {
            shop: read_shop(navigation, &fields, loopback)?,
            client_id,
            redirect_uri,
            scope,
            issuers: fields.strings("issuers")?.unwrap_or_default(),
            loopback,
            timeout_ms: positive(&fields, "timeoutMs", 30_000.0)?,
        })
    }

    /// What the shop's documents are held to.
    #[must_use]
    pub fn policy(&self) -> Policy<'_> {
        Policy { shop: &self.shop, issuers: &self.issuers, loopback: self.loopback }
    }
}

/// Everything that `connect` takes, but the wasm source.
#[derive(Clone)]
pub struct Options {
    /// The shop and client.
    pub target: Target,
    /// Replaces the discovered endpoint.
    pub customer_endpoint: Option<String>,
    /// How the token is written.
    pub style: AuthorizationStyle,
    /// What a call may do when nobody is signed in.
    pub on_sign_in_needed: SignInPolicy,
    /// Where the tokens are kept.
    pub store: TokenStore,
    /// How long a call waits for a rate limit to pass, ms.
    pub rate_limit_wait_ms: f64,
    /// Largest tool answer, bytes.
    pub max_answer_bytes: f64,
}

const KNOWN: [&str; 12] = [
    "shop",
    "clientId",
    "redirectUri",
    "scope",
    "authorization",
    "onSignInNeeded",
    "storage",
    "issuers",
    "customerEndpoint",
    "timeoutMs",
    "rateLimitWaitMs",
    "maxAnswerBytes",
];

impl Options {
    /// Reads and checks them; a member that is not known is refused, since it is most likely misspelt.
    ///
    /// Errors: `option_invalid`, `secret_in_page`, `endpoint_not_secure`.
    pub fn read<V: Value>(navigation: &impl Navigation, options: &V) -> Result<Self> {
        let fields = Fields::of(options, Code::OptionInvalid, SUBJECT)?;
        refuse_secrets(options)?;
        if let Some(stranger) = options.keys().into_iter().find(|key| !KNOWN.contains(&key.as_str())) {
            return Err(Error::new(Code::OptionInvalid, ["`connect` has no option `", &stranger, "`."].concat())
                .field(stranger));
        }
        let target = Target::read(navigation, options)?;
        let customer_endpoint = match fields.optional_string("customerEndpoint")? {
            Some(text) => Some(own_endpoint(navigation, &fields, &text, target.loopback)?),
            None => None,
        };
        let store = match fields.member("storage") {
            None => TokenStore::Session,
            Some(value) if value.kind() != Kind::String => TokenStore::Own,
            Some(value) => match value.text().as_deref() {
                Some("session") => TokenStore::Session,
                Some("memory") => TokenStore::Memory,
                Some("local") => TokenStore::Local,
                _ => {
                    return Err(
                        fields.refusal("storage", "is not `session`, `memory`, `local` or a store of your own.")
                    );
                }
            },
        };
        Ok(Self {
            target,
            customer_endpoint,
            style: read_style(options)?,
            on_sign_in_needed: SignInPolicy::read(options)?.unwrap_or(SignInPolicy::Redirect),
            store,
            rate_limit_wait_ms: positive(&fields, "rateLimitWaitMs", 60_000.0)?,
            max_answer_bytes: positive(&fields, "maxAnswerBytes", 16_777_216.0)?,
        })
    }
}

/// Reads `authorization`.
///
/// Errors: `option_invalid`.
pub fn read_style<V: Value>(options: &V) -> Result<AuthorizationStyle> {
    let fields = Fields::of(options, Code::OptionInvalid, SUBJECT)?;
    match fields.optional_string("authorization")?.as_deref() {
        None | Some("raw") => Ok(AuthorizationStyle::Raw),
        Some("Bearer") => Ok(AuthorizationStyle::Bearer),
        Some(_) => Err(fields.refusal("authorization", "is not `raw` or `Bearer`.")),
    }
}

/// A positive number, or the default.
///
/// Errors: `option_invalid`.
pub fn positive<V: Value>(fields: &Fields<'_, V>, key: &'static str, default: f64) -> Result<f64> {
    match fields.optional_number(key)? {
        None => Ok(default),
        Some(number) if number > 0.0 => Ok(number),
        Some(_) => Err(fields.refusal(key, "is not a positive number.")),
    }
}

fn read_shop<V: Value>(navigation: &impl Navigation, fields: &Fields<'_, V>, loopback: bool) -> Result<Url> {
    let text = fields.string("shop")?;
    let whole = if says(&text, "://") { text } else { ["https://", &text].concat() };
    let url = navigation.parse_url(&whole, None).filter(|url| {
        let bare = url.path == "/" && url.query.is_empty() && url.fragment.is_empty() && !url.credentials;
        bare && secure_endpoint(navigation, &url.href, "shop", loopback).is_ok()
    });
    url.ok_or_else(|| {
        fields
            .refusal("shop", "is not a host like `example.com` (or an http origin on loopback, from a loopback page).")
    })
}

/// An endpoint that replaces a discovered one: https, or a path of this origin.
fn own_endpoint<V: Value>(
    navigation: &impl Navigation,
    fields: &Fields<'_, V>,
    text: &str,
    loopback: bool,
) -> Result<String> {
    match navigation.parse_url(text, Some(&navigation.address())) {
        Some(url) => {
            secure_endpoint(navigation, &url.href, "customerEndpoint", loopback)?;
            Ok(url.href)
        }
        None => Err(fields.refusal("customerEndpoint", "is not a URL or a path of this origin.")),
    }
}

/// A secret in a page is public: it is refused by its name, before anything is read.
fn refuse_secrets<V: Value>(options: &V) -> Result<()> {
    for key in options.keys() {
        if ["secret", "private", "password"].iter().any(|word| says(&key, word)) {
            return Err(secret(key));
        }
    }
    Ok(())
}

fn secret(field: impl Into<crate::error::Text>) -> Error {
    Error::new(
        Code::SecretInPage,
        "A page cannot keep a secret: use a public client with PKCE, or a proxy of your own. Revoke this secret.",
    )
    .field(field)
}

const SUBJECT: &str = "The options";
