//! Errors as JavaScript sees them: real `Error`s of the package's classes, with stable codes.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::exports::{call, deaf, shop_options};
use crate::fetch::{LARGE_FILE, answer_fetch, is_aborted, watch_fetch};
use crate::{member, object, parse, text_member};

/// What is common to every error; gives the error back for what is its own.
async fn rejects(name: &str, arguments: &[JsValue], class: &str, code: &str) -> JsValue {
    let error = match call(name, arguments).await {
        Ok(_) => panic!("{name} did not reject with {code}"),
        Err(error) => error,
    };
    assert!(error.is_instance_of::<js_sys::Error>(), "{error:?} is no Error");
    assert_eq!(text_member(&error, "code"), code, "{error:?}");
    let constructor = member(&error, "constructor");
    assert_eq!(text_member(&constructor, "className"), class, "{code}");
    let parent = Reflect::get_prototype_of(&constructor).unwrap();
    assert_eq!(text_member(&parent, "className"), "ShopperMcpError", "{code}");
    assert!(
        !text_member(&error, "message").is_empty()
            && text_member(&error, "stack").contains(&text_member(&error, "name"))
    );
    assert!(member(&error, "retryable").as_bool().is_some());
    for fact in ["field", "status", "retryAfterMs"] {
        assert!(!member(&error, fact).is_undefined(), "{code} has no {fact}");
    }
    error
}

fn with(options: JsValue, key: &str, value: JsValue) -> JsValue {
    Reflect::set(&options, &key.into(), &value).unwrap();
    options
}

fn mcp(endpoint: &str) -> JsValue {
    object([("endpoint", endpoint.into()), ("method", "tools/list".into())])
}

/// The server's one answer to every request.
async fn answered(status: u16, headers: JsValue, body: &str, class: &str, code: &str) -> JsValue {
    let answer = object([("status", status.into()), ("headers", headers), ("body", body.into())]);
    let traffic = answer_fetch(&answer);
    let error = rejects("callMcp", &[mcp("/mcp")], class, code).await;
    traffic.stop();
    error
}

#[wasm_bindgen_test]
async fn options_are_refused_by_name() {
    let nothing = JsValue::from(deaf());
    for (options, code, field) in [
        (object([]), "option_invalid", "clientId"),
        (with(shop_options(), "shop", "https://user:pw@example.com".into()), "option_invalid", "shop"),
        (with(shop_options(), "shop", 5.into()), "option_invalid", "shop"),
        (with(shop_options(), "redirectUri", "https://other.example/".into()), "option_invalid", "redirectUri"),
        (with(shop_options(), "storage", "cookie".into()), "option_invalid", "storage"),
        (with(shop_options(), "timeoutMs", 0.into()), "option_invalid", "timeoutMs"),
        (with(shop_options(), "onSignInNeded", "popup".into()), "option_invalid", "onSignInNeded"),
        (with(shop_options(), "clientSecret", "shh".into()), "secret_in_page", "clientSecret"),
    ] {
        let error = rejects("openShop", &[options, nothing.clone()], "OptionsError", code).await;
        assert_eq!(text_member(&error, "field"), field);
        assert_eq!(text_member(&error, "name"), "OptionsError");
        assert!(!text_member(&error, "message").contains("shh"), "a secret is not repeated");
    }
    for options in [JsValue::UNDEFINED, JsValue::NULL, 5.into(), Array::new().into()] {
        rejects("beginLogin", &[options], "OptionsError", "option_invalid").await;
    }
}

#[wasm_bindgen_test]
async fn an_endpoint_that_is_not_https_is_refused_before_anything_is_sent() {
    let traffic = answer_fetch(&JsValue::UNDEFINED);
    for endpoint in ["javascript:alert(1)", "http://example.com/mcp", "data:,x", "https://u:p@example.com/"] {
        let error = rejects("callMcp", &[mcp(endpoint)], "DiscoveryError", "endpoint_not_secure").await;
        assert_eq!(text_member(&error, "field"), "endpoint");
    }
    traffic.stop();
    assert_eq!(traffic.requests().length(), 0);
}

#[wasm_bindgen_test]
async fn http_errors_carry_their_status() {
    for (status, code, class, retryable) in [
        (404, "http_status", "NetworkError", false),
        (503, "http_status", "NetworkError", true),
        (401, "sign_in_needed", "SignInError", false),
    ] {
        let error = answered(status, object([]), "<html>", class, code).await;
        assert_eq!(member(&error, "status"), status);
        assert_eq!(member(&error, "retryable"), retryable);
    }
}

