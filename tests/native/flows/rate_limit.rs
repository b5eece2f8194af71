//! Rate limits: three shapes, one wait.

use serde_json::{Value as Serde, json};

use crate::support::http_date;
use crate::support::network::{LATENCY, Reply, Sent};
use crate::support::page::{Page, options_with};
use crate::support::scene::{Scene, code, words};
use crate::support::shop::{Endpoint, FakeShop};

fn rpc(sent: &Sent, status: u16, error: &Serde) -> Reply {
    let id = serde_json::from_str::<Serde>(&sent.body).unwrap()["id"].clone();
    Reply::json(status, &json!({ "jsonrpc": "2.0", "id": id, "error": error }))
}

/// How long one call takes when the server refuses it once like this.
fn time_of_one_refusal(reply: impl FnOnce(&FakeShop, &Sent) -> Reply + 'static) -> f64 {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.shop.next(Endpoint::Mcp, reply);
    let began = scene.world.elapsed();
    words(&page.call("request_return", json!({ "order_id": "1" })).wait());
    assert_eq!(scene.shop.count(Endpoint::Mcp), 2);
    assert_eq!(scene.shop.tools.executions("request_return"), 1, "a limited call was not executed");
    scene.world.elapsed() - began - 4.0 * LATENCY
}

#[test]
fn the_named_wait_is_kept_in_all_shapes() {
    let seconds = time_of_one_refusal(|_, _| Reply::text(429, "").header("retry-after", "2"));
    let date = time_of_one_refusal(|shop, _| {
        // A date has whole seconds, and the answer is under way for a moment.
        Reply::text(429, "").header("retry-after", &http_date::write(shop.world.true_time() + 3_000.0))
    });
    let data = time_of_one_refusal(|_, sent| {
        rpc(sent, 200, &json!({ "code": -32000, "message": "Too many", "data": { "retry_after": 2 } }))
    });
    let both = time_of_one_refusal(|_, sent| {
        rpc(sent, 429, &json!({ "code": -32000, "message": "Too many", "data": { "retry_after": 2 } }))
    });
    let words = time_of_one_refusal(|_, sent| {
        rpc(sent, 200, &json!({ "code": -32600, "message": "Invalid", "data": "Rate limit exceeded" }))
            .header("retry-after", "2")
    });
    for (shape, wait) in [("seconds", seconds), ("date", date), ("data", data), ("both", both), ("words", words)] {
        assert!((1_900.0..3_300.0).contains(&wait), "{shape}: {wait}");
    }
}

#[test]
fn an_unnamed_or_senseless_wait_is_a_short_one() {
    for header in [None, Some("soon"), Some("-5"), Some("99999999999999999999"), Some("2.5"), Some("")] {
        let wait = time_of_one_refusal(move |_, _| {
            let reply = Reply::text(429, "");
            match header {
                Some(value) => reply.header("retry-after", value),
                None => reply,
            }
        });
        assert!((0.0..=500.0).contains(&wait), "{header:?}: {wait}");
    }
    let past = time_of_one_refusal(|_, _| Reply::text(429, "").header("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT"));
    assert!((0.0..=250.0).contains(&past), "a date in the past: {past}");
    for data in [json!({ "retry_after": -1 }), json!({ "retry_after": 0 })] {
        let wait = time_of_one_refusal(move |_, sent| {
            rpc(sent, 200, &json!({ "code": -32000, "message": "Rate limited", "data": data }))
        });
        assert!((0.0..=500.0).contains(&wait), "{wait}");
    }
    for message in ["Rate limit exceeded", "RATE LIMIT", "You hit the rate limit"] {
        time_of_one_refusal(move |_, sent| rpc(sent, 200, &json!({ "code": -32600, "message": message })));
    }
}

fn refuse_always(scene: &Scene, header: &'static str) {
    scene.shop.always(Endpoint::Mcp, move |_, _| Reply::text(429, "").header("retry-after", header));
}

#[test]
fn patience_ends() {
    let scene = Scene::with(options_with(json!({ "rateLimitWaitMs": 10_000 })));
    let page = scene.signed_in_page();
    scene.shop.always(Endpoint::Mcp, |_, _| Reply::text(429, ""));
    let began = scene.world.elapsed();
    let outcome = page.order().wait();
    assert_eq!(code(&outcome), "rate_limited");
    let error = outcome.err().unwrap();
    assert!(error.fault().retryable && error.fault().retry_after_ms.is_none());
    assert_eq!(error.fault().status, Some(429));
    let waited = scene.world.elapsed() - began;
    assert!(waited < 12_000.0, "{waited}");
    assert!((3..=21).contains(&scene.shop.count(Endpoint::Mcp)), "{}", scene.shop.count(Endpoint::Mcp));
    assert!(page.is_signed_in());
}

