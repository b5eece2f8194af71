//! `src/web` in a real browser, and what `src/js` exports to JavaScript.
//!
//! Where a crate of ours can look at the same thing from the other side (serde_json, serde-wasm-bindgen, gloo-storage, web-sys), it is the
//! witness. What only JavaScript can set up is in `page.js`.

#![cfg(target_arch = "wasm32")]
// Here a panic is how a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod address;
mod errors;
mod exports;
mod json;
mod network;
mod storage;
mod ucp;
mod ucp_signature;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    fn exported(name: &str) -> Function;
    fn origin() -> String;
}

/// Calls an export of the wasm.
fn call(name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let arguments: Array = arguments.iter().collect();
    Reflect::apply(&exported(name), &JsValue::UNDEFINED, &arguments)
}

fn parse(text: &str) -> JsValue {
    js_sys::JSON::parse(text).unwrap_or_else(|_| panic!("not JSON: {text}"))
}

/// A member, as JavaScript sees it.
fn member(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap()
}

fn text_member(object: &JsValue, key: &str) -> String {
    member(object, key).as_string().unwrap_or_else(|| panic!("{key} is not a string"))
}

/// An object with these members.
fn object<const COUNT: usize>(members: [(&str, JsValue); COUNT]) -> JsValue {
    let object = Object::new();
    for (key, value) in members {
        Reflect::set(&object, &key.into(), &value).unwrap();
    }
    object.into()
}

/// A page on this origin, a shop on this origin too.
fn options() -> JsValue {
    object([
        ("shop", origin().into()),
        ("clientId", "browser-test".into()),
        ("redirectUri", [&origin(), "/account"].concat().into()),
        ("scope", "openid".into()),
    ])
}

/// The same with another member.
fn options_with(key: &str, value: JsValue) -> JsValue {
    let options = options();
    Reflect::set(&options, &key.into(), &value).unwrap();
    options
}

/// The login document of a shop on this origin.
fn login_document() -> JsValue {
    let url = |path: &str| JsValue::from([&origin(), path].concat());
    object([
        ("issuer", origin().into()),
        ("authorization_endpoint", url("/authorize?theme=dark")),
        ("token_endpoint", url("/token")),
        ("jwks_uri", url("/keys")),
        ("code_challenge_methods_supported", parse(r#"["S256"]"#)),
    ])
}
