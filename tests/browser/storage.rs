//! Web Storage, with gloo-storage's own view of it as the witness.

use gloo_storage::{LocalStorage, SessionStorage, Storage as _};
use js_sys::{Function, JsString};
use shopper_mcp::error::Code;
use shopper_mcp::json::Value;
use shopper_mcp::platform::{Area, Storage};
use shopper_mcp::web::{Browser, TokenArea};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{browser, cause_of, member, object, refused, text_member};

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = ownStore)]
    fn own_store() -> JsValue;
    #[wasm_bindgen(js_name = refusingStore)]
    fn refusing_store() -> JsValue;
    #[wasm_bindgen(js_name = blockStorage)]
    fn block_storage() -> Function;
}

fn with_tokens(area: TokenArea) -> Browser {
    Browser::new(area, Box::new(|_| {}))
}

#[wasm_bindgen_test]
fn each_area_is_the_browsers_own_store() {
    let browser = browser();
    for (area, raw) in [(Area::Tab, SessionStorage::raw()), (Area::Origin, LocalStorage::raw())] {
        let key = "test:own \u{e9}😀";
        assert_eq!(browser.read(area, key), None);
        browser.write(area, key, "a\0\"é😀").unwrap();
        assert_eq!(raw.get_item(key).unwrap().as_deref(), Some("a\0\"é😀"));
        raw.set_item(key, "by another").unwrap();
        assert_eq!(browser.read(area, key).as_deref(), Some("by another"));
        browser.write(area, key, "").unwrap();
        assert_eq!(browser.read(area, key).as_deref(), Some(""), "empty is not absent");
        browser.remove(area, key);
        browser.remove(area, key);
        assert_eq!(raw.get_item(key).unwrap(), None);
    }
}

#[wasm_bindgen_test]
fn keys_are_found_by_prefix() {
    let browser = browser();
    let names = ["test:keys:1", "test:keys:2", "test:key", "other:test:keys:", "test:keys:"];
    for name in names {
        browser.write(Area::Tab, name, "x").unwrap();
    }
    let mut found = browser.keys(Area::Tab, "test:keys:");
    found.sort();
    assert_eq!(found, ["test:keys:", "test:keys:1", "test:keys:2"]);
    assert!(browser.keys(Area::Origin, "test:keys:").is_empty());
    for name in names {
        browser.remove(Area::Tab, name);
    }
    assert!(browser.keys(Area::Tab, "test:keys:").is_empty());
}

#[wasm_bindgen_test]
fn tokens_go_where_the_page_wants_them() {
    let key = "test:tokens";
    for (tokens, tab, origin) in [(TokenArea::Tab, true, false), (TokenArea::Origin, false, true)] {
        let browser = with_tokens(tokens);
        browser.write(Area::Tokens, key, "t").unwrap();
        assert_eq!(SessionStorage::raw().get_item(key).unwrap().is_some(), tab);
        assert_eq!(LocalStorage::raw().get_item(key).unwrap().is_some(), origin);
        browser.remove(Area::Tokens, key);
    }
}

#[wasm_bindgen_test]
fn without_a_place_for_tokens_writing_is_refused() {
    let browser = with_tokens(TokenArea::Nowhere);
    refused(browser.write(Area::Tokens, "test:nowhere", "t"), Code::StorageBlocked);
    assert_eq!(browser.read(Area::Tokens, "test:nowhere"), None);
    assert!(browser.keys(Area::Tokens, "").is_empty());
    browser.remove(Area::Tokens, "test:nowhere");
    assert_eq!(SessionStorage::raw().get_item("test:nowhere").unwrap(), None);
    assert_eq!(LocalStorage::raw().get_item("test:nowhere").unwrap(), None);
}

#[wasm_bindgen_test]
fn a_store_of_the_pages_own_is_used_by_its_three_methods() {
    let store = own_store();
    let browser = with_tokens(TokenArea::Own(store.clone()));
    browser.write(Area::Tokens, "k", "v").unwrap();
    assert_eq!(text_member(&member(&store, "records"), "k"), "v");
    assert_eq!(browser.read(Area::Tokens, "k").as_deref(), Some("v"));
    assert_eq!(browser.read(Area::Tokens, "absent"), None);
    browser.remove(Area::Tokens, "k");
    assert!(member(&store, "records").keys().is_empty());
}

#[wasm_bindgen_test]
fn a_store_of_the_pages_own_that_throws_is_an_error_and_no_more() {
    let browser = with_tokens(TokenArea::Own(refusing_store()));
    let error = refused(browser.write(Area::Tokens, "k", "v"), Code::StorageFull);
    assert_eq!(text_member(&cause_of(&error), "message"), "refused");
    assert_eq!(browser.read(Area::Tokens, "k"), None);
    browser.remove(Area::Tokens, "k");
}

#[wasm_bindgen_test]
fn a_full_store_says_so_and_keeps_what_it_has() {
    let browser = browser();
    browser.write(Area::Tab, "test:full", "before").unwrap();
    let error = refused(browser.write(Area::Tab, "test:full", &"x".repeat(12 * 1024 * 1024)), Code::StorageFull);
    assert_eq!(text_member(&cause_of(&error), "name"), "QuotaExceededError");
    assert_eq!(browser.read(Area::Tab, "test:full").as_deref(), Some("before"));
    browser.remove(Area::Tab, "test:full");
}

#[wasm_bindgen_test]
fn blocked_storage_refuses_and_reads_nothing() {
    let unblock = block_storage();
    // As where cookies are blocked: merely looking at `sessionStorage` throws.
    let browser = browser();
    let written = browser.write(Area::Tab, "test:blocked", "x");
    let read = browser.read(Area::Origin, "test:blocked");
    let keys = browser.keys(Area::Tab, "");
    browser.remove(Area::Tab, "test:blocked");
    unblock.call0(&JsValue::UNDEFINED).unwrap();
    refused(written, Code::StorageBlocked);
    assert!(read.is_none() && keys.is_empty());
    assert!(SessionStorage::raw().get_item("test:blocked").unwrap().is_none());
}

#[wasm_bindgen_test]
fn a_store_may_hold_what_is_no_unicode() {
    let raw = SessionStorage::raw();
    let set = member(&raw, "setItem").unchecked_into::<Function>();
    let lone = object([("text", js_sys::JSON::parse(r#""a\ud800b""#).unwrap())]);
    set.call2(&raw, &"test:lone".into(), &member(&lone, "text")).unwrap();
    assert_eq!(JsString::from(member(&lone, "text")).length(), 3);
    assert_eq!(browser().read(Area::Tab, "test:lone").as_deref(), Some("a\u{fffd}b"));
    browser().remove(Area::Tab, "test:lone");
}
