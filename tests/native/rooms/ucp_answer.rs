//! What the answers of a UCP server mean.

use serde_json::{Value as Serde, json};
use shopper_mcp::error::{Error, Problem, Result};
use shopper_mcp::ucp::answer::{read_answer, read_resource};

use crate::support::shop::{code, refused};
use crate::support::tree::Tree;
use crate::support::world::World;

fn read(status: u16, retry_after: Option<&str>, envelope: Option<Serde>) -> Result<Serde> {
    read_answer(&World::new(), 7, status, &Tree(json!(retry_after)), envelope.map(Tree).as_ref()).map(|result| result.0)
}

fn error(status: u16, rpc: i32, message: &str, data: Serde) -> Error {
    let error = json!({ "code": rpc, "message": message, "data": data });
    refused(read(status, None, Some(json!({ "jsonrpc": "2.0", "id": 7, "error": error }))))
}

const REGISTRY: [(&str, i32, Problem); 12] = [
    ("invalid_profile_url", -32001, Problem::ProfileUrlRefused),
    ("profile_unreachable", -32001, Problem::ProfileUnreachable),
    ("profile_malformed", -32001, Problem::ProfileMalformed),
    ("profile_not_trusted", -32001, Problem::ProfileNotTrusted),
    ("version_unsupported", -32001, Problem::ProfileVersionRefused),
    ("capabilities_incompatible", -32001, Problem::CapabilitiesIncompatible),
    ("signature_missing", -32000, Problem::SignatureMissing),
    ("signature_invalid", -32000, Problem::SignatureRefused),
    ("key_not_found", -32000, Problem::KeyNotFound),
    ("digest_mismatch", -32600, Problem::DigestMismatch),
    ("algorithm_unsupported", -32600, Problem::AlgorithmUnsupported),
    ("idempotency_conflict", -32000, Problem::IdempotencyConflict),
];

#[test]
fn the_code_counts_before_the_status() {
    for (name, rpc, problem) in REGISTRY {
        for status in [200, 400, 401, 403, 409, 422, 424, 429, 500] {
            for data in [json!({ "code": name, "content": "Words" }), json!(name)] {
                let error = error(status, rpc, "x", data);
                assert_eq!((error.fault().problem, error.fault().status), (problem, Some(status)), "{name}");
                assert_eq!(error.code().text(), name);
                assert_eq!(error.fault().oauth_error.as_deref(), Some(name), "the server's own words are data");
            }
        }
    }
}

#[test]
fn what_a_status_says_where_no_code_does() {
    for (status, envelope, problem) in [
        (403, None, Problem::Forbidden),
        (409, None, Problem::IdempotencyConflict),
        (401, None, Problem::SignInNeeded),
        (404, None, Problem::HttpStatus),
        (0, None, Problem::ServerRedirects),
        (200, None, Problem::AnswerNotJson),
        (0, Some(json!({ "code": -32000, "message": "x", "data": "signature_invalid" })), Problem::ServerRedirects),
        (403, Some(json!({ "code": -32000, "message": "x", "data": { "code": "new" } })), Problem::Forbidden),
        (409, Some(json!({ "code": -32000, "message": "x" })), Problem::IdempotencyConflict),
        (403, Some(json!({ "code": -32000, "message": "AuthenticationRequired" })), Problem::SignInNeeded),
        (200, Some(json!({ "code": -32000, "message": "A valid JWT is required" })), Problem::SignInNeeded),
        (429, Some(json!({ "code": -32000, "message": "x" })), Problem::RateLimited),
        (200, Some(json!({ "code": -32600, "message": "x", "data": "Rate limit exceeded" })), Problem::RateLimited),
        (403, Some(json!({ "code": -32000, "message": "x", "data": { "retry_after": 1 } })), Problem::RateLimited),
        (200, Some(json!({ "code": -32602, "message": "Tool not found: get_order" })), Problem::ToolNotNegotiated),
        (200, Some(json!({ "code": -32602, "message": "x", "data": "Tool not found" })), Problem::ToolNotNegotiated),
        (200, Some(json!({ "code": -32602, "message": "Bad" })), Problem::RpcError),
        (422, Some(json!({ "code": -32000, "message": "x", "data": "Missing buyer IP" })), Problem::BuyerIpMissing),
        (
            422,
            Some(json!({ "code": -32000, "message": "x", "data": { "content": "Shopify-Buyer-IP is required" } })),
            Problem::BuyerIpMissing,
        ),
    ] {
        let envelope = envelope.map(|error| json!({ "jsonrpc": "2.0", "id": null, "error": error }));
        let shown = format!("{status} {envelope:?}");
        assert_eq!(refused(read(status, None, envelope)).fault().problem, problem, "{shown}");
    }
    let other =
        json!({ "jsonrpc": "2.0", "id": 8, "error": { "code": -32000, "message": "x", "data": "key_not_found" } });
    assert_eq!(code(read(200, None, Some(other))), "answer_mismatch", "the answer to another request says nothing");
}

