//! What a tool server may answer, and what reaches the caller of it.

use serde_json::{Value as Serde, json};

use crate::support::network::{Piece, Reply, Sent};
use crate::support::page::options_with;
use crate::support::scene::{Scene, code, words};
use crate::support::shop::Endpoint;
use crate::support::tool_server::{Form, content, failure, put};

fn id_of(sent: &Sent) -> Serde {
    serde_json::from_str::<Serde>(&sent.body).unwrap()["id"].clone()
}

#[test]
fn json_and_event_streams_whatever_their_label_says() {
    for form in [Form::Json, Form::JsonCalledStream, Form::EventStream, Form::StreamCalledJson] {
        let scene = Scene::new();
        scene.shop.set(|shop| shop.tools.form = form);
        let page = scene.signed_in_page();
        assert_eq!(words(&page.order().wait()), "Order #1001 of ada is on its way.");
        assert_eq!(scene.shop.count(Endpoint::Mcp), 1);
    }
}

#[test]
fn answers_in_pieces_of_any_size() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    for size in [1, 2, 7, 64] {
        for form in [Form::Json, Form::EventStream] {
            scene.shop.next(Endpoint::Mcp, move |shop, sent| {
                let reply = put(form, &serde_json::from_str(&shop.usual(sent).body()).unwrap());
                let characters: Vec<char> = reply.body().chars().collect();
                let piece = |piece: &[char]| [Piece::Text(piece.iter().collect()), Piece::Pause(1.0)];
                let pieces = characters.chunks(size).flat_map(piece).collect();
                reply.with_pieces(pieces)
            });
            words(&page.order().wait());
        }
    }
}

#[test]
fn only_json_is_offered_until_a_server_insists_and_then_it_is_remembered() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    words(&page.order().wait());
    assert_eq!(scene.shop.sent(Endpoint::Mcp)[0].header("accept"), Some("application/json"));

    let scene = Scene::new();
    scene.shop.set(|shop| shop.tools.insists_on_both = true);
    let (page, _) = scene.sign_in(scene.page(), "ada");
    words(&page.call("request_return", json!({ "order_id": "1" })).wait());
    assert_eq!(scene.shop.count(Endpoint::Mcp), 2);
    assert_eq!(scene.shop.tools.executions("request_return"), 1, "a 406 was not processed");
    let last = scene.shop.sent(Endpoint::Mcp).pop().unwrap();
    assert_eq!(last.header("accept"), Some("application/json, text/event-stream"));
    words(&page.order().wait());
    assert_eq!(scene.shop.count(Endpoint::Mcp), 3);
    words(&scene.reload(&page.tab).order().wait());
    assert_eq!(scene.shop.count(Endpoint::Mcp), 4, "over page loads too");
}

#[test]
fn a_server_that_accepts_nothing() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.shop.always(Endpoint::Mcp, |_, _| Reply::text(406, ""));
    let outcome = page.order().wait();
    assert_eq!(code(&outcome), "http_status");
    assert_eq!(outcome.err().unwrap().fault().status, Some(406));
    assert_eq!(scene.shop.count(Endpoint::Mcp), 2);
}

#[test]
fn as_few_headers_as_can_be() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    words(&page.order().wait());
    let sent = scene.shop.sent(Endpoint::Mcp).pop().unwrap();
    let mut names: Vec<&str> = sent.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "authorization", "content-type"]);
    assert_eq!(sent.header("authorization"), page.access_token().as_deref(), "the bare token");
}

#[test]
fn bearer_is_an_option() {
    let scene = Scene::with(options_with(json!({ "authorization": "Bearer" })));
    scene.shop.set(|shop| shop.tools.bearer = true);
    let page = scene.signed_in_page();
    words(&page.order().wait());
    let sent = scene.shop.sent(Endpoint::Mcp).pop().unwrap();
    assert_eq!(sent.header("authorization").unwrap(), format!("Bearer {}", page.access_token().unwrap()));
}