#[test]
fn a_wait_that_is_too_long_is_told_at_once() {
    for (header, expected) in [("3600", 3_600_000.0), ("4294967295", 4_294_967_295_000.0)] {
        let scene = Scene::new();
        let page = scene.signed_in_page();
        refuse_always(&scene, header);
        let began = scene.world.elapsed();
        let error = page.order().wait().err().unwrap();
        assert_eq!(error.code().text(), "rate_limited");
        assert_eq!(error.fault().retry_after_ms, Some(expected));
        assert!(scene.world.elapsed() - began < 100.0);
        assert_eq!(scene.shop.count(Endpoint::Mcp), 1);
    }
}

#[test]
fn back_off_grows_and_is_spread() {
    let scene = Scene::with(options_with(json!({ "rateLimitWaitMs": 600_000 })));
    let page = scene.signed_in_page();
    scene.shop.always(Endpoint::Mcp, |_, _| Reply::text(429, ""));
    let _ = page.order().wait();
    let times: Vec<f64> = scene.shop.sent(Endpoint::Mcp).iter().map(|sent| sent.at).collect();
    let waits: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0] - 2.0 * LATENCY).collect();
    for (tries, wait) in waits.iter().enumerate() {
        let bound = 30_000.0_f64.min(500.0 * 2.0_f64.powi(tries as i32));
        assert!((0.0..=bound).contains(wait), "wait {tries}: {wait} > {bound}");
    }
    assert!(waits.iter().any(|wait| *wait > 5_000.0), "it grows: {waits:?}");

    // Calls that are turned away together do not come back as one.
    let scene = Scene::new();
    let page = scene.signed_in_page();
    for _ in 0..10 {
        scene.shop.next(Endpoint::Mcp, |_, _| Reply::text(429, "").header("retry-after", "1"));
    }
    let calls: Vec<_> = (0..10).map(|_| page.order()).collect();
    calls.into_iter().for_each(|call| drop(words(&call.wait())));
    let mut times: Vec<f64> = scene.shop.sent(Endpoint::Mcp).iter().skip(10).map(|sent| sent.at).collect();
    times.dedup();
    assert!(times.len() > 5, "{times:?}");
}

#[test]
fn a_waiting_call_can_be_given_up() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    refuse_always(&scene, "30");
    let call = page.order();
    scene.world.advance(5_000.0);
    call.abort();
    scene.world.advance(120_000.0);
    assert_eq!(scene.shop.count(Endpoint::Mcp), 1);
}

#[test]
fn a_sign_out_while_waiting_sends_no_dead_token() {
    let scene = Scene::with(options_with(json!({ "onSignInNeeded": "event" })));
    let (page, other): (Page, Page) = (scene.signed_in_page(), scene.sibling());
    scene.shop.next(Endpoint::Mcp, |_, _| Reply::text(429, "").header("retry-after", "10"));
    let _call = page.order();
    scene.world.advance(5_000.0);
    other.logout().unwrap();
    scene.world.advance(60_000.0);
    assert_eq!(scene.shop.count(Endpoint::Mcp), 1, "the customer signed out: nothing more is sent for them");
}

#[test]
fn what_only_looks_like_a_limit_is_an_error() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    for error in [
        json!({ "code": -32600, "message": "Invalid request" }),
        json!({ "code": -32000, "message": "Something broke" }),
        json!({ "code": -32602, "message": "rate limit must be a number" }),
    ] {
        scene.shop.next(Endpoint::Mcp, move |_, sent| rpc(sent, 200, &error));
        assert_eq!(code(&page.order().wait()), "rpc_error");
    }
}

#[test]
fn a_503_is_not_waited_for_but_says_how_long() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    for (header, expected) in [("7", Some(7_000.0)), ("Wed, 21 Oct 2015 07:28:00 GMT", Some(0.0)), ("soon", None)] {
        scene.shop.next(Endpoint::Mcp, move |_, _| Reply::text(503, "<html>").header("retry-after", header));
        let error = page.order().wait().err().unwrap();
        assert_eq!(error.code().text(), "http_status");
        assert!(error.fault().retryable);
        assert_eq!(error.fault().retry_after_ms, expected, "{header}");
    }
}
