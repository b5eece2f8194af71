//! A login that is under way: what its way back is held to.

use alloc::boxed::Box;
use alloc::string::String;

use crate::error::{Error, Problem, Result, Subject};
use crate::json::{Fields, Object, Value, Write};
use crate::oauth::asks_for_id_token;
use crate::oauth::authorize::{Request, Wishes, authorization_url};
use crate::oauth::callback::Callback;
use crate::oauth::discovery::{Login, is_secure};
use crate::oauth::id_token::{Expected, IdToken};
use crate::oauth::pkce::{Pkce, random_text};
use crate::oauth::token::exchange_form;
use crate::options::Target;
use crate::platform::Platform;
use crate::words::join;

/// How long a login may take, ms.
pub const LIFETIME: f64 = 600_000.0;

/// Everything that the way back needs. Whoever kept it, it is checked like anything that was stored.
pub struct Pending {
    /// Where to send the browser; empty when it was read back.
    pub url: String,
    /// A mark and 32 random bytes.
    pub state: String,
    /// PKCE.
    pub code_verifier: String,
    /// Only with `openid`.
    pub nonce: Option<String>,
    /// The configured shop's origin.
    pub shop: String,
    /// The public client.
    pub client_id: String,
    /// As sent.
    pub redirect_uri: String,
    /// As asked for.
    pub scope: String,
    /// The issuer that was discovered before the page was left.
    pub issuer: String,
    /// The only address that the code is sent to.
    pub token_endpoint: String,
    /// Keys of the ID token.
    pub jwks_uri: Option<String>,
    /// For the logout later.
    pub end_session_endpoint: Option<String>,
    /// Whether the callback has to name its issuer.
    pub iss_required: bool,
    /// ms since the epoch.
    pub created_at: f64,
}

impl Write for Pending {
    fn write(&self, object: &mut impl Object) {
        object.text("url", Some(&self.url));
        object.text("state", Some(&self.state));
        object.text("codeVerifier", Some(&self.code_verifier));
        object.text("nonce", self.nonce.as_deref());
        object.text("shop", Some(&self.shop));
        object.text("clientId", Some(&self.client_id));
        object.text("redirectUri", Some(&self.redirect_uri));
        object.text("scope", Some(&self.scope));
        object.text("issuer", Some(&self.issuer));
        object.text("tokenEndpoint", Some(&self.token_endpoint));
        object.text("jwksUri", self.jwks_uri.as_deref());
        object.text("endSessionEndpoint", self.end_session_endpoint.as_deref());
        object.flag("issRequired", self.iss_required);
        object.number("createdAt", Some(self.created_at));
    }
}

impl Pending {
    /// Makes one authorization request and what its way back needs. `mark` tells apart what a `state` belongs to.
    ///
    /// Errors: `randomness_unavailable`, `discovery_invalid`.
    pub fn begin<V: Value>(
        platform: &impl Platform,
        target: Box<Target<V>>,
        login: Box<Login>,
        wishes: &Wishes<'_, V>,
        mark: &str,
    ) -> Result<Self> {
        let pkce = Pkce::generate(platform)?;
        let nonce = if asks_for_id_token(&target.scope) { Some(random_text(platform)?) } else { None };
        let state = join(&[mark, &random_text(platform)?]);
        let request = Request {
            authorization_endpoint: &login.authorization_endpoint,
            client_id: &target.client_id,
            redirect_uri: &target.redirect_uri,
            scope: &target.scope,
            state: &state,
            code_challenge: &pkce.challenge,
            nonce: nonce.as_deref(),
        };
        Ok(Self {
            url: authorization_url(platform, &request, wishes)?,
            state,
            code_verifier: pkce.verifier,
            nonce,
            shop: String::from(target.shop.origin()),
            client_id: target.client_id,
            redirect_uri: target.redirect_uri,
            scope: target.scope,
            issuer: login.issuer,
            token_endpoint: login.token_endpoint,
            jwks_uri: login.jwks_uri,
            end_session_endpoint: login.end_session_endpoint,
            iss_required: login.iss_promised,
            created_at: platform.now(),
        })
    }

    /// Reads one back.
    ///
    /// Errors: `option_invalid`, naming the member.
    #[inline(never)]
    pub fn read<V: Value>(value: &V) -> Result<Box<Self>> {
        let fields = Fields::of(value, Subject::PendingLogin);
        let pending = Box::new(Self {
            url: String::new(),
            state: fields.string("state"),
            code_verifier: fields.string("codeVerifier"),
            nonce: fields.optional_string("nonce"),
            shop: fields.string("shop"),
            client_id: fields.string("clientId"),
            redirect_uri: fields.string("redirectUri"),
            scope: fields.string("scope"),
            issuer: fields.string("issuer"),
            token_endpoint: fields.string("tokenEndpoint"),
            jwks_uri: fields.optional_string("jwksUri"),
            end_session_endpoint: fields.optional_string("endSessionEndpoint"),
            iss_required: fields.flag("issRequired"),
            created_at: fields.optional_number("createdAt").unwrap_or(0.0),
        });
        fields.end()?;
        Ok(pending)
    }

    /// Body of the code exchange, when the callback with this query answers the login. Nothing of the callback is
    /// believed before its `state` and its issuer fit.
    ///
    /// Errors: `endpoint_not_secure`, `callback_invalid`, `state_mismatch`, `login_expired`, `issuer_mismatch`, and of
    /// [`Callback::code`].
    pub fn exchange_form(&self, platform: &impl Platform, query: &str) -> Result<String> {
        if !is_secure(platform, &self.token_endpoint, platform.on_loopback()) {
            return Err(Error::at(Problem::EndpointNotSecure, "tokenEndpoint"));
        }
        let callback = Callback::parse(platform, query)?;
        callback.check_state(&self.state)?;
        self.check_age(platform.now())?;
        callback.check_issuer(&self.issuer, self.iss_required)?;
        Ok(exchange_form(&self.client_id, &self.redirect_uri, &callback.code()?, &self.code_verifier))
    }

    /// The ID token that came with an access token, every claim checked; its signature is not.
    ///
    /// Errors: `id_token_invalid`.
    pub fn check_id_token<P: Platform>(
        &self,
        platform: &P,
        token: &str,
        access_token: &str,
    ) -> Result<Box<IdToken<P::Value>>> {
        let token = IdToken::parse(platform, token)?;
        token.check(&Expected {
            issuer: &self.issuer,
            client_id: &self.client_id,
            nonce: self.nonce.as_deref(),
            access_token,
            now: platform.now(),
        })?;
        Ok(token)
    }

    /// Refuses a login that has taken too long, or that the clock stands before.
    ///
    /// Errors: `login_expired`.
    pub fn check_age(&self, now: f64) -> Result<()> {
        if (self.created_at..self.created_at + LIFETIME).contains(&now) {
            return Ok(());
        }
        Err(Error::new(Problem::LoginExpired))
    }
}
