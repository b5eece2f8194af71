//! Web Locks: held until dropped, never waited for longer than asked.

use js_sys::{Date, Promise};
use shopper_mcp::platform::{Clock, Tabs};
use shopper_mcp::wait::{First, both, race};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::browser;

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = lockState)]
    fn lock_state(name: &str) -> Promise;
    #[wasm_bindgen(js_name = hideLocks)]
    fn hide_locks() -> js_sys::Function;
}

/// `held`, `pending` or `free`, as the browser itself reports.
async fn state(name: &str) -> String {
    JsFuture::from(lock_state(name)).await.unwrap().as_string().unwrap()
}

/// A released lock is free a moment later.
async fn is_freed(name: &str) -> bool {
    for _ in 0..100 {
        if state(name).await == "free" {
            return true;
        }
        browser().sleep(10.0).await;
    }
    false
}

#[wasm_bindgen_test]
async fn a_lock_is_held_until_it_is_dropped() {
    let browser = browser();
    let guard = browser.lock("test:held", 1_000).await.expect("the lock");
    browser.sleep(1_200.0).await;
    assert_eq!(state("test:held").await, "held", "beyond the time one would wait for it");
    drop(guard);
    assert!(is_freed("test:held").await);
    assert!(browser.lock("test:held", 1_000).await.is_some(), "and it can be had again");
}

#[wasm_bindgen_test]
async fn a_wait_that_is_too_long_gives_none() {
    let (holder, other) = (browser(), browser());
    let _guard = holder.lock("test:busy", 1_000).await.expect("the lock");
    let began = Date::now();
    assert!(other.lock("test:busy", 100).await.is_none());
    let waited = Date::now() - began;
    assert!((95.0..5_000.0).contains(&waited), "{waited} ms");
    assert!(other.lock("test:another", 100).await.is_some(), "only that lock is busy");
}

#[wasm_bindgen_test]
async fn the_next_in_line_gets_it() {
    let browser = browser();
    let guard = browser.lock("test:line", 1_000).await.expect("the lock");
    let release = async {
        browser.sleep(50.0).await;
        assert_eq!(state("test:line").await, "held");
        drop(guard);
    };
    let ((), next) = both(release, browser.lock("test:line", 5_000)).await;
    assert!(next.is_some());
}

#[wasm_bindgen_test]
async fn a_wait_that_is_given_up_keeps_nothing() {
    let browser = browser();
    let guard = browser.lock("test:given-up", 1_000).await.expect("the lock");
    assert!(matches!(race(browser.lock("test:given-up", 300), browser.sleep(30.0)).await, First::Right(())));
    browser.sleep(400.0).await;
    drop(guard);
    assert!(is_freed("test:given-up").await);
}

#[wasm_bindgen_test]
async fn where_there_are_no_locks_there_is_none() {
    let show = hide_locks();
    let guard = browser().lock("test:none", 1_000).await;
    show.call0(&JsValue::UNDEFINED).unwrap();
    assert!(guard.is_none());
}