#[wasm_bindgen_test]
async fn protocol_errors_hand_out_the_servers_own_error() {
    let body = r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Bad é","data":{"__proto__":{"x":1}}}}"#;
    let error = answered(200, object([]), body, "ProtocolError", "rpc_error").await;
    let rpc = member(&error, "rpc");
    assert_eq!((member(&rpc, "code"), text_member(&rpc, "message")), ((-32602).into(), "Bad é".to_owned()));
    assert_eq!(js_sys::JSON::stringify(&member(&rpc, "data")).unwrap(), r#"{"__proto__":{"x":1}}"#);

    for (body, code) in [
        ("<html>", "answer_invalid"),
        (r#"{"jsonrpc":"2.0","id":7,"result":{}}"#, "answer_mismatch"),
        (r#"{"jsonrpc":"2.0","id":1}"#, "answer_invalid"),
    ] {
        assert!(member(&answered(200, object([]), body, "ProtocolError", code).await, "rpc").is_null());
    }
}

#[wasm_bindgen_test]
async fn a_rate_limit_says_how_long() {
    let headers = object([("retry-after", "3600".into())]);
    let error = answered(429, headers, "", "RateLimitError", "rate_limited").await;
    assert_eq!((member(&error, "retryAfterMs"), member(&error, "retryable")), (3_600_000.into(), true.into()));
}

#[wasm_bindgen_test]
async fn what_the_login_server_says_is_kept_apart() {
    let origin = web_sys::window().unwrap().location().origin().unwrap();
    let pending = parse(&format!(
        r#"{{"state":"s","codeVerifier":"v","shop":"{origin}","clientId":"c","redirectUri":"{origin}/","scope":"x",
        "issuer":"{origin}","tokenEndpoint":"{origin}/token","nonce":null,"issRequired":false,"createdAt":1}}"#
    ));
    let back = |query: &str| object([("pending", pending.clone()), ("callbackUrl", query.into())]);
    let description = ["<img src=x>", &"y".repeat(600)].concat();
    let query = ["?state=s&error=access_denied&error_description=", &description].concat();
    let error = rejects("completeLogin", &[back(&query)], "SignInError", "access_denied").await;
    assert_eq!(text_member(&error, "error"), "access_denied");
    assert_eq!(text_member(&error, "errorDescription").len(), 500);
    assert!(!text_member(&error, "message").contains("<img"), "untrusted text is not in the sentence");

    let traffic = answer_fetch(&JsValue::UNDEFINED);
    rejects("completeLogin", &[back("?state=other&code=c")], "SignInError", "state_mismatch").await;
    rejects("completeLogin", &[back("?state=s&code=a&code=b")], "SignInError", "callback_invalid").await;
    traffic.stop();
    assert_eq!(traffic.requests().length(), 0, "no code leaves the page");
}

#[wasm_bindgen_test]
async fn an_abort_is_an_abort_error_with_the_callers_reason() {
    let traffic = answer_fetch(&JsValue::UNDEFINED);
    let controller = web_sys::AbortController::new().unwrap();
    let options = with(mcp("/mcp"), "signal", controller.signal().into());
    controller.abort_with_reason(&"enough".into());
    let error = rejects("callMcp", &[options], "NetworkError", "aborted").await;
    traffic.stop();
    assert_eq!((text_member(&error, "name"), text_member(&error, "cause")), ("AbortError".into(), "enough".into()));
}

#[wasm_bindgen_test]
async fn an_answer_above_its_limit_is_not_read_to_the_end() {
    let body = r#"{"jsonrpc":"2.0","id":1,"result":{"é":1}}"#;
    let limited = |bytes: usize| with(mcp("/mcp"), "maxAnswerBytes", (bytes as f64).into());
    let traffic = answer_fetch(&object([("body", body.into())]));
    assert!(call("callMcp", &[limited(body.len())]).await.is_ok(), "the limit itself is allowed");
    rejects("callMcp", &[limited(body.len() - 1)], "NetworkError", "too_large").await;
    traffic.stop();

    let traffic = watch_fetch();
    rejects("callMcp", &[with(limited(1_000), "endpoint", LARGE_FILE.into())], "NetworkError", "too_large").await;
    traffic.stop();
    assert!(is_aborted(&traffic.requests().get(0)));
}

#[wasm_bindgen_test]
async fn a_server_that_hangs_is_a_timeout() {
    let traffic = answer_fetch(&JsValue::UNDEFINED);
    let error = rejects("callMcp", &[with(mcp("/mcp"), "timeoutMs", 50.into())], "NetworkError", "timeout").await;
    traffic.stop();
    assert_eq!(member(&error, "retryable"), true);
    assert!(is_aborted(&traffic.requests().get(0)));
}

#[wasm_bindgen_test]
async fn a_lost_connection_keeps_its_cause() {
    let error = rejects("callMcp", &[mcp("http://localhost:1/mcp")], "NetworkError", "network").await;
    assert!(member(&error, "cause").is_instance_of::<js_sys::Error>());
    assert_eq!(member(&error, "retryable"), true);
}
