//! Our errors as JavaScript's.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::error::Error;

#[wasm_bindgen(module = "/src/js/errors.js")]
extern "C" {
    #[wasm_bindgen(js_name = makeError)]
    fn make_error(class: u8, message: &str, facts: JsValue, answer: JsValue, cause: JsValue) -> JsValue;
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Facts<'a> {
    code: &'a str,
    field: Option<&'a str>,
    status: Option<u16>,
    retryable: bool,
    retry_after_ms: Option<f64>,
    error: Option<&'a str>,
    error_description: Option<&'a str>,
    order_number: Option<&'a str>,
}

/// An instance of the class that the code belongs to.
pub(super) fn to_js(error: &Error) -> JsValue {
    let fault = error.fault();
    let facts = super::session::to_object(&Facts {
        code: fault.code.text(),
        field: fault.field.as_deref(),
        status: fault.status,
        retryable: fault.retryable,
        retry_after_ms: fault.retry_after_ms,
        error: fault.oauth_error.as_deref(),
        error_description: fault.oauth_description.as_deref(),
        order_number: fault.order_number.as_deref(),
    });
    let attached = |value: &Option<std::rc::Rc<dyn std::any::Any>>| {
        value.as_ref().and_then(|value| value.downcast_ref::<JsValue>()).cloned().unwrap_or(JsValue::UNDEFINED)
    };
    make_error(fault.code.class() as u8, &fault.message, facts, attached(&fault.answer), attached(&fault.cause))
}
