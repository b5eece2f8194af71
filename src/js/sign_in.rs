//! Signing in: options, discovery, the authorization request, its way back, the tokens.

use wasm_bindgen::prelude::*;

use super::outcome::{Outcome, text, to_object};
use crate::json::Value;
use crate::oauth::authorize::Wishes;
use crate::oauth::callback::Callback;
use crate::oauth::discovery::{Login, read_mcp_api};
use crate::oauth::id_token::{IdToken, key_for};
use crate::oauth::pkce::{Pkce, hash_text};
use crate::oauth::token::{self, TokenAnswer};
use crate::options::{Settings, Target, check_login_options as check};
use crate::session::pending::Pending;
use crate::web::{Browser, set, set_bytes};
use crate::words::join;

/// Options of `connect` that another room reads.
#[cfg(feature = "ucp")]
const OTHER_OPTIONS: &[&str] = &crate::ucp::setup::OPTIONS;
#[cfg(not(feature = "ucp"))]
const OTHER_OPTIONS: &[&str] = &[];

/// A fresh PKCE pair.
#[wasm_bindgen(js_name = generatePkce)]
pub fn generate_pkce() -> Outcome {
    Ok(to_object(&Pkce::generate(&Browser)?))
}

/// The options of a page, with their defaults.
#[wasm_bindgen(js_name = readOptions)]
pub fn read_options(options: &JsValue, strict: bool) -> Outcome {
    Ok(to_object(&Settings::read(&Browser, options, strict, OTHER_OPTIONS)?))
}

/// Throws what is wrong with the options of a login.
#[wasm_bindgen(js_name = checkLoginOptions)]
pub fn check_login_options(options: &JsValue) -> Outcome<()> {
    Ok(check(options)?)
}

/// What is used of the shop's `openid-configuration`, under its own names.
#[wasm_bindgen(js_name = readLoginServer)]
pub fn read_login_server(options: &JsValue, document: &JsValue) -> Outcome {
    let target = Target::read(&Browser, options)?;
    Ok(to_object(&Login::read(&Browser, document, &target.policy())?))
}

/// The Customer Accounts MCP endpoint of the shop's `customer-account-api`.
#[wasm_bindgen(js_name = readCustomerServer)]
pub fn read_customer_server(options: &JsValue, document: &JsValue) -> Outcome {
    let target = Target::read(&Browser, options)?;
    Ok(text(&read_mcp_api(&Browser, document, &target.policy())?))
}

/// One authorization request with what its way back needs.
#[wasm_bindgen(js_name = beginLogin)]
pub fn begin_login(options: &JsValue, wishes: &JsValue, login_server: &JsValue, mark: &str) -> Outcome {
    let target = Target::read(&Browser, options)?;
    let wishes = Wishes::read(wishes)?;
    let login = Login::read(&Browser, login_server, &target.policy())?;
    Ok(to_object(&Pending::begin(&Browser, target, login, &wishes, mark)?))
}

/// The login that a callback says it answers.
#[wasm_bindgen(js_name = callbackState)]
pub fn callback_state(query: &str) -> Outcome {
    Ok(text(&Callback::parse(&Browser, query)?.state()?))
}

/// The form that exchanges a callback's code, when it answers this login.
#[wasm_bindgen(js_name = exchangeForm)]
pub fn exchange_form(pending: &JsValue, query: &str) -> Outcome {
    Ok(text(&Pending::read(pending)?.exchange_form(&Browser, query)?))
}

/// The form that renews tokens.
#[wasm_bindgen(js_name = refreshForm)]
pub fn refresh_form(client_id: &str, refresh_token: &str) -> JsValue {
    text(&token::refresh_form(client_id, refresh_token))
}

/// The tokens of a token endpoint's answer. `body` is `undefined` when it is not JSON.
#[wasm_bindgen(js_name = readTokens)]
pub fn read_tokens(status: u16, body: &JsValue) -> Outcome {
    let body = if body.is_undefined() { None } else { Some(body) };
    Ok(to_object(&TokenAnswer::receive(status, body)?))
}

/// The ID token of a sign-in, taken apart for its signature to be checked; every claim is.
#[wasm_bindgen(js_name = checkIdToken)]
pub fn check_id_token(token: &str, pending: &JsValue, access_token: &str) -> Outcome {
    let token = Pending::read(pending)?.check_id_token(&Browser, token, access_token)?;
    let object = to_object(&token);
    set_bytes(&object, "signature", &token.signature);
    set(&object, "claims", &token.claims);
    Ok(object)
}

/// The key of a set that a token names; `undefined` when it is not in there.
#[wasm_bindgen(js_name = keyFor)]
pub fn key_of(algorithm: &str, kid: &JsValue, key_set: &JsValue) -> Option<JsValue> {
    key_for(algorithm, kid.text().as_deref(), key_set)
}

/// The claims of an ID token that was checked before; `undefined` when it is none.
#[wasm_bindgen(js_name = claimsOf)]
pub fn claims_of(id_token: &str) -> Option<JsValue> {
    IdToken::parse(&Browser, id_token).ok().map(|token| token.claims)
}

/// The name of the channel between a popup and its opener. Nobody who does not know the state can name it, and the name
/// does not tell the state.
#[wasm_bindgen(js_name = popupChannel)]
pub fn popup_channel(state: &str) -> JsValue {
    text(&join(&["shopper-mcp:popup:", &hash_text(state)]))
}
