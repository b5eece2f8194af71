//! JSON by the browser's own parser: a [`Value`] is what `JSON.parse` made.

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;

use super::Browser;
use super::browser::{first_unit, kind, own, own_keys, parse, stringify};
use crate::json::{Kind, Value};
use crate::platform::Json;

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