#[test]
fn malformed_answers_reach_nobody_as_a_result() {
    type Make = fn(Serde) -> Serde;
    let table: [(&str, &str, Make); 22] = [
        ("another id", "answer_mismatch", |_| json!({ "jsonrpc": "2.0", "id": 999, "result": content("x") })),
        (
            "id as text",
            "answer_mismatch",
            |id| json!({ "jsonrpc": "2.0", "id": id.to_string(), "result": content("x") }),
        ),
        ("id of null", "answer_mismatch", |_| json!({ "jsonrpc": "2.0", "id": null, "result": content("x") })),
        ("no id", "answer_mismatch", |_| json!({ "jsonrpc": "2.0", "result": content("x") })),
        (
            "another id with an error",
            "answer_mismatch",
            |_| json!({ "jsonrpc": "2.0", "id": 999, "error": { "code": 1, "message": "x" } }),
        ),
        (
            "id with a fraction",
            "answer_mismatch",
            |id| json!({ "jsonrpc": "2.0", "id": id.as_f64().unwrap() + 0.5, "result": content("x") }),
        ),
        ("a batch", "answer_invalid", |id| json!([{ "jsonrpc": "2.0", "id": id, "result": content("x") }])),
        (
            "both",
            "answer_invalid",
            |id| json!({ "jsonrpc": "2.0", "id": id, "result": content("x"), "error": { "code": 1, "message": "x" } }),
        ),
        (
            "both, the error of null",
            "answer_invalid",
            |id| json!({ "jsonrpc": "2.0", "id": id, "result": content("x"), "error": null }),
        ),
        ("neither", "answer_invalid", |id| json!({ "jsonrpc": "2.0", "id": id })),
        ("an older version", "answer_invalid", |id| json!({ "jsonrpc": "1.0", "id": id, "result": content("x") })),
        ("no version", "answer_invalid", |id| json!({ "id": id, "result": content("x") })),
        ("capitals", "answer_invalid", |id| json!({ "jsonrpc": "2.0", "id": id, "Result": content("x") })),
        ("result of null", "answer_invalid", |id| json!({ "jsonrpc": "2.0", "id": id, "result": null })),
        ("result of text", "answer_invalid", |id| json!({ "jsonrpc": "2.0", "id": id, "result": "x" })),
        (
            "an unknown kind",
            "answer_invalid",
            |id| json!({ "jsonrpc": "2.0", "id": id, "result": { "resultType": "task", "content": [] } }),
        ),
        ("an error of text", "answer_invalid", |id| json!({ "jsonrpc": "2.0", "id": id, "error": "no" })),
        (
            "an error without a number",
            "answer_invalid",
            |id| json!({ "jsonrpc": "2.0", "id": id, "error": { "code": "x", "message": "y" } }),
        ),
        (
            "an error without words",
            "answer_invalid",
            |id| json!({ "jsonrpc": "2.0", "id": id, "error": { "code": 1 } }),
        ),
        (
            "an error of nobody",
            "rpc_error",
            |_| json!({ "jsonrpc": "2.0", "id": null, "error": { "code": -32700, "message": "Parse error" } }),
        ),
        (
            "an error",
            "rpc_error",
            |id| json!({ "jsonrpc": "2.0", "id": id, "error": { "code": -32601, "message": "Method not found" } }),
        ),
        ("a number", "answer_invalid", |_| json!(7)),
    ];
    for (what, expected, make) in table {
        for form in [Form::Json, Form::EventStream] {
            let scene = Scene::with(options_with(json!({ "timeoutMs": 5_000 })));
            let page = scene.signed_in_page();
            scene.shop.next(Endpoint::Mcp, move |_, sent| put(form, &make(id_of(sent))));
            let outcome = page.order().wait();
            let stream = form == Form::EventStream;
            match (stream, what) {
                // In a stream, what is no answer is passed over, so this one is waited for.
                (true, "neither" | "capitals") => assert_eq!(code(&outcome), "timeout", "{what}"),
                _ => assert_eq!(code(&outcome), expected, "{what}, stream: {stream}"),
            }
            assert_eq!(scene.shop.count(Endpoint::Mcp), 1, "{what}: not sent again");
            words(&page.order().wait());
        }
    }
}

