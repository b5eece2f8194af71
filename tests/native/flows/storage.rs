//! Storage that is blocked, full, cleared, or holds something else than we wrote.

use serde_json::json;

use crate::support::page::{Page, options_with};
use crate::support::random::Dice;
use crate::support::scene::{Scene, code, words};
use crate::support::shop::{ACCOUNT_PAGE, Endpoint};

const PREFIX: &str = "shopper-mcp:https://shop.example:client-1:";

#[test]
fn blocked_storage_stops_before_the_page_is_left() {
    let scene = Scene::new();
    let tab = scene.browser.tab(ACCOUNT_PAGE);
    tab.storage.block();
    scene.browser.local.block();
    let page = Page::open(&tab, &scene.options);
    assert_eq!(code(&page.login(json!({})).wait()), "storage_blocked");
    assert_eq!(code(&page.order().wait()), "storage_blocked");
    assert!(!page.tab.leaves());
    assert!(page.handle_redirect().wait().unwrap().is_none());
    page.list_tools(false).wait().unwrap();
}

#[test]
fn blocked_storage_and_a_popup_sign_in_all_the_same() {
    let scene = Scene::new();
    let tab = scene.browser.tab(ACCOUNT_PAGE);
    tab.storage.block();
    scene.browser.local.block();
    let page = Page::open(&tab, &scene.options);
    let login = page.login_by_popup();
    scene.world.advance(2_000.0);
    let popup = scene.browser.popup();
    let there = popup.address.borrow().clone();
    popup.go(&scene.shop.login.authorize(&scene.shop, &there, "ada"));
    popup.storage.block();
    let _handing_over = Page::open(&popup, &scene.options).handle_redirect();
    login.wait().unwrap();
    words(&page.order().wait());
    assert!(!page.customer.shop.session.is_persistent());
}

#[test]
fn no_room_for_the_login_stops_before_the_page_is_left() {
    let scene = Scene::new();
    let page = scene.page();
    page.login(json!({})).wait().unwrap();
    let room = page.tab.departure();
    let scene = Scene::new();
    let page = scene.page();
    // The state is random, but the same in every run of this seed.
    let state = url::Url::parse(&room).unwrap().query_pairs().find(|(key, _)| key == "state").unwrap().1.into_owned();
    page.tab.storage.has_no_room_for(&state);
    assert_eq!(code(&page.login(json!({})).wait()), "storage_full");
    assert!(!page.tab.leaves());
}

#[test]
fn no_room_for_the_tokens_keeps_the_session_in_memory() {
    let scene = Scene::new();
    let page = scene.page();
    page.tab.storage.has_no_room_for(":session");
    page.login(json!({})).wait().unwrap();
    let back = scene.shopper_signs_in(&page.tab, "ada");
    back.handle_redirect().wait().unwrap().unwrap();
    assert!(back.is_signed_in() && !back.customer.shop.session.is_persistent());
    words(&back.order().wait());
    scene.expire();
    words(&back.order().wait());
    assert_eq!(scene.shop.count(Endpoint::Token), 1);
    let sibling = scene.page();
    assert!(sibling.is_signed_in(), "a tab with room takes it over");
    assert!(sibling.customer.shop.session.is_persistent());
    assert!(!scene.reload(&back.tab).events().is_empty() || back.is_signed_in());
}

#[test]
fn tokens_that_only_this_page_holds_are_not_left_behind() {
    for (storage, full) in [("memory", false), ("session", true)] {
        let scene = Scene::with(options_with(json!({ "storage": storage })));
        let page = scene.page_at("https://shop.example/chat");
        if full {
            page.tab.storage.has_no_room_for(":session");
        }
        let _call = page.order();
        scene.world.advance(1_000.0);
        let back = scene.shopper_signs_in(&page.tab, "ada");
        let brought = back.handle_redirect().wait().unwrap().unwrap();
        assert_eq!(brought.return_to, "https://shop.example/chat");
        assert_eq!(words(&brought.resumed[0].outcome), "Order #1001 of ada is on its way.");
        assert!(!back.tab.leaves() && back.is_signed_in(), "{storage}");
    }
}

#[test]
fn a_token_store_that_fails_later_is_noticed_and_does_not_lose_the_session() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    assert!(page.customer.shop.session.is_persistent());
    page.tab.storage.has_no_room_for(":session");
    scene.expire();
    words(&page.order().wait());
    assert!(!page.customer.shop.session.is_persistent());
    words(&page.order().wait());
    assert_eq!(scene.shop.count(Endpoint::Token), 1);
}

