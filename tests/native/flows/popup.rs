//! Sign-in in a popup.

use serde_json::json;
use shopper_mcp::client::SignInPolicy;

use crate::support::page::{Page, options_with};
use crate::support::scene::{Scene, code, words};
use crate::support::shop::Endpoint;

/// The popup is on the login server; the shopper signs in there and the popup is sent back.
fn sign_in_there(scene: &Scene, customer: &str) -> Page {
    let popup = scene.browser.popup();
    let there = popup.address.borrow().clone();
    popup.go(&scene.shop.login.authorize(&scene.shop, &there, customer));
    Page::open(&popup, &scene.options)
}

#[test]
fn the_popup_hands_over_and_closes() {
    let scene = Scene::new();
    let page = scene.page();
    let login = page.login_by_popup();
    scene.world.advance(2_000.0);
    assert!(!page.tab.leaves() && !page.tab.storage.has(":login:"), "the record stays in memory");
    let popup = sign_in_there(&scene, "ada");
    let _handing_over = popup.handle_redirect();
    login.wait().unwrap();
    scene.world.advance(100.0);
    assert!(popup.tab.closed.get());
    assert!(page.is_signed_in());
    assert_eq!(scene.shop.count(Endpoint::Token), 1);
    words(&page.order().wait());
    for (name, message) in scene.browser.bus.posted.borrow().iter() {
        assert!(!name.contains("sm1p."), "the channel's name does not tell the state");
        assert!(!message.contains("SECRET-code") || name.contains(":popup:"));
    }
}

#[test]
fn a_call_in_a_click_signs_in_by_popup_and_is_answered() {
    let scene = Scene::with(options_with(json!({ "onSignInNeeded": "popup" })));
    let page = scene.page();
    let calls = [page.order(), page.call("request_return", json!({ "order_id": "1" }))];
    scene.world.advance(1_000.0);
    let first = scene.browser.popups.borrow()[0].clone();
    let there = first.address.borrow().clone();
    first.go(&scene.shop.login.authorize(&scene.shop, &there, "ada"));
    let _handing_over = Page::open(&first, &scene.options).handle_redirect();
    for call in calls {
        words(&call.wait());
    }
    assert_eq!(scene.shop.tools.executions("request_return"), 1, "in the same page a write is sent as well");
    assert_eq!(scene.shop.count(Endpoint::Token), 1, "both calls share one sign-in");
    scene.world.advance(1_000.0);
    assert!(scene.browser.popups.borrow().iter().all(|popup| popup.closed.get()), "no window is left open");
}

#[test]
fn a_window_that_was_not_needed_is_closed() {
    let scene = Scene::with(options_with(json!({ "onSignInNeeded": "popup" })));
    let page = scene.page();
    let call = page.order();
    // Another tab signs in while this call is still finding its server.
    scene.shop.next(Endpoint::CustomerDocument, |shop, sent| shop.usual(sent).after(3_000.0));
    let waiting = page.call("get_store_credit_balances", json!({}));
    scene.world.advance(10.0);
    call.abort();
    waiting.abort();
    scene.world.advance(1_000.0);
    assert!(
        scene.browser.popups.borrow().iter().all(|popup| popup.closed.get()),
        "an abandoned call closes its window"
    );
}

#[test]
fn a_popup_that_the_shopper_closes() {
    let scene = Scene::new();
    let page = scene.page();
    let login = page.login_by_popup();
    scene.world.advance(2_000.0);
    scene.browser.popup().closed.set(true);
    let began = scene.world.elapsed();
    assert_eq!(code(&login.wait()), "popup_closed");
    assert!(scene.world.elapsed() - began < 3_000.0);
    assert_eq!(scene.shop.count(Endpoint::Token), 0);
    let again = page.login_by_popup();
    scene.world.advance(2_000.0);
    let popup = sign_in_there(&scene, "ada");
    let _handing_over = popup.handle_redirect();
    again.wait().unwrap();
}

#[test]
fn a_popup_that_is_closed_while_it_is_blank() {
    let scene = Scene::new();
    let page = scene.page();
    let login = page.login_by_popup();
    scene.world.settle();
    scene.browser.popup().closed.set(true);
    assert_eq!(code(&login.wait()), "popup_closed");
    assert!(scene.world.elapsed() < 1_000.0);
}

#[test]
fn a_sign_in_that_everyone_gave_up_closes_its_window() {
    let scene = Scene::new();
    let page = scene.page();
    let (first, second) = (page.login_by_popup(), page.login_by_popup());
    scene.world.advance(5_000.0);
    first.abort();
    scene.world.advance(1_000.0);
    assert!(!scene.browser.popups.borrow()[0].closed.get(), "one of them still waits");
    second.abort();
    scene.world.advance(1_000.0);
    assert!(scene.browser.popups.borrow().iter().all(|popup| popup.closed.get()));
    let again = page.login_by_popup();
    scene.world.advance(2_000.0);
    let popup = sign_in_there(&scene, "ada");
    let _handing_over = popup.handle_redirect();
    again.wait().unwrap();
}