#[test]
fn bodies_that_are_no_json() {
    let table: Vec<(&str, &str, Reply)> = vec![
        ("nothing", "answer_invalid", Reply::text(200, "")),
        ("204", "answer_invalid", Reply::text(204, "")),
        ("202", "answer_invalid", Reply::text(202, "")),
        ("HTML", "answer_invalid", Reply::text(200, "<html><body>Login</body></html>")),
        ("half", "answer_invalid", Reply::text(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{")),
        ("two", "answer_invalid", Reply::text(200, "{} {}")),
        ("NaN", "answer_invalid", Reply::text(200, "{\"result\":NaN}")),
        ("deep", "answer_invalid", Reply::text(200, "[".repeat(30_000))),
        ("an empty stream", "answer_invalid", Reply::text(200, "data: \n\n")),
        ("a stream of words", "answer_invalid", Reply::text(200, "event: message\ndata: hello\n\n")),
        ("404", "http_status", Reply::text(404, "<html>")),
        ("403", "http_status", Reply::text(403, "{}")),
        ("500", "http_status", Reply::text(500, "oops")),
        ("500 with a result", "http_status", Reply::text(500, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")),
        ("a redirect", "redirect_refused", Reply::text(0, "")),
        ("too large", "too_large", Reply::text(200, "x".repeat(40_000))),
        ("too large in pieces", "too_large", Reply::pieces(200, vec![Piece::Text("{".repeat(9_000)); 5])),
        ("broken off", "network", Reply::pieces(200, vec![Piece::Text("{\"jsonrpc\"".into()), Piece::Break])),
        ("stalled", "timeout", Reply::pieces(200, vec![Piece::Text("{\"jsonrpc\"".into()), Piece::Hang])),
        ("a stalled stream", "timeout", Reply::pieces(200, vec![Piece::Text(": hi\n\n".into()), Piece::Hang])),
        ("lost", "network", Reply::Lost),
        ("silence", "timeout", Reply::Silence),
    ];
    for (what, expected, reply) in table {
        let scene = Scene::with(options_with(json!({ "maxAnswerBytes": 32_768 })));
        let page = scene.signed_in_page();
        scene.shop.next(Endpoint::Mcp, move |_, _| reply);
        let began = scene.world.elapsed();
        let outcome = page.order().wait();
        assert_eq!(code(&outcome), expected, "{what}");
        assert!(scene.world.elapsed() - began < 31_000.0, "{what}");
        assert_eq!(scene.shop.count(Endpoint::Mcp), 1, "{what}: an ambiguous failure is not sent again");
        assert!(page.is_signed_in());
        words(&page.order().wait());
    }
}

#[test]
fn a_bom_or_white_space_before_json_is_no_event_stream() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.shop.next(Endpoint::Mcp, |shop, sent| {
        let body = shop.usual(sent).body();
        Reply::pieces(200, vec![Piece::Text(" \n".into()), Piece::Text(format!("\t{body}\r\n"))])
    });
    words(&page.order().wait());
}

#[test]
fn swapped_answers_go_to_nobody() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    for _ in 0..2 {
        scene.shop.next(Endpoint::Mcp, |shop, sent| {
            let id = id_of(sent).as_u64().unwrap();
            let other = if id.is_multiple_of(2) { id + 1 } else { id - 1 };
            let mut envelope: Serde = serde_json::from_str(&shop.usual(sent).body()).unwrap();
            envelope["id"] = json!(other);
            Reply::json(200, &envelope)
        });
    }
    let (first, second) = (page.order(), page.call("get_store_credit_balances", json!({})));
    assert_eq!(code(&first.wait()), "answer_mismatch");
    assert_eq!(code(&second.wait()), "answer_mismatch");
}

#[test]
fn ids_are_used_once() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    let calls: Vec<_> = (0..50).map(|_| page.order()).collect();
    calls.into_iter().for_each(|call| drop(words(&call.wait())));
    let ids = scene.shop.tools.ids();
    let ids: Vec<u64> = ids[ids.len() - 50..].iter().map(|id| id.as_u64().unwrap()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len());
}

#[test]
fn tool_errors_are_told_apart_with_the_servers_words() {
    let page_error = |name: &str, words: &str| {
        let scene = Scene::new();
        let page = scene.signed_in_page();
        let words = words.to_owned();
        scene.shop.next(Endpoint::Mcp, move |_, sent| {
            put(Form::Json, &json!({ "jsonrpc": "2.0", "id": id_of(sent), "result": failure(&words) }))
        });
        let outcome = page.call(name, json!({})).wait();
        assert!(page.is_signed_in() && !page.tab.leaves());
        outcome.err().unwrap()
    };
    for (name, words, expected, retryable) in [
        ("get_order_status", "order_number: is required", "tool_validation", false),
        ("get_order_status", "Unable to process the request, try again", "tool_processing", true),
        ("request_return", "Unable to process the request, try again", "tool_processing", false),
        ("get_order_status", "Order not found with number: #9999", "tool_not_found", false),
        ("nothing", "Tool not found: nothing", "tool_unknown", false),
        ("get_order_status", "A valid JWT is required to call get_order_status", "tool_unauthorized", false),
        ("get_order_status", "Rate limit exceeded", "rate_limited", true),
        ("get_order_status", "", "tool_failed", false),
    ] {
        let error = page_error(name, words);
        assert_eq!(error.code().text(), expected, "{words}");
        assert_eq!(error.fault().retryable, retryable, "{words}");
        if !words.is_empty() {
            assert_eq!(error.fault().message, words, "verbatim");
        }
        assert!(error.fault().answer.is_some());
    }
    for (words, number) in [
        ("Order not found with number: #9999", "#9999"),
        ("Order not found with number: 1001-B", "1001-B"),
        ("Order not found with number: #9999.", "#9999"),
        ("{\"error\":\"Order not found with number: #9999\"}", "#9999"),
        ("Order not found with number: ", ""),
    ] {
        let error = page_error("get_order_status", words);
        assert_eq!(error.fault().order_number.as_deref(), Some(number), "{words}");
    }
}

#[test]
fn results_reach_the_caller_untouched() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    let result = json!({
        "content": [{ "type": "text", "text": "\u{0}\u{202e}<b>é\u{1f600}" }, { "type": "odd" }],
        "structuredContent": { "__proto__": { "admin": true }, "n": 9_007_199_254_740_993_u64, "resultType": "task" },
        "isError": false,
        "unknown": [null, true, 1.5],
    });
    let sent_back = result.clone();
    scene.shop.next(Endpoint::Mcp, move |_, sent| {
        put(Form::Json, &json!({ "jsonrpc": "2.0", "id": id_of(sent), "result": sent_back }))
    });
    assert_eq!(page.order().wait().unwrap().0, result);
}

#[test]
fn a_call_that_is_given_up_is_not_sent_again_and_hurts_nobody() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    // Before it leaves, on its way, and while its answer is under way.
    for moment in [0.0, 10.0, 30.0] {
        scene.shop.forget_log();
        let call = page.call("request_return", json!({ "order_id": "1" }));
        scene.world.advance(moment);
        call.abort();
        scene.world.advance(60_000.0);
        assert!(scene.shop.count(Endpoint::Mcp) <= 1);
        words(&page.order().wait());
    }
}

