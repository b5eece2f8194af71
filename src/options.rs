//! What a page configures, checked before anything is done with it.

use alloc::boxed::Box;
use alloc::string::String;

use crate::error::{Error, Problem, Result, Subject};
use crate::json::{Fields, Kind, Object, Value, Write};
use crate::oauth::CUSTOMER_MCP_SCOPE;
use crate::oauth::authorize::Wishes;
use crate::oauth::discovery::{Policy, is_secure};
use crate::platform::{Platform, Url, header_safe};
use crate::words::{copy, join, says};

/// Time limit of one request, ms, unless the page says otherwise.
pub const TIMEOUT_MS: f64 = 30_000.0;
/// How long a call waits for a rate limit to pass, ms, unless the page says otherwise.
const RATE_LIMIT_WAIT_MS: f64 = 60_000.0;
/// Largest tool answer, bytes, unless the page says otherwise.
pub const MAX_ANSWER_BYTES: f64 = 16_777_216.0;

/// One shop and one client: what every sign-in needs.
pub struct Target<V> {
    /// The storefront.
    pub shop: Url,
    /// The public client.
    pub client_id: String,
    /// As registered.
    pub redirect_uri: String,
    /// Space-separated.
    pub scope: String,
    /// Issuers that the page allows besides the shop's.
    pub issuers: Option<V>,
    /// Whether plain http on loopback is allowed.
    pub loopback: bool,
}

impl<V: Value> Target<V> {
    /// Reads the members that every sign-in needs.
    ///
    /// Errors: `option_invalid`, `secret_in_page`.
    pub fn read(platform: &impl Platform, options: &V) -> Result<Box<Self>> {
        let fields = Fields::of(options, Subject::Options);
        let target = Self::of(platform, &fields, true);
        fields.end()?;
        Ok(target)
    }

    /// `has_client` is false for a page that signs nobody in.
    #[inline(never)]
    fn of(platform: &impl Platform, fields: &Fields<'_, V>, has_client: bool) -> Box<Self> {
        refuse_secrets(fields, "");
        let page = platform.page().unwrap_or_default();
        let loopback = page.is_loopback();
        let (client_id, redirect_uri) =
            if has_client { read_client(platform, fields, &page) } else { Default::default() };
        let scope = fields.optional_string("scope").unwrap_or_else(|| copy(CUSTOMER_MCP_SCOPE));
        if !header_safe(&scope) {
            fields.refuse("scope", Problem::ScopeInvalid);
        }
        let shop = read_shop(platform, fields, loopback);
        Box::new(Self { shop, client_id, redirect_uri, scope, issuers: fields.strings("issuers"), loopback })
    }

    /// What the shop's documents are held to.
    #[must_use]
    pub fn policy(&self) -> Policy<'_, V> {
        Policy { shop: &self.shop, issuers: self.issuers.as_ref(), loopback: self.loopback }
    }
}

/// `clientId` and `redirectUri`.
fn read_client<V: Value>(platform: &impl Platform, fields: &Fields<'_, V>, page: &Url) -> (String, String) {
    let client_id = fields.string("clientId");
    if client_id.starts_with(SECRET_PREFIX) {
        fields.refuse("clientId", Problem::SecretInPage);
    }
    let redirect_uri = fields.string("redirectUri");
    let redirect = platform.parse_url(&redirect_uri, None).unwrap_or_default();
    if !redirect.href().starts_with("http") {
        fields.refuse("redirectUri", Problem::RedirectUriRelative);
    }
    if redirect.origin() != page.origin() || redirect.after_origin().is_none_or(|rest| says(rest, "#")) {
        fields.refuse("redirectUri", Problem::RedirectUriElsewhere);
    }
    (client_id, redirect_uri)
}

/// Everything that a page configures, checked and with its defaults.
pub struct Settings {
    /// The storefront's origin.
    pub shop: String,
    /// The public client; empty for a page that signs nobody in.
    pub client_id: String,
    /// As registered.
    pub redirect_uri: String,
    /// Space-separated.
    pub scope: String,
    /// Replaces the discovered endpoint.
    pub customer_endpoint: Option<String>,
    /// How the token is written: `raw`, as Shopify documents it for its customer server, or `Bearer` (RFC 6750).
    pub authorization: &'static str,
    /// What a call may do when nobody is signed in: `redirect`, `popup` or `event`.
    pub on_sign_in_needed: &'static str,
    /// Where the tokens are kept: `session`, `memory`, `local`, or `own` for the page's own store.
    pub storage: &'static str,
    /// Time limit of one request, ms.
    pub timeout_ms: f64,
    /// How long a call waits for a rate limit to pass, ms.
    pub rate_limit_wait_ms: f64,
    /// Largest tool answer, bytes.
    pub max_answer_bytes: f64,
    /// Whether arguments are held to the tool's own schema before they are sent.
    pub check_arguments: bool,
}

impl Write for Settings {
    fn write(&self, object: &mut impl Object) {
        object.text("shop", Some(&self.shop));
        object.text("clientId", Some(&self.client_id));
        object.text("redirectUri", Some(&self.redirect_uri));
        object.text("scope", Some(&self.scope));
        object.text("customerEndpoint", self.customer_endpoint.as_deref());
        object.text("authorization", Some(self.authorization));
        object.text("onSignInNeeded", Some(self.on_sign_in_needed));
        object.text("storage", Some(self.storage));
        object.number("timeoutMs", Some(self.timeout_ms));
        object.number("rateLimitWaitMs", Some(self.rate_limit_wait_ms));
        object.number("maxAnswerBytes", Some(self.max_answer_bytes));
        object.flag("checkArguments", self.check_arguments);
    }
}