#[test]
fn a_stale_record_that_could_not_be_overwritten_is_not_used_after_a_reload() {
    let scene = Scene::with(options_with(json!({ "onSignInNeeded": "event" })));
    let page = scene.signed_in_page();
    page.tab.storage.has_no_room_for(":session");
    scene.expire();
    words(&page.order().wait());
    scene.shop.forget_log();
    // The store still holds the refresh token that was used up: sending it again would revoke the whole family.
    let page = scene.reload(&page.tab);
    let _call = page.order();
    scene.world.advance(5_000.0);
    scene.shop.login.assert_families_alive();
}

#[test]
fn local_storage_that_is_blocked_only_costs_the_hint_for_new_tabs() {
    let scene = Scene::new();
    scene.browser.local.block();
    let page = scene.signed_in_page();
    let other = scene.page();
    assert!(!other.is_signed_in());
    scene.expire();
    words(&page.order().wait());
    page.logout().unwrap();
    assert!(!page.is_signed_in());
}

#[test]
fn what_is_in_the_store_is_not_believed() {
    let dice = Dice::new(11);
    let names = ["session", "live", "ended", "arrival", "login:sm1r.x", "login:x"];
    let mut garbage: Vec<String> = vec![
        String::new(),
        "null".into(),
        "[]".into(),
        "{}".into(),
        "{\"v\":\"2\"}".into(),
        "{\"__proto__\":{\"v\":\"1\"}}".into(),
        "x".repeat(4 << 20),
        format!("{{\"v\":\"1\",\"id\":\"{}\"}}", "x".repeat(4 << 20)),
        "[".repeat(100_000),
    ];
    let keys = [
        "v",
        "id",
        "generation",
        "started_at",
        "issuer",
        "token_endpoint",
        "access_token",
        "at",
        "returnTo",
        "calls",
        "copy",
    ];
    garbage.extend((0..100).map(|_| dice.object(&keys, 2).to_string()));
    garbage.extend((0..50).map(|_| dice.text()));
    for text in &garbage {
        let scene = Scene::new();
        let tab = scene.browser.tab(ACCOUNT_PAGE);
        for store in [&tab.storage, &scene.browser.local] {
            for name in names {
                store.write(&format!("{PREFIX}{name}"), text).unwrap();
            }
            for name in ["login", "customer"] {
                store.write(&format!("shopper-mcp:https://shop.example:discovery:{name}"), text).unwrap();
            }
        }
        let page = Page::open(&tab, &scene.options);
        assert!(!page.is_signed_in(), "{text:.80}");
        assert!(page.handle_redirect().wait().unwrap().is_none());
        let (page, _) = scene.sign_in(page, "ada");
        words(&page.order().wait());
        assert_eq!(scene.shop.count(Endpoint::Elsewhere), 0);
    }
}

#[test]
fn a_record_of_another_version_is_ignored() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    let key = page.tab.storage.key(":session");
    let record = page.tab.storage.read(&key).unwrap();
    for other in [
        record.replace("\"v\":\"1\"", "\"v\":\"2\""),
        record.replace("\"v\":\"1\"", "\"v\":1"),
        record.replace("\"v\":\"1\",", ""),
        record.replace("SECRET-access", "SECRET\\r\\naccess"),
        record.replace("\"generation\":", "\"generation\":-"),
        record.replace("\"started_at\":", "\"started_at\":9e99,\"x\":"),
    ] {
        assert_ne!(other, record);
        let tab = scene.browser.tab(ACCOUNT_PAGE);
        tab.storage.write(&key, &other).unwrap();
        scene.browser.local.clear();
        assert!(!Page::open(&tab, &scene.options).is_signed_in(), "{other}");
    }
}

#[test]
fn storage_cleared_under_a_page_is_no_disaster() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    page.tab.storage.clear();
    scene.browser.local.clear();
    words(&page.order().wait());
    scene.expire();
    words(&page.order().wait());
    assert!(page.tab.storage.has(":session"));
}

#[test]
fn a_full_life_leaves_a_constant_number_of_keys() {
    let scene = Scene::with(options_with(json!({ "scope": "customer-account-mcp-api:full" })));
    let mut page = scene.page();
    let mut counts = std::collections::BTreeSet::new();
    for _ in 0..30 {
        let (back, _) = scene.sign_in(page, "ada");
        words(&back.order().wait());
        scene.expire();
        words(&back.order().wait());
        back.logout().unwrap();
        counts.insert((back.tab.storage.keys("").len(), scene.browser.local.keys("").len()));
        page = back;
    }
    assert_eq!(counts.len(), 1, "{counts:?}");
    assert!(!page.tab.storage.text().contains("SECRET"));
}
