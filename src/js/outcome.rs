//! Our values and errors as JavaScript's.

use wasm_bindgen::prelude::*;

use crate::error::{Error, Subject};
use crate::json::{Kind, Object, Value, Write};
use crate::web::object;

/// What an export gives or throws.
pub(super) type Outcome<T = JsValue> = Result<T, JsValue>;

impl Write for Error {
    fn write(&self, object: &mut impl Object) {
        let fault = self.fault();
        object.number("problem", Some(f64::from(fault.problem as u8)));
        object.number("subject", Some(f64::from(fault.subject.map_or(0, Subject::number))));
        object.text("field", fault.field.as_deref());
        object.text("words", fault.words.as_deref());
        object.number("status", fault.status.map(f64::from));
        object.flag("retryable", fault.retryable);
        object.number("retryAfterMs", fault.retry_after_ms);
        object.text("error", fault.oauth_error.as_deref());
        object.text("errorDescription", fault.oauth_description.as_deref());
        object.text("orderNumber", fault.order_number.as_deref());
    }
}

impl From<Error> for JsValue {
    #[inline(never)]
    fn from(error: Error) -> Self {
        to_object(&error)
    }
}

/// One of our structs as a plain object.
pub(super) fn to_object(value: &impl Write) -> JsValue {
    let mut object = object();
    value.write(&mut object);
    object
}

/// A text as JavaScript's.
pub(super) fn text(text: &str) -> JsValue {
    JsValue::from_str(text)
}

/// An argument that may be absent.
pub(super) fn present(value: &JsValue) -> Option<&JsValue> {
    (value.kind() != Kind::Null).then_some(value)
}
