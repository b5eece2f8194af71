//! One session over all tabs: found, shared, ended together, and nothing believed that is said on the channel.

use serde_json::json;
use shopper_mcp::platform::Event;

use crate::support::network::LATENCY;
use crate::support::page::{Page, options_with};
use crate::support::random::Dice;
use crate::support::scene::{Scene, code, words};
use crate::support::shop::{Endpoint, LOGOUT_ENDPOINT};

const TABS: &str = "shopper-mcp:https://shop.example:client-1:tabs";

#[test]
fn a_new_tab_takes_over_the_session() {
    let scene = Scene::new();
    let first = scene.signed_in_page();
    let second = scene.page();
    assert_eq!(second.access_token(), first.access_token());
    assert!(scene.shop.all_sent().is_empty(), "no request for it");
    words(&second.order().wait());
}

#[test]
fn a_new_tab_without_siblings_waits_a_moment_and_goes_on() {
    let scene = Scene::new();
    scene.signed_in_page().crash();
    let began = scene.world.elapsed();
    let page = scene.page();
    assert!(!page.is_signed_in());
    assert!(scene.world.elapsed() - began <= 200.0);
}

#[test]
fn where_nobody_ever_signed_in_nobody_is_asked() {
    let scene = Scene::new();
    let began = scene.world.elapsed();
    scene.page();
    assert_eq!(scene.world.elapsed(), began, "the first page load does not wait");
    assert!(scene.browser.bus.posted.borrow().is_empty());
}

#[test]
fn a_reload_keeps_the_session() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    let token = page.access_token();
    assert_eq!(scene.reload(&page.tab).access_token(), token);
}

#[test]
fn a_sign_in_shows_in_the_other_tabs() {
    let scene = Scene::new();
    let waiting = scene.page();
    scene.sign_in(scene.page(), "ada");
    scene.world.advance(10.0);
    assert!(waiting.is_signed_in());
    assert_eq!(waiting.events(), [Event::SignedIn]);
}

#[test]
fn another_customers_sign_in_replaces_the_session_everywhere() {
    let scene = Scene::new();
    let ada = scene.signed_in_page();
    scene.world.advance(1_000.0);
    let (bob, _) = scene.sign_in(scene.page(), "bob");
    scene.world.advance(10.0);
    assert_eq!(ada.access_token(), bob.access_token());
    assert_eq!(words(&ada.order().wait()), "Order #1001 of bob is on its way.");
}

#[test]
fn memory_shares_nothing() {
    let scene = Scene::with(options_with(json!({ "storage": "memory" })));
    let page = scene.signed_in_page();
    assert!(!page.tab.storage.text().contains("SECRET") && !scene.browser.local.text().contains("SECRET"));
    assert!(scene.browser.bus.posted.borrow().is_empty());
    assert!(!scene.page().is_signed_in());
    assert!(!scene.reload(&page.tab).is_signed_in());
}

#[test]
fn a_store_of_the_pages_own_is_used() {
    let scene = Scene::with(options_with(json!({ "storage": {} })));
    let store = std::rc::Rc::<crate::support::store::Store>::default();
    let page = Page::open_keeping(
        &scene.browser.tab("https://shop.example/pages/account"),
        &scene.options,
        Some(store.clone()),
    );
    page.login(json!({})).wait().unwrap();
    let callback = scene.shop.login.authorize(&scene.shop, &page.tab.departure(), "ada");
    page.tab.go(&callback);
    let back = Page::open_keeping(&page.tab, &scene.options, Some(store.clone()));
    back.handle_redirect().wait().unwrap().unwrap();
    assert!(store.text().contains("SECRET-access") && !back.tab.storage.text().contains("SECRET-access"));
    assert!(Page::open_keeping(&back.tab, &scene.options, Some(store)).is_signed_in());
}

#[test]
fn sign_out_is_over_everywhere_at_once() {
    let scene = Scene::new();
    let (one, two) = (scene.signed_in_page(), scene.sibling());
    let id_token = one.record().unwrap().id_token.unwrap();
    one.logout().unwrap();
    assert!(!one.is_signed_in());
    assert_eq!(one.events(), [Event::SignedOut("logout")]);
    let departure = url::Url::parse(&one.tab.departure()).unwrap();
    assert!(departure.as_str().starts_with(LOGOUT_ENDPOINT));
    let pairs: Vec<(String, String)> = departure.query_pairs().into_owned().collect();
    assert!(pairs.contains(&("id_token_hint".into(), id_token)));
    assert!(pairs.contains(&("post_logout_redirect_uri".into(), "https://shop.example/pages/account".into())));
    scene.world.advance(10.0);
    assert!(!two.is_signed_in());
    assert_eq!(two.events(), [Event::SignedOut("logout")]);
    for store in [&one.tab.storage, &two.tab.storage, &scene.browser.local] {
        assert!(!store.text().contains("SECRET"), "{}", store.text());
    }
    assert!(!scene.page().is_signed_in());
}

#[test]
fn sign_out_works_offline_and_twice() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.browser.online.set(false);
    page.logout().unwrap();
    assert!(!page.is_signed_in() && !page.tab.storage.text().contains("SECRET"));
    page.events();
    page.tab.departure();
    page.logout().unwrap();
    assert!(page.events().is_empty() && !page.tab.leaves());
}

