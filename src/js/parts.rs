//! The parts, each usable alone: nothing here stores anything.

use js_sys::{Object, Promise};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::session::{set, signature_word, to_object};
use super::{errors, promise, signal_of};
use crate::call::{Message, Server, without_session};
use crate::client::{
    MAX_ANSWER_BYTES, RATE_LIMIT_WAIT_MS, TIMEOUT_MS, Target, begin_login as begin, complete_login as complete,
    discover_login, positive, read_style, read_wishes,
};
use crate::error::Code;
use crate::json::{Fields, Value};
use crate::oauth::callback::Callback;
use crate::oauth::discovery::secure_endpoint;
use crate::oauth::pkce::Pkce;
use crate::platform::{Json, Navigation, Url};
use crate::session::pending::{Pending, REDIRECT_MARK};
use crate::web::{Browser, TokenArea};

fn browser() -> Browser {
    Browser::new(TokenArea::Nowhere, Box::new(|_| {}))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PkcePair<'a> {
    code_verifier: &'a str,
    code_challenge: &'a str,
    code_challenge_method: &'static str,
}

/// A fresh PKCE pair.
#[wasm_bindgen(js_name = generatePkce)]
pub fn generate_pkce() -> Result<JsValue, JsValue> {
    let pair = Pkce::generate(&browser()).map_err(|error| errors::to_js(&error))?;
    Ok(to_object(&PkcePair {
        code_verifier: &pair.verifier,
        code_challenge: &pair.challenge,
        code_challenge_method: "S256",
    }))
}

/// Discovers the shop's login and builds one authorization request: a promise of a `PendingLogin`.
#[wasm_bindgen(js_name = beginLogin)]
pub fn begin_login(options: JsValue) -> Promise {
    promise(signal_of(&options), async move {
        let browser = browser();
        let target = Target::read(&browser, &options)?;
        let wishes = read_wishes(&options)?;
        let login = discover_login(&browser, &target).await?;
        let (pending, url) = begin(&browser, &target, &login, &wishes, REDIRECT_MARK)?;
        let text = pending.write().string("url", &url).finish();
        let object = browser.parse(&browser.text_out(&text)).unwrap_or(JsValue::NULL);
        for absent in ["nonce", "jwksUri", "endSessionEndpoint"] {
            if object.get(absent).is_none() {
                set(&object, absent, &JsValue::NULL);
            }
        }
        set(&object, "issRequired", &pending.iss_required.into());
        Ok(object)
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TokenSet<'a> {
    access_token: &'a str,
    refresh_token: Option<&'a str>,
    id_token: Option<&'a str>,
    scope: Option<&'a str>,
    expires_in_seconds: Option<f64>,
    claims: (),
    id_token_signature: Option<&'static str>,
}

/// Checks a callback against its login and exchanges the code: a promise of `Tokens`.
#[wasm_bindgen(js_name = completeLogin)]
pub fn complete_login(options: JsValue) -> Promise {
    promise(signal_of(&options), async move {
        let browser = browser();
        let fields = Fields::of(&options, Code::OptionInvalid, "The options");
        let callback_url = fields.string("callbackUrl");
        let pending = fields.member("pending");
        if pending.is_none() {
            fields.refuse("pending", "is missing: it is what `beginLogin` gave.");
        }
        let pending = Pending::read(&fields.end(pending)?.unwrap_or(JsValue::NULL))?;
        // The page kept it, so it is checked like anything that was stored.
        secure_endpoint(&browser, &pending.token_endpoint, "tokenEndpoint", on_loopback(&browser))?;
        let query = callback_url.split('#').next().unwrap_or_default();
        let query = query.split_once('?').map_or(query, |(_, query)| query);
        let tokens = complete(&browser, &pending, Callback::parse(query)?).await?;
        let answer = &tokens.answer;
        let object = to_object(&TokenSet {
            access_token: &answer.access_token,
            refresh_token: answer.refresh_token.as_deref(),
            id_token: answer.id_token.as_deref(),
            scope: answer.scope.as_deref(),
            expires_in_seconds: answer.expires_in,
            claims: (),
            id_token_signature: tokens.claims.as_ref().map(|_| signature_word(tokens.signature_verified)),
        });
        if let Some(claims) = &tokens.claims {
            set(&object, "claims", claims);
        }
        Ok(object)
    })
}

/// One JSON-RPC request: a promise of its `result`, untouched.
#[wasm_bindgen(js_name = callMcp)]
pub fn call_mcp(options: JsValue) -> Promise {
    promise(signal_of(&options), async move {
        let browser = browser();
        let fields = Fields::of(&options, Code::OptionInvalid, "The options");
        let (endpoint, method) = (fields.string("endpoint"), fields.string("method"));
        let url = browser.parse_url(&endpoint, Some(&browser.address())).map(|url| url.href).unwrap_or_default();
        fields.take(secure_endpoint(&browser, &url, "endpoint", on_loopback(&browser)));
        let token = fields.optional_string("accessToken");
        let params = fields.member("params").unwrap_or_else(|| Object::new().into());
        let params = browser.stringify(&params);
        if params.is_none() {
            fields.refuse("params", "has no JSON form.");
        }
        let timeout_ms = positive(&fields, "timeoutMs", TIMEOUT_MS);
        let answer_limit = positive(&fields, "maxAnswerBytes", MAX_ANSWER_BYTES);
        let params = fields.end(params)?.unwrap_or_default();
        let server = Server::new(url, read_style(&options)?, answer_limit);
        let message = Message { method: &method, params: &params, timeout_ms, patience_ms: RATE_LIMIT_WAIT_MS };
        without_session(&browser, &server, &message, token.as_deref()).await
    })
}

fn on_loopback(browser: &Browser) -> bool {
    browser.parse_url(&browser.address(), None).as_ref().is_some_and(Url::is_loopback)
}
