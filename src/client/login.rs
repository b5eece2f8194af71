//! The two halves of a sign-in, usable alone: neither stores anything.

use super::options::Target;
use crate::error::{Code, Error, Result};
use crate::exchange::{DOCUMENT_LIMIT, exchange};
use crate::json::{Fields, Value};
use crate::oauth::asks_for_id_token;
use crate::oauth::authorize::{Request as AuthorizationRequest, Wishes, authorization_url};
use crate::oauth::callback::Callback;
use crate::oauth::discovery::{LOGIN_DOCUMENT, LOGIN_DOCUMENT_RFC8414, Login};
use crate::oauth::id_token::{Expected, IdToken, bad_signature};
use crate::oauth::pkce::{Pkce, random_text};
use crate::oauth::token::{TokenAnswer, Verdict, exchange_form};
use crate::platform::{Platform, Request};
use crate::session::pending::Pending;
use crate::session::record::Record;
use crate::session::request_tokens;
use crate::wait::both;

/// Reads a page's wishes for one sign-in.
///
/// Errors: `option_invalid`.
pub fn read_wishes<V: Value>(options: &V) -> Result<Wishes> {
    let fields = Fields::of(options, Code::OptionInvalid, "The login options");
    let wishes = Wishes {
        locale: fields.optional_string("locale"),
        region_country: fields.optional_string("regionCountry"),
        login_hint: fields.optional_string("loginHint"),
        login_hint_mode: fields.optional_string("loginHintMode"),
        prompt: fields.optional_string("prompt"),
        acr_values: fields.optional_string("acrValues"),
    };
    if wishes.login_hint_mode.is_some() && wishes.login_hint.is_none() {
        fields.refuse("loginHintMode", "only goes with `loginHint`.");
    }
    if wishes.prompt.as_deref().is_some_and(|prompt| prompt != "none" && prompt != "login") {
        fields.refuse("prompt", "is not `none` or `login`.");
    }
    fields.end(wishes)
}

/// Fetches one of the shop's documents.
///
/// Errors: `discovery_unavailable`, `discovery_invalid`, `discovery_redirected`, `too_large`, of the network.
pub async fn fetch_document<P: Platform>(platform: &P, target: &Target, path: &str) -> Result<P::Value> {
    read_document(platform, [&target.shop.origin, path].concat(), target.timeout_ms).await
}

async fn read_document<P: Platform>(platform: &P, url: String, timeout_ms: f64) -> Result<P::Value> {
    let request = Request { url, headers: vec![("accept", "application/json".to_owned())], body: None };
    let answered = exchange(platform, request, DOCUMENT_LIMIT, timeout_ms).await?;
    match (answered.status, answered.value) {
        (200, Some(document)) => Ok(document),
        (200, None) => {
            Err(Error::new(Code::DiscoveryInvalid, "The shop's discovery document is not JSON: check `shop`."))
        }
        (0, _) => Err(Error::new(
            Code::DiscoveryRedirected,
            "The shop redirects its discovery document: give the `shop` that it redirects to, or open a shop behind a password.",
        )),
        (status, _) => {
            let sentence = "The shop has no such discovery document: check `shop`.";
            let error = Error::new(Code::DiscoveryUnavailable, sentence).status(status);
            Err(if status >= 500 { error.retryable() } else { error })
        }
    }
}

/// Discovers where the shop signs its customers in.
///
/// Errors: of the two requests, and as [`Login::read`].
pub async fn discover_login<P: Platform>(platform: &P, target: &Target) -> Result<Login> {
    let document = match fetch_document(platform, target, LOGIN_DOCUMENT).await {
        Err(error) if error.fault().status == Some(404) => {
            fetch_document(platform, target, LOGIN_DOCUMENT_RFC8414).await?
        }
        other => other?,
    };
    Login::read(platform, &document, &target.policy())
}

/// Makes one authorization request and what its way back needs.
///
/// Errors: `randomness_unavailable`, `discovery_invalid`.
pub fn begin_login<P: Platform>(
    platform: &P,
    target: &Target,
    login: &Login,
    wishes: &Wishes,
    mark: &str,
) -> Result<(Pending, String)> {
    let pkce = Pkce::generate(platform)?;
    let nonce = if asks_for_id_token(&target.scope) { Some(random_text(platform)?) } else { None };
    let state = [mark, &random_text(platform)?].concat();
    let url = authorization_url(
        &AuthorizationRequest {
            authorization_endpoint: &login.authorization_endpoint,
            client_id: &target.client_id,
            redirect_uri: &target.redirect_uri,
            scope: &target.scope,
            state: &state,
            code_challenge: &pkce.challenge,
            nonce: nonce.as_deref(),
        },
        wishes,
    )?;
    let pending = Pending {
        state,
        code_verifier: pkce.verifier,
        nonce,
        shop: target.shop.origin.clone(),
        client_id: target.client_id.clone(),
        redirect_uri: target.redirect_uri.clone(),
        scope: target.scope.clone(),
        issuer: login.issuer.clone(),
        token_endpoint: login.token_endpoint.clone(),
        jwks_uri: login.jwks_uri.clone(),
        end_session_endpoint: login.end_session_endpoint.clone(),
        iss_required: login.iss_promised,
        created_at: platform.now(),
    };
    Ok((pending, url))
}