#[test]
fn what_may_pass_is_retryable() {
    assert!(error(503, -32000, "x", json!(null)).fault().retryable);
    assert!(error(424, -32001, "x", json!({ "code": "profile_unreachable" })).fault().retryable);
    assert!(!error(409, -32000, "x", json!({ "code": "idempotency_conflict" })).fault().retryable);
    assert!(!error(403, -32000, "x", json!(null)).fault().retryable);
    let wait = refused(read(503, Some("2"), None));
    assert_eq!((wait.fault().retryable, wait.fault().retry_after_ms), (true, Some(2_000.0)));
}

#[test]
fn a_result_is_given_out_untouched() {
    let result = json!({ "jsonrpc": "2.0", "id": 7, "result": { "structuredContent": { "a": 1 } } });
    assert_eq!(read(200, None, Some(result)).unwrap(), json!({ "structuredContent": { "a": 1 } }));
}

fn resource(result: Serde) -> Result<Serde> {
    // As the shell does it: the JSON of the first text, where that is one.
    let first = result["content"].get(0).filter(|item| item["type"] == "text");
    let said = first.and_then(|item| serde_json::from_str(item["text"].as_str()?).ok()).map(Tree);
    read_resource("get_cart", &Tree(result.clone()), said).map(|resource| resource.0)
}

fn content(text: &str) -> Serde {
    json!([{ "type": "text", "text": text }])
}

#[test]
fn the_resource_is_structured_or_in_the_text() {
    let cart = json!({ "ucp": { "version": "2026-08-25" }, "id": "gid://shopify/Cart/1?key=2", "__proto__": 1 });
    let text = cart.to_string();
    for result in [
        json!({ "structuredContent": cart }),
        json!({ "structuredContent": cart, "content": content("Done.") }),
        json!({ "structuredContent": cart, "content": content("{\"other\":1}") }),
        json!({ "structuredContent": null, "content": content(&text) }),
        json!({ "structuredContent": [], "content": content(&text) }),
        json!({ "content": content(&text) }),
        json!({ "content": content(&text), "isError": true }),
    ] {
        assert_eq!(resource(result.clone()).unwrap(), cart, "{result}");
    }
    let bare = json!({ "products": [] });
    assert_eq!(resource(json!({ "structuredContent": bare })).unwrap(), bare);
}

#[test]
fn no_resource() {
    for (result, code_text) in [
        (json!({}), "answer_invalid"),
        (json!(null), "answer_invalid"),
        (json!([]), "answer_invalid"),
        (json!({ "content": [] }), "answer_invalid"),
        (json!({ "content": content("Done.") }), "answer_invalid"),
        (json!({ "content": content("[1]") }), "answer_invalid"),
        (json!({ "content": [{ "type": "image", "text": "{}" }] }), "answer_invalid"),
        (json!({ "structuredContent": "x" }), "answer_invalid"),
        (json!({ "isError": true }), "tool_failed"),
        (json!({ "isError": true, "content": content("Invalid arguments: value at `/cart`") }), "tool_validation"),
        (json!({ "isError": true, "content": content("{\"error\":\"Tool not found\"}") }), "tool_unknown"),
    ] {
        assert_eq!(code(resource(result.clone())), code_text, "{result}");
    }
    let words = refused(resource(json!({ "isError": true, "content": content("Invalid arguments: x") }))).sentence();
    assert_eq!(words, "Invalid arguments: x");
}

#[test]
fn nothing_in_common_comes_as_a_result() {
    let messages = json!([{ "type": "error", "code": "capabilities_incompatible", "severity": "unrecoverable" }]);
    let result = json!({ "structuredContent": { "ucp": { "status": "error" }, "messages": messages } });
    assert_eq!(refused(resource(result)).fault().problem, Problem::CapabilitiesIncompatible);
}
