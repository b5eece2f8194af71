//! The functions of `browser.js`.

use js_sys::{Array, Function, JsString, Promise};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

#[wasm_bindgen(module = "/src/web/browser.js")]
extern "C" {
    pub(super) fn own(value: &JsValue, key: &str) -> JsValue;
    #[wasm_bindgen(js_name = ownKeys)]
    pub(super) fn own_keys(value: &JsValue) -> Array;
    pub(super) fn kind(value: &JsValue) -> u8;
    pub(super) fn parse(text: &JsString) -> JsValue;
    pub(super) fn stringify(value: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = firstUnit)]
    pub(super) fn first_unit(text: &JsString) -> i32;

    pub(super) type Pieces;
    #[wasm_bindgen(constructor)]
    pub(super) fn new(body: Option<web_sys::ReadableStream>) -> Pieces;
    #[wasm_bindgen(method)]
    pub(super) fn next(this: &Pieces) -> Promise;

    pub(super) fn acquire(name: &str, ms: u32) -> Promise;
    #[wasm_bindgen(js_name = onAbort)]
    pub(super) fn on_abort(signal: &AbortSignal, ring: &JsValue) -> Function;
    pub(super) fn verify(key: &JsValue, es256: bool, signed: &[u8], signature: &[u8]) -> Promise;
}
