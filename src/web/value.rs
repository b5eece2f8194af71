//! JSON by the browser's own parser: a [`Value`] is what `JSON.parse` made.

use alloc::string::String;

use wasm_bindgen::prelude::*;

use crate::json::{Kind, Object, Value};

#[wasm_bindgen(module = "/src/web/browser.js")]
extern "C" {
    fn own(value: &JsValue, key: &str) -> JsValue;
    #[wasm_bindgen(js_name = ownKey)]
    fn own_key(value: &JsValue, index: u32) -> Option<String>;
    fn element(value: &JsValue, index: u32) -> JsValue;
    fn kind(value: &JsValue) -> u8;
    #[wasm_bindgen(js_name = kindOf)]
    fn kind_of(value: &JsValue, key: &str) -> u8;
    #[wasm_bindgen(js_name = textOf)]
    fn text_of(value: &JsValue, key: &str) -> Option<String>;
    /// NaN where there is none.
    #[wasm_bindgen(js_name = numberOf)]
    fn number_of(value: &JsValue, key: &str) -> f64;
    fn holds(value: &JsValue, key: &str, text: &str) -> bool;
    #[wasm_bindgen(js_name = isTrue)]
    fn is_true(value: &JsValue, key: &str) -> bool;
    #[wasm_bindgen(js_name = set)]
    fn set_text(object: &JsValue, key: &str, text: Option<&str>);
    #[wasm_bindgen(js_name = set)]
    fn set_number(object: &JsValue, key: &str, number: Option<f64>);
    #[wasm_bindgen(js_name = set)]
    fn set_flag(object: &JsValue, key: &str, flag: bool);
    /// A plain object.
    pub fn object() -> JsValue;
    fn push(object: &JsValue, key: &str, text: &str);
    /// Sets a member of an object of ours to bytes.
    #[wasm_bindgen(js_name = setBytes)]
    pub fn set_bytes(object: &JsValue, key: &str, bytes: &[u8]);
    /// Bytes where they are, for as long as the question goes on.
    pub fn lent(bytes: &[u8]) -> JsValue;
    /// Sets a member of an object of ours.
    pub fn set(object: &JsValue, key: &str, value: &JsValue);
}

const KINDS: [Kind; 6] = [Kind::Null, Kind::Bool, Kind::Number, Kind::String, Kind::Array, Kind::Object];

/// As `browser.js` numbers them; nothing has a number of its own.
fn numbered(number: u8) -> Option<Kind> {
    KINDS.get(usize::from(number)).copied()
}

impl Value for JsValue {
    fn kind(&self) -> Kind {
        numbered(kind(self)).unwrap_or(Kind::Null)
    }

    fn get(&self, key: &str) -> Option<Self> {
        Some(own(self, key)).filter(|value| !value.is_undefined())
    }

    fn key(&self, index: u32) -> Option<String> {
        own_key(self, index)
    }

    fn at(&self, index: u32) -> Option<Self> {
        Some(element(self, index)).filter(|value| !value.is_undefined())
    }

    fn text(&self) -> Option<String> {
        self.as_string()
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn boolean(&self) -> Option<bool> {
        self.as_bool()
    }

    fn kind_of(&self, key: &str) -> Option<Kind> {
        numbered(kind_of(self, key))
    }

    fn text_of(&self, key: &str) -> Option<String> {
        text_of(self, key)
    }

    fn number_of(&self, key: &str) -> Option<f64> {
        Some(number_of(self, key)).filter(|number| !number.is_nan())
    }

    fn holds(&self, key: &str, text: &str) -> bool {
        holds(self, key, text)
    }

    fn is_true(&self, key: &str) -> bool {
        is_true(self, key)
    }
}

impl Object for JsValue {
    fn text(&mut self, key: &str, text: Option<&str>) {
        set_text(self, key, text);
    }

    fn number(&mut self, key: &str, number: Option<f64>) {
        set_number(self, key, number);
    }

    fn flag(&mut self, key: &str, flag: bool) {
        set_flag(self, key, flag);
    }

    fn push(&mut self, key: &str, text: &str) {
        push(self, key, text);
    }
}
