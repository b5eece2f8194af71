//! What the answers of an MCP server mean.

use serde_json::{Value as Serde, json};
use shopper_mcp::call::{header_wait, read_answer};
use shopper_mcp::error::{Error, Result};

use crate::support::http_date;
use crate::support::shop::refused;
use crate::support::tree::Tree;
use crate::support::world::World;

fn read(status: u16, retry_after: Option<&str>, envelope: Option<Serde>) -> Result<Serde> {
    read_answer(&World::new(), 7, status, &Tree(json!(retry_after)), envelope.map(Tree).as_ref()).map(|result| result.0)
}

fn rpc(error: &Serde) -> Option<Serde> {
    Some(json!({ "jsonrpc": "2.0", "id": 7, "error": error }))
}

fn result() -> Option<Serde> {
    Some(json!({ "jsonrpc": "2.0", "id": 7, "result": { "a": 1 } }))
}

#[track_caller]
fn limited(outcome: Result<Serde>) -> Option<f64> {
    let error = refused(outcome);
    assert_eq!((error.code().text(), error.fault().retryable), ("rate_limited", true));
    error.fault().retry_after_ms
}

#[test]
fn a_result_is_given_out_untouched() {
    for status in [200, 202, 299, 300] {
        assert_eq!(read(status, None, result()).unwrap(), json!({ "a": 1 }));
    }
}

#[test]
fn what_a_status_says() {
    for (status, envelope, code, retryable) in [
        (0, None, "redirect_refused", false),
        (0, result(), "redirect_refused", false),
        (401, None, "sign_in_needed", false),
        (401, result(), "sign_in_needed", false),
        (406, None, "http_status", false),
        (404, None, "http_status", false),
        (404, result(), "http_status", false),
        (404, Some(json!({ "jsonrpc": "2.0", "id": 8, "result": 1 })), "http_status", false),
        (500, None, "http_status", true),
        (503, Some(json!({})), "http_status", true),
        (200, None, "answer_invalid", false),
        (200, Some(json!({ "jsonrpc": "2.0", "id": 8, "result": 1 })), "answer_mismatch", false),
        (200, Some(json!([])), "answer_invalid", false),
    ] {
        let error = refused(read(status, None, envelope));
        assert_eq!((error.code().text(), error.fault().retryable), (code, retryable), "{status}");
        assert_eq!(error.fault().status, Some(status).filter(|status| *status > 0));
    }
}

#[test]
fn an_error_of_the_server_is_told_in_its_own_words() {
    for status in [200, 400, 404, 500] {
        let error = refused(read(status, None, rpc(&json!({ "code": -32602, "message": "Bad {field} é" }))));
        assert_eq!((error.code().text(), error.sentence().as_str()), ("rpc_error", "Bad {field} é"));
        assert_eq!(error.fault().status, Some(status));
    }
}

#[test]
fn a_rate_limit_has_three_shapes() {
    assert_eq!(limited(read(429, Some("2"), None)), Some(2_000.0));
    assert_eq!(limited(read(429, None, None)), None);
    assert_eq!(limited(read(429, Some("2"), result())), Some(2_000.0));
    assert_eq!(limited(read(429, Some("2"), rpc(&json!({ "code": 1, "message": "x" })))), Some(2_000.0));

    let data = json!({ "code": -32000, "message": "Too many", "data": { "retry_after": 2.5 } });
    assert_eq!(limited(read(200, None, rpc(&data))), Some(2_500.0));
    assert_eq!(limited(read(429, Some("9"), rpc(&data))), Some(2_500.0), "the error says it better than the header");

    let words = json!({ "code": -32600, "message": "Invalid", "data": "Rate limit exceeded" });
    assert_eq!(limited(read(200, None, rpc(&words))), None);
    assert_eq!(limited(read(200, Some("2"), rpc(&words))), Some(2_000.0));
    for message in ["Rate limit exceeded", "RATE LIMIT", "You hit the rate limit"] {
        for code in [-32000, -32600] {
            limited(read(200, None, rpc(&json!({ "code": code, "message": message }))));
        }
    }
}

#[test]
fn what_is_no_rate_limit() {
    for error in [
        json!({ "code": -32602, "message": "Rate limit exceeded" }),
        json!({ "code": -32600, "message": "x", "data": { "retry_after": 2 } }),
        json!({ "code": -32000, "message": "x", "data": { "retry_after": "2" } }),
    ] {
        assert_eq!(refused(read(200, None, rpc(&error))).code().text(), "rpc_error", "{error}");
    }
    let negative = json!({ "code": -32000, "message": "x", "data": { "retry_after": -1 } });
    assert_eq!(limited(read(200, None, rpc(&negative))), None, "a wait that makes no sense is none");
}

#[test]
fn a_server_that_wants_a_customer_under_200() {
    let wants = |error: Serde| -> Error { refused(read(200, None, rpc(&error))) };
    for error in [
        json!({ "code": -32000, "message": "AuthenticationRequired" }),
        json!({ "code": -32000, "message": "x", "data": "Please provide a valid JWT" }),
        json!({ "code": -32000, "message": "x", "data": { "code": "UNAUTHENTICATED" } }),
    ] {
        let error = wants(error);
        assert_eq!((error.code().text(), error.fault().status), ("sign_in_needed", Some(200)));
    }
    assert_eq!(wants(json!({ "code": -32602, "message": "unauthorized" })).code().text(), "rpc_error");
}

#[test]
fn waits_that_headers_name() {
    let world = World::new();
    for (header, expected) in [
        ("0", Some(0.0)),
        (" 120 ", Some(120_000.0)),
        ("4294967295", Some(4_294_967_295_000.0)),
        ("4294967296", None),
        ("99999999999999999999", None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("2.5", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", Some(0.0)),
    ] {
        assert_eq!(header_wait(&world, header), expected, "{header:?}");
    }
    assert_eq!(header_wait(&world, &http_date::write(world.now.get() + 3_000.0)), Some(3_000.0));
}
