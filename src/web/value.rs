//! JSON by the browser's own parser: a [`Value`] is what `JSON.parse` made.

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;

use super::Browser;
use crate::json::{Kind, Value};
use crate::platform::Json;

#[wasm_bindgen(module = "/src/web/browser.js")]
extern "C" {
    fn own(value: &JsValue, key: &str) -> JsValue;
    #[wasm_bindgen(js_name = ownKeys)]
    fn own_keys(value: &JsValue) -> Array;
    fn kind(value: &JsValue) -> u8;
    fn parse(text: &JsString) -> JsValue;
    fn stringify(value: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = firstUnit)]
    fn first_unit(text: &JsString) -> i32;
}

impl Value for JsValue {
    fn kind(&self) -> Kind {
        match kind(self) {
            0 => Kind::Null,
            1 => Kind::Bool,
            2 => Kind::Number,
            3 => Kind::String,
            4 => Kind::Array,
            _ => Kind::Object,
        }
    }

    fn get(&self, key: &str) -> Option<Self> {
        Some(own(self, key)).filter(|value| !value.is_undefined())
    }

    fn keys(&self) -> Vec<String> {
        own_keys(self).iter().filter_map(|key| key.as_string()).collect()
    }

    fn at(&self, index: u32) -> Option<Self> {
        let array = self.dyn_ref::<Array>()?;
        (index < array.length()).then(|| array.get(index))
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
}

impl Json for Browser {
    type Value = JsValue;

    fn parse(&self, text: &JsString) -> Option<JsValue> {
        Some(parse(text)).filter(|value| !value.is_undefined())
    }

    fn stringify(&self, value: &JsValue) -> Option<JsString> {
        stringify(value).dyn_into().ok()
    }

    fn text_in(&self, text: &JsString) -> String {
        text.into()
    }

    fn text_out(&self, text: &str) -> JsString {
        text.into()
    }

    fn join(&self, left: JsString, right: &JsString) -> JsString {
        left.concat(right)
    }

    fn first_unit(&self, text: &JsString) -> Option<u16> {
        u16::try_from(first_unit(text)).ok()
    }
}
