//! Envelopes and tools, one by one.

use serde_json::{Value as Serde, json};
use shopper_mcp::error::Error;
use shopper_mcp::mcp::jsonrpc::{self, Answer};
use shopper_mcp::mcp::tool;

use crate::support::shop::refused;
use crate::support::tree::Tree;

fn read(envelope: Serde) -> String {
    match jsonrpc::read(&Tree(envelope), 7) {
        Ok(Answer::Result(result)) => format!("result {}", result.0),
        Ok(Answer::Error(error)) => format!("error {} {}", error.code, error.message),
        Err(error) => format!("{} {}", error.code().text(), error.fault().field.as_deref().unwrap_or("-")),
    }
}

#[test]
fn envelopes() {
    let error = json!({ "code": -32601, "message": "no" });
    for (envelope, expected) in [
        (json!({ "jsonrpc": "2.0", "id": 7, "result": { "a": 1 } }), "result {\"a\":1}"),
        (json!({ "jsonrpc": "2.0", "id": 7, "result": null }), "result null"),
        (json!({ "jsonrpc": "2.0", "id": 7.0, "result": 1 }), "result 1"),
        (
            json!({ "jsonrpc": "2.0", "id": 7, "result": { "resultType": "complete" } }),
            "result {\"resultType\":\"complete\"}",
        ),
        (json!({ "jsonrpc": "2.0", "id": 7, "result": 1, "method": "x", "extra": [] }), "result 1"),
        (json!({ "jsonrpc": "2.0", "id": 7, "error": error }), "error -32601 no"),
        (json!({ "jsonrpc": "2.0", "id": null, "error": error }), "error -32601 no"),
        (json!({ "jsonrpc": "2.0", "id": 7, "error": { "code": 1.5, "message": "" } }), "error 1.5 "),
        (json!({ "jsonrpc": "2.0", "id": "7", "result": 1 }), "answer_mismatch id"),
        (json!({ "jsonrpc": "2.0", "id": 8, "result": 1 }), "answer_mismatch id"),
        (json!({ "jsonrpc": "2.0", "id": -7, "result": 1 }), "answer_mismatch id"),
        (json!({ "jsonrpc": "2.0", "id": 7.5, "result": 1 }), "answer_mismatch id"),
        (json!({ "jsonrpc": "2.0", "id": 18_446_744_073_709_551_615_u64, "result": 1 }), "answer_mismatch id"),
        (json!({ "jsonrpc": "2.0", "id": [7], "result": 1 }), "answer_mismatch id"),
        (json!({ "jsonrpc": "2.0", "id": true, "result": 1 }), "answer_mismatch id"),
        (json!({ "jsonrpc": "2.0", "id": null, "result": 1 }), "answer_mismatch id"),
        (json!({ "jsonrpc": "2.0", "result": 1 }), "answer_mismatch id"),
        (json!({ "jsonrpc": "2.0", "ID": 7, "result": 1 }), "answer_mismatch id"),
        (json!({ "jsonrpc": "2.0", "error": error }), "answer_mismatch id"),
        (json!({ "jsonrpc": "2.0", "id": 8, "error": error }), "answer_mismatch id"),
        (
            json!({ "jsonrpc": "2.0", "id": 7, "result": { "resultType": "input_required" } }),
            "answer_invalid resultType",
        ),
        (json!({ "jsonrpc": "2.0", "id": 7, "result": { "resultType": null } }), "answer_invalid resultType"),
        (json!({ "jsonrpc": "2.0", "id": 7, "result": { "resultType": 1 } }), "answer_invalid resultType"),
        (json!({ "jsonrpc": "2.0", "id": 7, "result": 1, "error": error }), "answer_invalid -"),
        (json!({ "jsonrpc": "2.0", "id": 7, "result": null, "error": null }), "answer_invalid -"),
        (json!({ "jsonrpc": "2.0", "id": 7 }), "answer_invalid -"),
        (json!({ "jsonrpc": "2.0", "id": 7, "Result": 1 }), "answer_invalid -"),
        (json!({ "jsonrpc": "2.0", "id": 7, "error": null }), "answer_invalid error"),
        (json!({ "jsonrpc": "2.0", "id": 7, "error": "no" }), "answer_invalid error"),
        (json!({ "jsonrpc": "2.0", "id": 7, "error": { "code": "1", "message": "no" } }), "answer_invalid error"),
        (json!({ "jsonrpc": "2.0", "id": 7, "error": { "code": 1 } }), "answer_invalid error"),
        (json!({ "jsonrpc": 2.0, "id": 7, "result": 1 }), "answer_invalid -"),
        (json!({ "id": 7, "result": 1 }), "answer_invalid -"),
        (json!([{ "jsonrpc": "2.0", "id": 7, "result": 1 }]), "answer_invalid -"),
        (json!("x"), "answer_invalid -"),
        (json!(null), "answer_invalid -"),
        (json!({}), "answer_invalid -"),
    ] {
        assert_eq!(read(envelope.clone()), expected, "{envelope}");
    }
}

