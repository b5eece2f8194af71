//! The caller's AbortSignal: heard once, and not listened to any longer than somebody waits.

use shopper_mcp::platform::Clock;
use shopper_mcp::wait::{First, both, race};
use shopper_mcp::web::aborted;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortSignal;

use crate::browser;

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    type WatchedSignal;
    #[wasm_bindgen(js_name = watchedSignal)]
    fn watched_signal() -> WatchedSignal;
    #[wasm_bindgen(method, getter)]
    fn signal(this: &WatchedSignal) -> AbortSignal;
    #[wasm_bindgen(method, getter)]
    fn listeners(this: &WatchedSignal) -> u32;
    #[wasm_bindgen(method, getter)]
    fn errors(this: &WatchedSignal) -> u32;
    #[wasm_bindgen(method)]
    fn abort(this: &WatchedSignal);
}

#[wasm_bindgen_test]
async fn an_abort_is_heard() {
    let watched = watched_signal();
    let waiting = aborted(&watched.signal());
    assert_eq!(watched.listeners(), 1);
    let after = async {
        browser().sleep(20.0).await;
        watched.abort();
        browser().sleep(5_000.0).await;
    };
    assert!(matches!(race(waiting, after).await, First::Left(())));
    assert_eq!(watched.listeners(), 0);
}

#[wasm_bindgen_test]
async fn an_abort_of_the_past_is_heard_too() {
    let watched = watched_signal();
    watched.abort();
    assert!(matches!(race(aborted(&watched.signal()), browser().sleep(5_000.0)).await, First::Left(())));
}

#[wasm_bindgen_test]
async fn who_gives_up_waiting_stops_listening() {
    let watched = watched_signal();
    let (never_polled, polled) = (aborted(&watched.signal()), aborted(&watched.signal()));
    assert_eq!(watched.listeners(), 2);
    drop(never_polled);
    assert!(matches!(race(polled, browser().sleep(10.0)).await, First::Right(())));
    assert_eq!(watched.listeners(), 0);
    watched.abort();
    browser().sleep(20.0).await;
    assert_eq!(watched.errors(), 0, "nothing is called that was dropped");
}

#[wasm_bindgen_test]
async fn an_abort_before_anybody_polled_is_heard() {
    let watched = watched_signal();
    let wait = aborted(&watched.signal());
    watched.abort();
    assert!(matches!(race(wait, browser().sleep(1_000.0)).await, First::Left(())));
}

#[wasm_bindgen_test]
async fn one_signal_ends_many_waits() {
    let watched = watched_signal();
    let signal = watched.signal();
    let waits = both(aborted(&signal), both(aborted(&signal), aborted(&signal)));
    assert_eq!(watched.listeners(), 3);
    let after = async {
        watched.abort();
        browser().sleep(5_000.0).await;
    };
    assert!(matches!(race(waits, after).await, First::Left(_)));
    assert_eq!(watched.listeners(), 0);
}
