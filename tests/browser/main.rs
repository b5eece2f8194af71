//! `src/web` in a real browser, and what `src/js` exports to JavaScript.
//!
//! Where a crate of ours can look at the same thing from the other side (gloo-net, gloo-storage, serde-wasm-bindgen),
//! it is the witness. What only JavaScript can set up is in `page.js`.

#![cfg(target_arch = "wasm32")]
// Here a panic is how a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod abort;
mod address;
mod channels;
mod clock;
mod errors;
mod exports;
mod fetch;
mod json;
mod locks;
mod signatures;
mod storage;
mod wire;

use js_sys::{JsString, Object, Reflect};
use shopper_mcp::error::{Code, Error};
use shopper_mcp::platform::Json;
use shopper_mcp::web::{Browser, TokenArea};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

/// The browser that the tests run in.
fn browser() -> Browser {
    Browser::new(TokenArea::Tab, Box::new(|_| {}))
}

fn parse(text: &str) -> JsValue {
    browser().parse(&JsString::from(text)).unwrap_or_else(|| panic!("not JSON: {text}"))
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

/// The error, which has to carry this code.
fn refused<T>(outcome: shopper_mcp::error::Result<T>, code: Code) -> Error {
    let error = outcome.err().unwrap_or_else(|| panic!("expected {}", code.text()));
    assert_eq!(error.code(), code, "{error:?}");
    error
}

/// The value of the browser that an error was made from.
fn cause_of(error: &Error) -> JsValue {
    let cause = error.fault().cause.as_ref().expect("an error with a cause");
    cause.downcast_ref::<JsValue>().expect("a cause of the browser").clone()
}
