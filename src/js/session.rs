//! Sessions: their records, and the sign-out.

use wasm_bindgen::prelude::*;

use super::outcome::{Outcome, present, text, to_object};
use crate::oauth::token::TokenAnswer;
use crate::session::logout;
use crate::session::pending::Pending;
use crate::session::record::Record;
use crate::web::Browser;

/// The record of the session that a login begins. `claims` are those of a checked ID token, or `null`.
#[wasm_bindgen(js_name = beginSession)]
pub fn begin_session(pending: &JsValue, tokens: &JsValue, claims: &JsValue, verified: bool) -> Outcome {
    let (pending, tokens) = (Pending::read(pending)?, TokenAnswer::read(tokens)?);
    Ok(to_object(&Record::begin(&Browser, pending, tokens, present(claims), verified)?))
}

/// The record after a renewal.
#[wasm_bindgen(js_name = renewSession)]
pub fn renew_session(record: &JsValue, tokens: &JsValue) -> Outcome {
    Ok(to_object(&Record::read(record)?.renew(&Browser, TokenAnswer::read(tokens)?)?))
}

/// A record that was stored or came from another tab; `undefined` when it is none.
#[wasm_bindgen(js_name = readSession)]
pub fn read_session(value: &JsValue) -> JsValue {
    Record::read(value).map_or(JsValue::UNDEFINED, |record| to_object(&record))
}

/// Whether a record replaces another.
#[wasm_bindgen]
pub fn supersedes(record: &JsValue, other: &JsValue) -> Outcome<bool> {
    Ok(Record::read(record)?.supersedes(&*Record::read(other)?))
}

/// Where to sign out at the shop; `undefined` where that is not possible.
#[wasm_bindgen(js_name = logoutUrl)]
pub fn logout_url(record: &JsValue, back: &str) -> Option<JsValue> {
    logout::logout_url(&Browser, &*Record::read(record).ok()?, back).map(|url| text(&url))
}

/// A page of this origin, absolute.
#[wasm_bindgen(js_name = ownPage)]
pub fn own_page(address: &str) -> Outcome {
    Ok(text(&logout::own_page(&Browser, address)?))
}
