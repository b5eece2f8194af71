//! Envelopes, tools and event streams, one by one.

use serde_json::{Value as Serde, json};
use shopper_mcp::mcp::event_stream::EventStream;
use shopper_mcp::mcp::jsonrpc::{self, Answer};
use shopper_mcp::mcp::tool;

use crate::support::document::{Document, TokenPlace};
use crate::support::random::Dice;
use crate::support::scene::Scene;
use crate::support::shop::ACCOUNT_PAGE;
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
fn requests_are_json_whatever_the_names_hold() {
    let scene = Scene::new();
    let document = Document::load(&scene.browser.tab(ACCOUNT_PAGE), TokenPlace::Nowhere);
    let dice = Dice::new(5);
    for id in [0, 1, u32::MAX] {
        let name = format!("\"\\\u{0}\n{}", dice.text());
        let arguments = dice.object(&["__proto__", "a"], 3);
        let params = jsonrpc::call_params(&*document, &name, &Tree(arguments.clone())).unwrap();
        let text = jsonrpc::request(&*document, id, "tools/call", &params);
        let sent: Serde = serde_json::from_str(&text).unwrap();
        let expected = json!({
            "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": { "name": name, "arguments": arguments },
        });
        assert_eq!(sent, expected);
    }
    for arguments in [json!(null), json!([]), json!("x"), json!(1)] {
        let error = jsonrpc::call_params(&*document, "t", &Tree(arguments)).err().unwrap();
        assert_eq!(error.code().text(), "option_invalid");
        assert_eq!(error.fault().field.as_deref(), Some("arguments"));
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

#[test]
fn only_an_error_is_one() {
    for result in [json!({}), json!({ "isError": false }), json!({ "isError": "true" }), json!({ "isError": 1 })] {
        assert!(tool::failure(&Tree(result), true).is_none());
    }
    let odd = json!({ "isError": true, "content": [{ "type": "image" }, { "text": 7 }, null, { "text": "a" }, { "text": "b" }] });
    assert_eq!(tool::failure(&Tree(odd), true).unwrap().fault().message, "a\nb");
    for content in [json!(null), json!({}), json!([]), json!("x")] {
        let error = tool::failure(&Tree(json!({ "isError": true, "content": content })), true).unwrap();
        assert_eq!(error.code().text(), "tool_failed");
        assert!(!error.fault().message.is_empty());
    }
}

/// The events of a whole stream, by the letter of the standard: lines first, then fields.
fn by_the_letter(stream: &str) -> Vec<String> {
    let lines = stream.replace("\r\n", "\n").replace('\r', "\n");
    let mut events = Vec::new();
    let mut data: Option<String> = None;
    for line in lines.split('\n') {
        if line.is_empty() {
            events.extend(data.take());
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        if field == "data" {
            let value = value.strip_prefix(' ').unwrap_or(value);
            match &mut data {
                Some(data) => *data = format!("{data}\n{value}"),
                none => *none = Some(value.to_owned()),
            }
        }
    }
    events.extend(data);
    events
}

#[test]
fn event_streams_however_they_are_cut() {
    const PARTS: [&str; 16] = [
        "data: {\"a\":1}",
        "data:x",
        "data",
        "data: ",
        "datax: y",
        ": comment",
        "event: message",
        "id: 1",
        "retry: 5",
        "\n",
        "\r",
        "\r\n",
        "\n\n",
        "\r\r",
        "é\u{1f600}",
        "",
    ];
    let dice = Dice::new(9);
    for round in 0..3_000 {
        let stream: String = (0..dice.below(20)).map(|_| *dice.pick(&PARTS)).collect();
        let mut reader = EventStream::default();
        let mut events = Vec::new();
        let characters: Vec<char> = stream.chars().collect();
        let mut rest = characters.as_slice();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(1 + dice.below(rest.len()));
            events.extend(reader.push(&piece.iter().collect::<String>()));
            rest = after;
        }
        events.extend(reader.finish());
        assert_eq!(events, by_the_letter(&stream), "round {round}: {stream:?}");
    }
}
