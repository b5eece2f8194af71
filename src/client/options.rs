//! What a page configures, checked before anything is done with it.

use super::sign_in::SignInPolicy;
use crate::call::AuthorizationStyle;
use crate::error::{Code, Error, Result};
use crate::json::{Fields, Kind, Value};
use crate::oauth::CUSTOMER_MCP_SCOPE;
use crate::oauth::discovery::{Policy, secure_endpoint};
use crate::platform::{Navigation, Url, header_safe};
use crate::words::says;

/// Time limit of one request, ms, unless the page says otherwise.
pub const TIMEOUT_MS: f64 = 30_000.0;
/// How long a call waits for a rate limit to pass, ms, unless the page says otherwise.
pub const RATE_LIMIT_WAIT_MS: f64 = 60_000.0;
/// Largest tool answer, bytes, unless the page says otherwise.
pub const MAX_ANSWER_BYTES: f64 = 16_777_216.0;

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
        let fields = Fields::of(options, Code::OptionInvalid, SUBJECT);
        fields.take(refuse_secrets(options));
        let page = navigation.parse_url(&navigation.address(), None);
        let loopback = page.as_ref().is_some_and(Url::is_loopback);
        let client_id = fields.string("clientId");
        if client_id.starts_with("shpss_") {
            fields.take::<()>(Err(secret("clientId")));
        }
        let redirect_uri = fields.string("redirectUri");
        let redirect = navigation.parse_url(&redirect_uri, None).filter(|url| url.scheme.starts_with("http"));
        match (redirect, page) {
            (None, _) => fields.refuse("redirectUri", "is not an absolute http(s) URL."),
            (Some(redirect), Some(page)) if redirect.fragment.is_empty() && page.origin == redirect.origin => {}
            _ => {
                fields.refuse("redirectUri", "is not a page of this origin without a fragment: the way back ends here.")
            }
        }
        let scope = fields.optional_string("scope").unwrap_or_else(|| CUSTOMER_MCP_SCOPE.to_owned());
        if !header_safe(&scope) {
            fields.refuse("scope", "holds characters that no scope has.");
        }
        let shop = read_shop(navigation, &fields, loopback);
        let issuers = fields.strings("issuers").unwrap_or_default();
        let timeout_ms = positive(&fields, "timeoutMs", TIMEOUT_MS);
        match fields.end(shop)? {
            Some(shop) => Ok(Self { shop, client_id, redirect_uri, scope, issuers, loopback, timeout_ms }),
            None => Err(Error::new(Code::OptionInvalid, "The options name no shop.").field("shop")),
        }
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
        let fields = Fields::of(options, Code::OptionInvalid, SUBJECT);
        fields.take(refuse_secrets(options));
        if let Some(stranger) = options.keys().into_iter().find(|key| !KNOWN.contains(&key.as_str())) {
            let sentence = ["`connect` has no option `", &stranger, "`."].concat();
            fields.take::<()>(Err(Error::new(Code::OptionInvalid, sentence).field(stranger)));
        }
        let target = Target::read(navigation, options);
        let loopback = target.as_ref().is_ok_and(|target| target.loopback);
        let customer_endpoint = fields.optional_string("customerEndpoint");
        let customer_endpoint = customer_endpoint.map(|text| own_endpoint(navigation, &fields, &text, loopback));
        let store = match fields.member("storage") {
            None => TokenStore::Session,
            Some(value) if value.kind() != Kind::String => TokenStore::Own,
            Some(value) => match value.text().as_deref() {
                Some("session") => TokenStore::Session,
                Some("local") => TokenStore::Local,
                Some("memory") => TokenStore::Memory,
                _ => {
                    fields.refuse("storage", "is not `session`, `memory`, `local` or a store of your own.");
                    TokenStore::Memory
                }
            },
        };
        let (style, policy) = (fields.take(read_style(options)), fields.take(SignInPolicy::read(options)));
        let rate_limit_wait_ms = positive(&fields, "rateLimitWaitMs", RATE_LIMIT_WAIT_MS);
        let max_answer_bytes = positive(&fields, "maxAnswerBytes", MAX_ANSWER_BYTES);
        fields.end(())?;
        Ok(Self {
            target: target?,
            customer_endpoint,
            style: style.unwrap_or(AuthorizationStyle::Raw),
            on_sign_in_needed: policy.flatten().unwrap_or(SignInPolicy::Redirect),
            store,
            rate_limit_wait_ms,
            max_answer_bytes,
        })
    }
}

/// Reads `authorization`.
///
/// Errors: `option_invalid`.
pub fn read_style<V: Value>(options: &V) -> Result<AuthorizationStyle> {
    let fields = Fields::of(options, Code::OptionInvalid, SUBJECT);
    let style = match fields.optional_string("authorization").as_deref() {
        None | Some("raw") => AuthorizationStyle::Raw,
        Some("Bearer") => AuthorizationStyle::Bearer,
        Some(_) => {
            fields.refuse("authorization", "is not `raw` or `Bearer`.");
            AuthorizationStyle::Raw
        }
    };
    fields.end(style)
}

/// A positive number, or the default.
pub fn positive<V: Value>(fields: &Fields<'_, V>, key: &'static str, default: f64) -> f64 {
    match fields.optional_number(key) {
        Some(number) if number > 0.0 => number,
        Some(_) => {
            fields.refuse(key, "is not a positive number.");
            default
        }
        None => default,
    }
}

fn read_shop<V: Value>(navigation: &impl Navigation, fields: &Fields<'_, V>, loopback: bool) -> Option<Url> {
    let text = fields.string("shop");
    let whole = if says(&text, "://") { text } else { ["https://", &text].concat() };
    let url = navigation.parse_url(&whole, None).filter(|url| {
        let bare = url.path == "/" && url.query.is_empty() && url.fragment.is_empty() && !url.credentials;
        bare && secure_endpoint(navigation, &url.href, "shop", loopback).is_ok()
    });
    if url.is_none() {
        let problem = "is not a host like `example.com` (or an http origin on loopback, from a loopback page).";
        fields.refuse("shop", problem);
    }
    url
}

/// An endpoint that replaces a discovered one: https, or a path of this origin.
fn own_endpoint<V: Value>(navigation: &impl Navigation, fields: &Fields<'_, V>, text: &str, loopback: bool) -> String {
    match navigation.parse_url(text, Some(&navigation.address())) {
        Some(url) => {
            fields.take(secure_endpoint(navigation, &url.href, "customerEndpoint", loopback));
            url.href
        }
        None => {
            fields.refuse("customerEndpoint", "is not a URL or a path of this origin.");
            String::new()
        }
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
