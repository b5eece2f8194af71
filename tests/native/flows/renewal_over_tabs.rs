//! The refresh over all tabs: one token request, whoever crashes, sleeps or comes late.

use serde_json::{Value as Serde, json};
use shopper_mcp::platform::Event;

use crate::support::login_server::refused;
use crate::support::network::LATENCY;
use crate::support::page::{Page, options_with};
use crate::support::scene::{Scene, words};
use crate::support::shop::Endpoint;

/// Time enough for a call to be on its way to the token endpoint: lock, siblings' answers, the way there.
const ASKING: f64 = 160.0;

#[test]
fn eight_tabs_that_expire_together_are_one_token_request() {
    for prepare in [Scene::expire, |scene: &Scene| scene.shop.login.expire_access()] {
        let scene = Scene::new();
        let first = scene.signed_in_page();
        let mut pages = vec![first];
        pages.extend((0..7).map(|_| scene.sibling()));
        prepare(&scene);
        scene.shop.forget_log();
        let calls: Vec<_> = pages.iter().map(Page::order).collect();
        for call in calls {
            words(&call.wait());
        }
        assert_eq!(scene.shop.count(Endpoint::Token), 1);
        scene.shop.login.assert_families_alive();
        let token = pages[0].access_token();
        assert!(pages.iter().all(|page| page.access_token() == token), "all tabs hold the same");
        let renewed = |page: &Page| page.events().iter().filter(|event| **event == Event::Refreshed).count();
        assert!(pages.iter().all(|page| renewed(page) == 1), "each tab tells its page once");
    }
}

#[test]
fn a_duplicated_tab_holds_the_same_session_and_not_a_rival() {
    let scene = Scene::new();
    let original = scene.signed_in_page();
    let address = original.tab.address.borrow().clone();
    let twin = Page::open(&original.tab.duplicate(&address), &scene.options);
    assert_eq!(twin.access_token(), original.access_token());
    scene.expire();
    let (one, two) = (original.order(), twin.order());
    words(&one.wait());
    words(&two.wait());
    assert_eq!(scene.shop.count(Endpoint::Token), 1);
    scene.shop.login.assert_families_alive();
}

#[test]
fn a_tab_that_slept_through_renewals_asks_before_it_renews() {
    let scene = Scene::new();
    let (awake, asleep) = (scene.signed_in_page(), scene.sibling());
    // Its channel misses everything, as in the browser's back/forward cache.
    scene.browser.bus.forget(asleep.document.id);
    scene.expire();
    words(&awake.order().wait());
    let asleep = Page::open(&asleep.tab, &scene.options);
    scene.shop.forget_log();
    words(&asleep.order().wait());
    assert_eq!(scene.shop.count(Endpoint::Token), 0, "the sibling handed over what it has");
    assert_eq!(asleep.access_token(), awake.access_token());
    scene.shop.login.assert_families_alive();
}

#[test]
fn a_lower_generation_never_replaces_a_higher_one() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    let old = page.tab.storage.read(&page.tab.storage.key(":session")).unwrap();
    scene.expire();
    words(&page.order().wait());
    let token = page.access_token();
    let record: Serde = serde_json::from_str(&old).unwrap();
    let tabs = "shopper-mcp:https://shop.example:client-1:tabs";
    scene.browser.bus.post(0, tabs, &json!({ "type": "session", "record": record }).to_string());
    scene.world.advance(100.0);
    assert_eq!(page.access_token(), token);
    page.tab.storage.write(&page.tab.storage.key(":session"), &old).unwrap();
    page.customer.page_shown(false);
    assert_eq!(page.access_token(), token);
}

#[test]
fn a_crash_before_the_request_leaves_the_renewal_to_the_other_tab() {
    let scene = Scene::new();
    let (one, two) = (scene.signed_in_page(), scene.sibling());
    scene.expire();
    let _call = one.order();
    scene.world.advance(50.0);
    assert!(scene.browser.locks.is_held("renewal"));
    let waiting = two.order();
    scene.world.advance(20.0);
    one.crash();
    words(&waiting.wait());
    assert_eq!(scene.shop.count(Endpoint::Token), 1);
    scene.shop.login.assert_families_alive();
}

