//! What is thrown: plain objects of numbers and facts, which the package makes its errors from.

use serde::Deserialize;
use shopper_mcp::error::{Problem, Subject};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{call, login_document, object, options, options_with, parse};

/// Read by serde-wasm-bindgen, which misses what is `undefined`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Thrown {
    problem: usize,
    subject: usize,
    #[serde(deserialize_with = "Option::deserialize")]
    field: Option<String>,
    #[serde(deserialize_with = "Option::deserialize")]
    words: Option<String>,
    #[serde(deserialize_with = "Option::deserialize")]
    status: Option<u16>,
    retryable: bool,
    #[serde(deserialize_with = "Option::deserialize")]
    retry_after_ms: Option<f64>,
    #[serde(deserialize_with = "Option::deserialize")]
    error: Option<String>,
    #[serde(deserialize_with = "Option::deserialize")]
    error_description: Option<String>,
    #[serde(deserialize_with = "Option::deserialize")]
    order_number: Option<String>,
}

#[track_caller]
fn thrown(name: &str, arguments: &[JsValue]) -> (Problem, Thrown) {
    let Err(error) = call(name, arguments) else { panic!("{name} throws nothing") };
    let thrown: Thrown = serde_wasm_bindgen::from_value(error).unwrap();
    (Problem::ALL[thrown.problem], thrown)
}

#[wasm_bindgen_test]
fn options_are_refused_by_name() {
    for (options, problem, field) in [
        (object([]), Problem::Missing, "clientId"),
        (options_with("shop", "https://user:pw@example.com".into()), Problem::ShopInvalid, "shop"),
        (options_with("shop", 5.into()), Problem::NotAString, "shop"),
        (options_with("redirectUri", "https://other.example/".into()), Problem::RedirectUriElsewhere, "redirectUri"),
        (options_with("storage", "cookie".into()), Problem::StorageUnknown, "storage"),
        (options_with("timeoutMs", 0.into()), Problem::NotPositive, "timeoutMs"),
        (options_with("timeoutMs", f64::NAN.into()), Problem::NotANumber, "timeoutMs"),
        (options_with("onSignInNeded", "popup".into()), Problem::OptionUnknown, "onSignInNeded"),
        (options_with("clientSecret", "shh".into()), Problem::SecretInPage, "clientSecret"),
    ] {
        let (found, thrown) = thrown("readOptions", &[options, true.into()]);
        assert_eq!((found, thrown.field.as_deref()), (problem, Some(field)));
        assert!(thrown.words.is_none() && thrown.status.is_none() && !thrown.retryable);
    }
    for options in [JsValue::UNDEFINED, JsValue::NULL, 5.into(), parse("[]")] {
        let (problem, thrown) = thrown("readOptions", &[options, true.into()]);
        assert_eq!((problem, thrown.field), (Problem::NotAnObject, None));
        assert_eq!(Subject::ALL[thrown.subject - 1], Subject::Options);
    }
}

#[wasm_bindgen_test]
fn a_rate_limit_says_how_long() {
    let (problem, thrown) = thrown("readAnswer", &[1.into(), 429.into(), "3600".into(), JsValue::UNDEFINED]);
    assert_eq!((problem, thrown.subject), (Problem::RateLimited, 0));
    assert_eq!((thrown.retry_after_ms, thrown.status, thrown.retryable), (Some(3_600_000.0), Some(429), true));
}

#[wasm_bindgen_test]
fn a_servers_words_are_handed_out_verbatim() {
    let envelope = parse(r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Bad é \ud800"}}"#);
    let (problem, thrown) = thrown("readAnswer", &[1.into(), 200.into(), JsValue::UNDEFINED, envelope]);
    assert_eq!((problem, thrown.words.as_deref()), (Problem::RpcError, Some("Bad é \u{fffd}")));
}

#[wasm_bindgen_test]
fn a_tools_refusal_names_the_order() {
    let result = parse(r#"{"isError":true,"content":[{"type":"text","text":"Order not found with number: #7."}]}"#);
    let (problem, thrown) = thrown("checkToolResult", &["get_order_status".into(), JsValue::UNDEFINED, result]);
    assert_eq!((problem, thrown.order_number.as_deref()), (Problem::ToolNotFound, Some("#7")));
}

#[wasm_bindgen_test]
fn what_the_login_server_says_is_kept_apart() {
    let login = [options(), object([]), login_document(), "sm1r.".into()];
    let pending = call("beginLogin", &login).unwrap();
    let state = crate::text_member(&pending, "state");
    let query = ["?error=access_denied&error_description=%3Cimg%3E", &"y".repeat(600), "&state=", &state].concat();
    let (problem, thrown) = thrown("exchangeForm", &[pending, query.into()]);
    assert_eq!((problem, thrown.error.as_deref()), (Problem::AccessDenied, Some("access_denied")));
    assert_eq!(thrown.error_description.unwrap().len(), 500);
}