#[test]
fn tools_are_listed_signed_out_with_all_their_pages_and_kept() {
    let scene = Scene::new();
    scene.shop.set(|shop| shop.tools.pages = 3);
    let page = scene.page();
    let names = |tools: Vec<crate::support::tree::Tree>| -> Vec<String> {
        tools.iter().map(|tool| tool.0["name"].as_str().unwrap().to_owned()).collect()
    };
    let listed = names(page.list_tools(false).wait().unwrap());
    assert_eq!(listed, ["page_0", "get_order_status", "request_return", "wish_list", "page_1", "page_2"]);
    assert_eq!(scene.shop.count(Endpoint::Mcp), 3);
    assert_eq!(names(page.list_tools(false).wait().unwrap()), listed);
    assert_eq!(scene.shop.count(Endpoint::Mcp), 3, "from memory");
    page.list_tools(true).wait().unwrap();
    assert_eq!(scene.shop.count(Endpoint::Mcp), 6);
    assert!(scene.shop.sent(Endpoint::Mcp).iter().all(|sent| sent.header("authorization").is_none()));
}

#[test]
fn a_private_list_is_asked_for_with_the_session_or_says_so() {
    let scene = Scene::new();
    scene.shop.set(|shop| shop.tools.private_list = true);
    let page = scene.page();
    assert_eq!(code(&page.list_tools(false).wait()), "sign_in_needed");
    assert!(!page.tab.leaves(), "a list is no reason to leave the page");
    let (page, _) = scene.sign_in(page, "ada");
    assert_eq!(page.list_tools(false).wait().unwrap().len(), 4);
}

#[test]
fn lists_that_never_end() {
    let scene = Scene::new();
    let page = scene.page();
    scene.shop.always(Endpoint::Mcp, |_, sent| {
        let page = json!({ "tools": [{ "name": "a" }], "nextCursor": "again" });
        put(Form::Json, &json!({ "jsonrpc": "2.0", "id": id_of(sent), "result": page }))
    });
    assert_eq!(code(&page.list_tools(false).wait()), "answer_invalid");
    assert!(scene.shop.count(Endpoint::Mcp) <= 3);
    scene.shop.always(Endpoint::Mcp, |_, sent| {
        put(Form::Json, &json!({ "jsonrpc": "2.0", "id": id_of(sent), "result": { "tools": { "0": "a" } } }))
    });
    assert_eq!(code(&page.list_tools(false).wait()), "answer_invalid");
}

#[test]
fn lists_that_go_round_in_circles() {
    let scene = Scene::new();
    let page = scene.page();
    scene.shop.always(Endpoint::Mcp, |_, sent| {
        let request: Serde = serde_json::from_str(&sent.body).unwrap();
        let next = if request["params"]["cursor"] == "a" { "b" } else { "a" };
        let page = json!({ "tools": [{ "name": "t" }], "nextCursor": next });
        put(Form::Json, &json!({ "jsonrpc": "2.0", "id": id_of(sent), "result": page }))
    });
    let list = page.list_tools(false);
    scene.world.advance(60_000.0);
    assert!(list.is_done(), "{} pages were asked for", scene.shop.count(Endpoint::Mcp));
    assert_eq!(code(&list.wait()), "answer_invalid");
}