#[test]
fn a_crash_between_the_answer_and_the_store_ends_cleanly() {
    let scene = Scene::with(options_with(json!({ "onSignInNeeded": "event" })));
    let (one, two) = (scene.signed_in_page(), scene.sibling());
    scene.expire();
    let _call = one.order();
    scene.world.advance(ASKING + LATENCY);
    assert_eq!(scene.shop.count(Endpoint::Token), 1, "the server has rotated, the answer is under way");
    one.crash();
    let waiting = two.order();
    scene.world.advance(5_000.0);
    assert_eq!(scene.shop.count(Endpoint::Token), 2, "one try with the old token, not a storm");
    assert_eq!(two.events(), [Event::SignedOut("ended"), Event::SignInNeeded("get_order_status".into())]);
    assert!(!waiting.is_done() && !scene.browser.locks.is_held("renewal"));
    scene.sign_in(scene.page(), "ada");
    words(&waiting.wait());
}

#[test]
fn a_suspended_lock_holder_stops_nobody_for_ever() {
    let scene = Scene::new();
    let (one, two) = (scene.signed_in_page(), scene.sibling());
    scene.expire();
    let suspended = one.order();
    scene.world.advance(50.0);
    one.freeze();
    let began = scene.world.elapsed();
    words(&two.order().wait());
    assert!(scene.world.elapsed() - began < 40_000.0);
    assert_eq!(scene.shop.count(Endpoint::Token), 1);
    one.tab.thaw();
    words(&suspended.wait());
    assert_eq!(scene.shop.count(Endpoint::Token), 1, "it heard of the renewal and does not renew again");
    scene.shop.login.assert_families_alive();
}

#[test]
fn the_loser_of_a_race_keeps_what_the_winner_renewed() {
    let scene = Scene::new();
    let (winner, loser) = (scene.signed_in_page(), scene.sibling());
    // A browser without locks: both send. The loser's refusal comes last.
    scene.browser.has_locks.set(false);
    scene.expire();
    scene.shop.next(Endpoint::Token, |shop, sent| shop.usual(sent));
    scene.shop.next(Endpoint::Token, |_, _| refused("invalid_grant").after(300.0));
    let (first, second) = (winner.order(), loser.order());
    words(&first.wait());
    words(&second.wait());
    assert_eq!(scene.shop.count(Endpoint::Token), 2);
    assert_eq!(loser.access_token(), winner.access_token());
    assert!(loser.tab.storage.has(":session") && scene.browser.local.has(":live"));
    assert!(!loser.events().contains(&Event::SignedOut("ended")));
}

#[test]
fn invalid_grant_ends_the_session_in_all_tabs_once() {
    let scene = Scene::with(options_with(json!({ "onSignInNeeded": "event" })));
    let pages = [scene.signed_in_page(), scene.sibling(), scene.sibling()];
    scene.expire();
    scene.shop.login.revoke_all();
    let calls: Vec<_> = pages.iter().map(Page::order).collect();
    scene.world.advance(10_000.0);
    assert_eq!(scene.shop.count(Endpoint::Token), 1);
    for page in &pages {
        assert!(!page.is_signed_in() && !page.tab.storage.has(":session"));
        let events = page.events();
        assert_eq!(events.iter().filter(|event| matches!(event, Event::SignedOut(_))).count(), 1, "{events:?}");
        assert_eq!(events[0], Event::SignedOut("ended"));
    }
    assert!(!scene.browser.local.has(":live"));
    assert!(calls.iter().all(|call| !call.is_done()), "the calls wait for the next sign-in");
    assert!(!scene.reload(&pages[1].tab).is_signed_in());
}

#[test]
fn two_tabs_on_one_local_storage_are_one_token_request() {
    for channels in [true, false] {
        let scene = Scene::with(options_with(json!({ "storage": "local" })));
        scene.browser.has_channels.set(channels);
        let (one, two) = (scene.signed_in_page(), scene.sibling());
        scene.expire();
        let (first, second) = (one.order(), two.order());
        words(&first.wait());
        words(&second.wait());
        assert_eq!(scene.shop.count(Endpoint::Token), 1, "channels: {channels}");
        scene.shop.login.assert_families_alive();
    }
}

#[test]
fn another_customers_sign_in_during_a_renewal_stands() {
    let scene = Scene::new();
    let ada = scene.signed_in_page();
    scene.expire();
    scene.shop.next(Endpoint::Token, |shop, sent| shop.usual(sent).after(5_000.0));
    let call = ada.order();
    scene.world.advance(ASKING + LATENCY);
    let (bob, _) = scene.sign_in(scene.page_at("https://shop.example/pages/account"), "bob");
    let outcome = call.wait();
    let code = outcome.expect_err("not sent for bob").code().text();
    assert!(["customer_changed", "session_changed"].contains(&code), "{code}");
    assert_eq!(ada.access_token(), bob.access_token());
    assert_eq!(scene.shop.count(Endpoint::Mcp), 0);
    assert_eq!(words(&ada.order().wait()), "Order #1001 of bob is on its way.");
}