const KNOWN: [&str; 14] = [
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
    "checkArguments",
    "prefetch",
];

impl Settings {
    /// Reads and checks them. `strict` refuses a member that is not known, since it is most likely misspelt; `others` are
    /// known to another room. With `agent` or `catalog` among them, a page may sign nobody in.
    ///
    /// Errors: `option_invalid`, `secret_in_page`, `endpoint_not_secure`.
    pub fn read<V: Value>(platform: &impl Platform, options: &V, strict: bool, others: &[&str]) -> Result<Self> {
        let fields = Fields::of(options, Subject::Options);
        let is_there = |key| fields.member(key).is_some();
        let is_more = others.iter().any(|key| matches!(*key, "agent" | "catalog") && is_there(key));
        let has_client = !is_more || is_there("clientId") || is_there("redirectUri");
        let target = Target::of(platform, &fields, has_client);
        let is_known = |key: &str| KNOWN.contains(&key) || others.contains(&key);
        let strangers = fields.keys().filter(|key| strict && !is_known(key));
        strangers.for_each(|key| fields.keep(Error::new(Problem::OptionUnknown).field(key)));
        let settings = Self {
            shop: copy(target.shop.origin()),
            client_id: target.client_id,
            redirect_uri: target.redirect_uri,
            scope: target.scope,
            customer_endpoint: own_endpoint(platform, &fields, "customerEndpoint", target.loopback),
            authorization: authorization(&fields),
            on_sign_in_needed: sign_in_policy(&fields).unwrap_or("redirect"),
            storage: storage(&fields),
            timeout_ms: fields.positive("timeoutMs").unwrap_or(TIMEOUT_MS),
            rate_limit_wait_ms: fields.positive("rateLimitWaitMs").unwrap_or(RATE_LIMIT_WAIT_MS),
            max_answer_bytes: fields.positive("maxAnswerBytes").unwrap_or(MAX_ANSWER_BYTES),
            check_arguments: fields.flag("checkArguments"),
        };
        // The shell has acted on it by now.
        fields.flag("prefetch");
        fields.end()?;
        Ok(settings)
    }
}

/// Checks the options of a login that keeps its session.
///
/// Errors: `option_invalid`.
pub fn check_login_options<V: Value>(options: &V) -> Result<()> {
    Wishes::read(options)?;
    let fields = Fields::of(options, Subject::LoginOptions);
    fields.choice("mode", &["redirect", "popup"], Problem::ModeUnknown);
    fields.optional_string("returnTo");
    fields.end()
}

/// How the token is written.
pub fn authorization<V: Value>(fields: &Fields<'_, V>) -> &'static str {
    fields.choice("authorization", &["raw", "Bearer"], Problem::AuthorizationUnknown).unwrap_or("raw")
}

/// What a call may do when nobody is signed in.
pub fn sign_in_policy<V: Value>(fields: &Fields<'_, V>) -> Option<&'static str> {
    fields.choice("onSignInNeeded", &["redirect", "popup", "event"], Problem::SignInPolicyUnknown)
}

fn storage<V: Value>(fields: &Fields<'_, V>) -> &'static str {
    match fields.member("storage") {
        Some(store) if store.kind() != Kind::String => "own",
        _ => fields.choice("storage", &["session", "local", "memory"], Problem::StorageUnknown).unwrap_or("session"),
    }
}

fn read_shop<V: Value>(platform: &impl Platform, fields: &Fields<'_, V>, loopback: bool) -> Url {
    let text = fields.string("shop");
    let whole = if says(&text, "://") { text } else { join(&["https://", &text]) };
    let url = platform.parse_url(&whole, None).unwrap_or_default();
    if url.after_origin() != Some("/") || !is_secure(platform, url.href(), loopback) {
        fields.refuse("shop", Problem::ShopInvalid);
    }
    url
}

/// An endpoint that replaces the discovered one: https, or a path of this origin.
pub fn own_endpoint<V: Value>(
    platform: &impl Platform,
    fields: &Fields<'_, V>,
    key: &'static str,
    loopback: bool,
) -> Option<String> {
    let text = fields.optional_string(key)?;
    let Some(url) = platform.parse_url(&text, Some(&platform.address())) else {
        fields.refuse(key, Problem::EndpointInvalid);
        return None;
    };
    if !is_secure(platform, url.href(), loopback) {
        fields.refuse(key, Problem::EndpointNotSecure);
    }
    Some(copy(url.href()))
}

/// How the secrets of Shopify's apps begin.
const SECRET_PREFIX: &str = "shpss_";

/// A secret in a page is public: it is refused by its name, before anything is read. `but` is a name that is none.
pub fn refuse_secrets<V: Value>(fields: &Fields<'_, V>, but: &str) {
    let is_secret = |key: &String| key != but && ["secret", "private", "password"].iter().any(|word| says(key, word));
    if let Some(key) = fields.keys().find(is_secret) {
        fields.keep(Error::new(Problem::SecretInPage).field(key));
    }
}
