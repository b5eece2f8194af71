//! The session as a page may see it: no token is a part of it.

use js_sys::Reflect;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::oauth::id_token::IdToken;
use crate::session::Session;
use crate::web::Browser;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Snapshot<'a> {
    signed_in: bool,
    claims: (),
    expires_at: Option<f64>,
    scope: Option<&'a str>,
    id_token_signature: Option<&'static str>,
    persistent: bool,
}

/// The session at this moment.
pub(super) fn snapshot(session: &Session<Browser>) -> JsValue {
    let record = session.record();
    let id_token = record.as_ref().and_then(|record| record.id_token.as_deref());
    let claims = id_token.and_then(|token| IdToken::parse(session.platform(), token).ok()).map(|token| token.claims);
    let object = to_object(&Snapshot {
        signed_in: record.is_some(),
        claims: (),
        expires_at: record.as_ref().and_then(|record| record.expires_at),
        scope: record.as_ref().and_then(|record| record.scope.as_deref()),
        id_token_signature: record
            .as_ref()
            .and_then(|record| record.id_token.as_ref().map(|_| signature_word(record.signature_verified))),
        persistent: session.is_persistent(),
    });
    if let Some(claims) = claims {
        set(&object, "claims", &claims);
    }
    object
}

/// Whether an ID token's signature was checked, as the page reads it.
pub(super) fn signature_word(verified: bool) -> &'static str {
    if verified { "verified" } else { "unverified" }
}

/// One of our structs as a plain object; what is `None` becomes `null`.
pub(super) fn to_object(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true);
    value.serialize(&serializer).unwrap_or(JsValue::NULL)
}

/// Sets a member of an object of ours.
pub(super) fn set(object: &JsValue, key: &str, value: &JsValue) {
    // A plain object of our own takes any member.
    let _ = Reflect::set(object, &key.into(), value);
}