#[test]
fn a_popup_that_closes_with_its_message_under_way() {
    let scene = Scene::new();
    let page = scene.page();
    let login = page.login_by_popup();
    scene.world.advance(2_000.0);
    let popup = sign_in_there(&scene, "ada");
    let _handing_over = popup.handle_redirect();
    scene.world.settle();
    popup.tab.closed.set(true);
    login.wait().unwrap();
    assert!(page.is_signed_in());
}

#[test]
fn a_popup_that_was_cut_off_is_waited_for() {
    let scene = Scene::new();
    scene.browser.cuts_off_openers.set(true);
    let page = scene.page();
    let login = page.login_by_popup();
    scene.world.advance(120_000.0);
    assert!(scene.browser.popup().cut_off.get());
    assert!(!login.is_done());
    let popup = sign_in_there(&scene, "ada");
    let handing_over = popup.handle_redirect();
    login.wait().unwrap();
    assert!(page.is_signed_in());
    assert!(handing_over.wait().unwrap().is_none());
    assert!(popup.tab.closed.get(), "the popup closes itself");
}

#[test]
fn a_popup_that_nobody_uses() {
    let scene = Scene::new();
    let page = scene.page();
    let login = page.login_by_popup();
    assert_eq!(code(&login.wait()), "popup_timeout");
    assert!(scene.world.elapsed() >= 600_000.0);
    assert!(scene.browser.popup().closed.get());
}

#[test]
fn a_blocked_popup_says_so_and_sends_nothing() {
    let scene = Scene::new();
    scene.browser.blocks_popups.set(true);
    let page = scene.page();
    assert_eq!(code(&page.login_by_popup().wait()), "popup_blocked");
    let call = page.call_with("get_order_status", json!({}), Some(SignInPolicy::Popup), false);
    assert_eq!(code(&call.wait()), "popup_blocked");
    assert_eq!(scene.shop.count(Endpoint::Token) + scene.shop.count(Endpoint::Mcp), 0);
    assert!(!page.tab.leaves());
}

#[test]
fn a_popup_whose_opener_is_gone() {
    let scene = Scene::new();
    let page = scene.page();
    let _login = page.login_by_popup();
    scene.world.advance(2_000.0);
    let popup = sign_in_there(&scene, "ada");
    page.crash();
    let outcome = popup.handle_redirect().wait();
    assert_eq!(code(&outcome), "state_mismatch");
    assert_eq!(scene.shop.count(Endpoint::Token), 0);
    assert!(!popup.tab.closed.get(), "the shopper is left with a page");
}

#[test]
fn an_altered_callback_in_a_popup_posts_nothing() {
    for (from, to, expected) in [
        ("authentication%2F1234", "authentication%2F99", "issuer_mismatch"),
        ("code=SECRET", "error=access_denied&x=SECRET", "access_denied"),
        ("code=", "code=a&code=", "callback_invalid"),
    ] {
        let scene = Scene::new();
        let page = scene.page();
        let login = page.login_by_popup();
        scene.world.advance(2_000.0);
        let popup = scene.browser.popup();
        let there = popup.address.borrow().clone();
        let callback = scene.shop.login.authorize(&scene.shop, &there, "ada").replace(from, to);
        popup.go(&callback);
        let popup = Page::open(&popup, &scene.options);
        let handing_over = popup.handle_redirect();
        match expected {
            // The popup refuses it by itself; the opener hears nothing and waits for a better one.
            "callback_invalid" => assert_eq!(code(&handing_over.wait()), expected),
            _ => assert_eq!(code(&login.wait()), expected),
        }
        assert_eq!(scene.shop.count(Endpoint::Token), 0);
        assert!(!page.is_signed_in());
    }
}

#[test]
fn another_windows_state_finds_no_opener() {
    let scene = Scene::new();
    let page = scene.page();
    let login = page.login_by_popup();
    scene.world.advance(2_000.0);
    let stranger = scene.page_at("https://shop.example/pages/account?code=SECRET&state=sm1p.guess");
    assert_eq!(code(&stranger.handle_redirect().wait()), "state_mismatch");
    assert!(!login.is_done());
    assert_eq!(scene.shop.count(Endpoint::Token), 0);
}

#[test]
fn where_the_exchange_fails_the_popup_is_closed_and_the_error_told() {
    let scene = Scene::new();
    let page = scene.page();
    let login = page.login_by_popup();
    scene.world.advance(2_000.0);
    scene.shop.set(|shop| shop.login.bad_signature = true);
    let popup = sign_in_there(&scene, "ada");
    let _handing_over = popup.handle_redirect();
    assert_eq!(code(&login.wait()), "id_token_invalid");
    assert!(popup.tab.closed.get() && !page.is_signed_in());
}

#[test]
fn without_channels_a_popup_says_what_to_use() {
    let scene = Scene::new();
    scene.browser.has_channels.set(false);
    let page = scene.page();
    assert_eq!(code(&page.login_by_popup().wait()), "storage_unavailable");
    assert!(scene.browser.popup().closed.get());
}
