//! Our values and errors as JavaScript's.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::error::{Error, Subject};
use crate::json::{Kind, Value};

/// What an export gives or throws.
pub(super) type Outcome<T = JsValue> = Result<T, JsValue>;

/// What is thrown: the package makes an error of one of its classes from it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Thrown<'a> {
    problem: u8,
    subject: u8,
    field: Option<&'a str>,
    words: Option<&'a str>,
    status: Option<u16>,
    retryable: bool,
    retry_after_ms: Option<f64>,
    error: Option<&'a str>,
    error_description: Option<&'a str>,
    order_number: Option<&'a str>,
}

impl From<Error> for JsValue {
    #[inline(never)]
    fn from(error: Error) -> Self {
        let fault = error.fault();
        to_object(&Thrown {
            problem: fault.problem as u8,
            subject: fault.subject.map_or(0, Subject::number),
            field: fault.field.as_deref(),
            words: fault.words.as_deref(),
            status: fault.status,
            retryable: fault.retryable,
            retry_after_ms: fault.retry_after_ms,
            error: fault.oauth_error.as_deref(),
            error_description: fault.oauth_description.as_deref(),
            order_number: fault.order_number.as_deref(),
        })
    }
}

/// One of our structs as a plain object; what is `None` becomes `null`.
pub(super) fn to_object(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true);
    value.serialize(&serializer).unwrap_or(JsValue::NULL)
}

/// An argument that may be absent.
pub(super) fn present(value: &JsValue) -> Option<&JsValue> {
    (value.kind() != Kind::Null).then_some(value)
}