#[test]
fn sign_out_without_an_id_token_stays_here() {
    let scene = Scene::with(options_with(json!({ "scope": "customer-account-mcp-api:full" })));
    let page = scene.signed_in_page();
    page.logout().unwrap();
    assert!(!page.is_signed_in() && !page.tab.leaves());
}

#[test]
fn a_hostile_way_back_from_sign_out_is_not_taken_but_the_session_is_over() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    assert_eq!(code(&page.customer.logout(Some("https://evil.example/"))), "return_to_invalid");
    assert!(!page.is_signed_in() && !page.tab.leaves());
}

#[test]
fn a_sign_out_during_a_renewal_in_another_tab_saves_no_token_again() {
    // At every moment of the renewal.
    for moment in [10.0, 120.0, 155.0, 150.0 + LATENCY + 1.0, 150.0 + LATENCY + 15.0, 150.0 + 2.0 * LATENCY - 0.5] {
        let scene = Scene::with(options_with(json!({ "onSignInNeeded": "event" })));
        let (one, two) = (scene.signed_in_page(), scene.sibling());
        scene.expire();
        let call = two.order();
        scene.world.advance(moment);
        one.logout().unwrap();
        scene.world.advance(5_000.0);
        for page in [&one, &two] {
            assert!(!page.is_signed_in(), "{moment}");
            assert!(!page.tab.storage.text().contains("SECRET"), "{moment}");
        }
        assert!(!scene.browser.local.text().contains("SECRET"), "{moment}");
        assert!(!call.is_done(), "{moment}: it asks the page for a sign-in");
        assert_eq!(scene.shop.count(Endpoint::Mcp), 0, "{moment}");
        assert!(!scene.page().is_signed_in(), "{moment}");
    }
}

#[test]
fn a_sign_out_is_heeded_even_where_its_message_was_missed() {
    let scene = Scene::with(options_with(json!({ "onSignInNeeded": "event" })));
    let (one, two) = (scene.signed_in_page(), scene.sibling());
    scene.browser.bus.forget(two.document.id);
    one.logout().unwrap();
    scene.world.advance(10.0);
    let _call = two.order();
    scene.world.advance(1_000.0);
    assert_eq!(two.events(), [Event::SignedOut("logout"), Event::SignInNeeded("get_order_status".into())]);
    assert_eq!(scene.shop.count(Endpoint::Mcp), 0, "the tombstone is read before each call");
}

#[test]
fn a_page_from_the_browsers_cache_shows_no_session_that_is_over() {
    let scene = Scene::new();
    let (one, two) = (scene.signed_in_page(), scene.sibling());
    scene.browser.bus.forget(two.document.id);
    one.logout().unwrap();
    scene.world.advance(10.0);
    assert!(two.is_signed_in());
    two.customer.page_shown(true);
    assert!(!two.is_signed_in());
    assert_eq!(two.events(), [Event::SignedOut("logout")]);
}

#[test]
fn a_record_that_outlived_its_sign_out_is_not_taken_up_again() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    let twin = page.tab.duplicate("https://shop.example/pages/account");
    let message =
        scene.browser.bus.posted.borrow().iter().rev().find(|(_, m)| m.contains("\"record\"")).unwrap().1.clone();
    let other = scene.sibling();
    page.logout().unwrap();
    scene.world.advance(10.0);
    assert!(!Page::open(&twin, &scene.options).is_signed_in(), "the copy in a duplicated tab");
    scene.browser.bus.post(0, TABS, &message);
    scene.world.advance(10.0);
    assert!(!other.is_signed_in(), "the message of a tab that did not know yet");
}

#[test]
fn tombstones_do_not_pile_up() {
    let scene = Scene::with(options_with(json!({ "scope": "customer-account-mcp-api:full" })));
    let mut page = scene.page();
    for _ in 0..40 {
        let (back, _) = scene.sign_in(page, "ada");
        back.logout().unwrap();
        scene.world.advance(100.0);
        page = back;
    }
    let ended = scene.browser.local.read(&scene.browser.local.key(":ended")).unwrap();
    let ids: Vec<String> = serde_json::from_str(&ended).unwrap();
    assert_eq!(ids.len(), 16);
    assert_eq!(scene.browser.local.keys("").len(), 1, "{:?}", scene.browser.local.keys(""));
}

#[test]
fn nothing_that_is_said_on_the_channel_breaks_or_changes_a_session() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    let token = page.access_token();
    let dice = Dice::new(7);
    let keys = ["type", "record", "id", "generation", "reason", "v", "access_token", "started_at", "token_endpoint"];
    for _ in 0..1_000 {
        let mut message = dice.object(&keys, 3);
        if dice.below(2) == 0 {
            message["type"] = json!(dice.pick(&["ask", "session", "ended", "toString"]));
        }
        scene.browser.bus.post(0, TABS, &message.to_string());
        scene.browser.bus.post(0, TABS, &dice.text());
    }
    scene.world.advance(100.0);
    assert_eq!(page.access_token(), token);
    assert!(page.events().is_empty());
}

#[test]
fn closing_leaves_the_conversation_and_keeps_the_tokens() {
    let scene = Scene::new();
    let (one, two) = (scene.signed_in_page(), scene.sibling());
    two.customer.shop.session.close();
    scene.expire();
    words(&one.order().wait());
    scene.world.advance(10.0);
    assert_ne!(two.access_token(), one.access_token());
    assert!(two.tab.storage.has(":session"));
}
