//! The page, its clock and its random numbers.

use alloc::string::String;

use wasm_bindgen::prelude::*;

use crate::error::{Error, Problem, Result};
use crate::platform::{Platform, Url};

#[wasm_bindgen(module = "/src/web/browser.js")]
extern "C" {
    fn now() -> f64;
    #[wasm_bindgen(js_name = parseDate)]
    fn parse_date(text: &str) -> f64;
    fn address() -> String;
    /// As [`Url::joined`] takes it.
    #[wasm_bindgen(js_name = parseUrl)]
    fn parse_url(text: &str, base: Option<&str>) -> Option<String>;
    #[wasm_bindgen(js_name = parseJson)]
    fn parse_json(text: &[u8]) -> JsValue;
    fn parameter(query: &str, name: &str, index: u32) -> Option<String>;
}

/// The browser that this runs in.
pub struct Browser;

impl Platform for Browser {
    type Value = JsValue;

    fn now(&self) -> f64 {
        now()
    }

    fn parse_date(&self, text: &str) -> Option<f64> {
        Some(parse_date(text)).filter(|at| at.is_finite())
    }

    fn address(&self) -> String {
        address()
    }

    fn parse_url(&self, text: &str, base: Option<&str>) -> Option<Url> {
        parse_url(text, base).map(Url::joined)
    }

    fn parameter(&self, query: &str, name: &str, index: u32) -> Option<String> {
        parameter(query, name, index)
    }

    fn parse_json(&self, text: &[u8]) -> Option<JsValue> {
        Some(parse_json(text)).filter(|value| !value.is_undefined())
    }

    fn random(&self) -> Result<[u8; 32]> {
        let mut bytes = [0u8; 32];
        match getrandom::fill(&mut bytes) {
            Ok(()) => Ok(bytes),
            Err(_) => Err(Error::new(Problem::NoRandomness)),
        }
    }
}