/// What a sign-in brought.
pub struct Tokens<V> {
    /// As the token endpoint answered.
    pub answer: TokenAnswer,
    /// Claims of the ID token, checked.
    pub claims: Option<V>,
    /// Whether the ID token's signature was checked too.
    pub signature_verified: bool,
}

impl<V: Value> Tokens<V> {
    /// The session that they begin.
    #[must_use]
    pub fn into_record(self, pending: &Pending, now: f64) -> Record {
        let mut record = Record {
            id: String::new(),
            generation: 0.0,
            started_at: now,
            issuer: pending.issuer.clone(),
            token_endpoint: pending.token_endpoint.clone(),
            end_session_endpoint: pending.end_session_endpoint.clone(),
            access_token: String::new(),
            refresh_token: None,
            id_token: self.answer.id_token.clone(),
            sub: self.claims.as_ref().and_then(|claims| claims.get("sub")).and_then(|sub| sub.text()),
            signature_verified: self.signature_verified,
            scope: None,
            expires_at: None,
            renew_at: None,
        };
        record.take(&self.answer, now);
        record
    }
}

/// Checks a callback against its login and exchanges the code: posted once, whatever happens.
///
/// Errors: of the callback (nothing is sent then), of the token endpoint, `id_token_invalid`.
pub async fn complete_login<P: Platform>(
    platform: &P,
    pending: &Pending,
    callback: Callback,
) -> Result<Tokens<P::Value>> {
    if callback.state.as_deref() != Some(pending.state.as_str()) {
        return Err(
            Error::new(Code::StateMismatch, "This callback answers another sign-in: it is not used.").field("state")
        );
    }
    callback.check_issuer(&pending.issuer, pending.iss_required)?;
    let code = callback.into_code()?;
    let form = exchange_form(&pending.client_id, &pending.redirect_uri, &code, &pending.code_verifier);
    let wants_keys = asks_for_id_token(&pending.scope);
    let key_set = async { if wants_keys { fetch_keys(platform, pending).await } else { None } };
    let (answer, key_set) = both(request_tokens(platform, &pending.token_endpoint, form), key_set).await;
    let answer = answer.map_err(|refused| match refused.verdict {
        // Whether the code was used is unknown: it is not posted again, but a new sign-in can succeed.
        Verdict::Transient => {
            refused.error.message("The login server could not be reached to finish the sign-in: sign in again.")
        }
        _ => refused.error,
    })?;
    match &answer.id_token {
        Some(id_token) if wants_keys => {
            let token = IdToken::parse(platform, id_token)?;
            token.check(&Expected {
                issuer: &pending.issuer,
                client_id: &pending.client_id,
                nonce: pending.nonce.as_deref(),
                access_token: &answer.access_token,
                now: platform.now(),
            })?;
            let signature_verified = check_signature(platform, pending, &token, key_set).await?;
            Ok(Tokens { answer, claims: Some(token.claims), signature_verified })
        }
        _ => Ok(Tokens { answer: TokenAnswer { id_token: None, ..answer }, claims: None, signature_verified: false }),
    }
}

/// `Ok(false)` where the key set cannot be reached: the answer came directly over TLS, which OpenID Connect Core
/// section 3.1.3.7 lets stand. A key that is not in the set is looked for once more.
async fn check_signature<P: Platform>(
    platform: &P,
    pending: &Pending,
    token: &IdToken<P::Value>,
    key_set: Option<P::Value>,
) -> Result<bool> {
    let Some(key_set) = key_set else { return Ok(false) };
    let key = match token.key_in(&key_set) {
        Some(key) => key,
        None => fetch_keys(platform, pending).await.and_then(|fresh| token.key_in(&fresh)).ok_or_else(bad_signature)?,
    };
    match platform.verify(&key, token.algorithm, token.signed.as_bytes(), &token.signature).await {
        Some(true) => Ok(true),
        _ => Err(bad_signature()),
    }
}

async fn fetch_keys<P: Platform>(platform: &P, pending: &Pending) -> Option<P::Value> {
    read_document(platform, pending.jwks_uri.clone()?, KEYS_TIMEOUT).await.ok()
}

/// Time limit for the key set, ms: it is fetched beside the exchange and may be missing.
const KEYS_TIMEOUT: f64 = 10_000.0;