#[test]
fn which_tools_only_read() {
    let listed = |annotations: Serde| Tree(json!({ "name": "t", "annotations": annotations }));
    for (name, hint, expected) in [
        ("get_order_status", None, true),
        ("get_most_recent_order_status", None, true),
        ("get_store_credit_balances", None, true),
        ("request_return", None, false),
        ("get_anything_else", None, false),
        ("Get_Order_Status", None, false),
        ("get_anything_else", Some(json!({ "readOnlyHint": true })), true),
        ("get_order_status", Some(json!({ "readOnlyHint": false })), false),
        ("request_return", Some(json!({ "readOnlyHint": "true" })), false),
        ("request_return", Some(json!({ "readOnlyHint": 1 })), false),
        ("request_return", Some(json!("readOnlyHint")), false),
        ("get_order_status", Some(json!({})), true),
    ] {
        let found = tool::only_reads(name, hint.clone().map(listed).as_ref());
        assert_eq!(found, expected, "{name} {hint:?}");
    }
}

fn check(result: Serde) -> Result<(), Error> {
    tool::check_result("get_order_status", None, &Tree(result))
}

#[test]
fn only_an_error_is_one() {
    for result in [json!({}), json!({ "isError": false }), json!({ "isError": "true" }), json!({ "isError": 1 })] {
        assert!(check(result).is_ok());
    }
    for result in [json!(null), json!("x"), json!([]), json!(1)] {
        assert_eq!(refused(check(result)).code().text(), "answer_invalid");
    }
    let odd = json!({ "isError": true, "content": [{ "type": "image" }, { "text": 7 }, null, { "text": "a" }, { "text": "b" }] });
    assert_eq!(refused(check(odd)).sentence(), "a\nb");
    for content in [json!(null), json!({}), json!([]), json!("x")] {
        let error = refused(check(json!({ "isError": true, "content": content })));
        assert_eq!((error.code().text(), error.fault().words.as_ref()), ("tool_failed", None));
    }
}

#[test]
fn what_a_tools_words_mean() {
    for (words, code, retryable) in [
        ("order_number: is required", "tool_validation", false),
        ("UNABLE to process the request", "tool_processing", true),
        ("Tool not found: x", "tool_unknown", false),
        ("Unknown tool", "tool_unknown", false),
        ("Order not found with number: #9", "tool_not_found", false),
        ("Rate limit exceeded", "rate_limited", true),
        ("AuthenticationRequired", "tool_unauthorized", false),
        ("Please send a valid JWT", "tool_unauthorized", false),
    ] {
        let error = refused(check(json!({ "isError": true, "content": [{ "type": "text", "text": words }] })));
        assert_eq!((error.code().text(), error.fault().retryable), (code, retryable), "{words}");
        assert_eq!(error.sentence(), words, "verbatim");
    }
    let words = json!({ "isError": true, "content": [{ "text": "Unable to process the request" }] });
    let error = refused(tool::check_result("request_return", None, &Tree(words)));
    assert!(!error.fault().retryable, "what may write is not called again");
}

#[test]
fn the_order_that_was_not_found() {
    for (words, number) in [
        ("Order not found with number: #1001", Some("#1001")),
        ("{\"error\":\"Order not found with number: #1001.\"}", Some("#1001")),
        ("Order not found with number: 7\nTry another", Some("7")),
        ("Order not found with number:", Some("")),
        ("Order not found", None),
    ] {
        let error = refused(check(json!({ "isError": true, "content": [{ "text": words }] })));
        assert_eq!(error.fault().order_number.as_deref(), number, "{words}");
    }
}
