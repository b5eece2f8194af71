//! Calls that meet nobody signed in: they wait, travel along, and are sent once, for the customer they were made for.

use serde_json::json;
use shopper_mcp::client::SignInPolicy;
use shopper_mcp::platform::Event;

use crate::support::network::Reply;
use crate::support::page::options_with;
use crate::support::scene::{Scene, code, words};
use crate::support::shop::Endpoint;

/// The names that were dropped, and why.
fn dropped(names: &[&str], reason: &'static str) -> Event {
    Event::CallsDropped(names.iter().map(|name| (*name).to_owned()).collect(), reason)
}

#[test]
fn a_read_is_answered_after_the_way_back() {
    let scene = Scene::new();
    let page = scene.page();
    let call = page.order();
    scene.world.advance(1_000.0);
    assert!(!call.is_done() && page.tab.leaves());
    let back = scene.shopper_signs_in(&page.tab, "ada");
    let brought = back.handle_redirect().wait().unwrap().unwrap();
    assert_eq!(brought.resumed.len(), 1);
    let resumed = &brought.resumed[0];
    assert_eq!(resumed.call.name, "get_order_status");
    assert_eq!(resumed.call.arguments.0, json!({ "order_number": "#1001" }));
    assert_eq!(words(&resumed.outcome), "Order #1001 of ada is on its way.");
    assert_eq!(scene.shop.tools.executions("get_order_status"), 1);
    assert!(back.handle_redirect().wait().unwrap().is_none());
    scene.reload(&back.tab);
    assert_eq!(scene.shop.tools.executions("get_order_status"), 1);
}

#[test]
fn a_write_is_not_sent_by_itself() {
    for name in ["request_return", "a_tool_nobody_knows"] {
        let scene = Scene::new();
        let page = scene.page();
        let _call = page.call(name, json!({ "order_id": "1" }));
        scene.world.advance(1_000.0);
        let back = scene.shopper_signs_in(&page.tab, "ada");
        let brought = back.handle_redirect().wait().unwrap().unwrap();
        let outcome = &brought.resumed[0].outcome;
        assert_eq!(code(outcome), "call_not_resumed");
        assert!(outcome.as_ref().err().unwrap().fault().retryable);
        assert_eq!(brought.resumed[0].call.arguments.0, json!({ "order_id": "1" }), "the page can ask and call again");
        assert!(scene.shop.tools.executed().is_empty());
    }
}

#[test]
fn a_write_that_opted_in_is_sent_once() {
    let scene = Scene::new();
    let page = scene.page();
    let _call = page.call_with("request_return", json!({ "order_id": "1" }), None, true);
    scene.world.advance(1_000.0);
    let back = scene.shopper_signs_in(&page.tab, "ada");
    let brought = back.handle_redirect().wait().unwrap().unwrap();
    assert_eq!(words(&brought.resumed[0].outcome), "request_return for ada");
    assert_eq!(scene.shop.tools.executions("request_return"), 1);
}

#[test]
fn the_servers_own_list_says_what_only_reads() {
    let scene = Scene::new();
    let page = scene.page();
    page.list_tools(false).wait().unwrap();
    let _calls = (page.call("wish_list", json!({})), page.call("request_return", json!({})));
    scene.world.advance(1_000.0);
    let back = scene.shopper_signs_in(&page.tab, "ada");
    let brought = back.handle_redirect().wait().unwrap().unwrap();
    assert_eq!(words(&brought.resumed[0].outcome), "wish_list for ada");
    assert_eq!(code(&brought.resumed[1].outcome), "call_not_resumed");
}

#[test]
fn waiting_calls_share_one_departure_and_keep_their_order() {
    let scene = Scene::new();
    let page = scene.page();
    let names = ["get_order_status", "get_most_recent_order_status", "get_store_credit_balances"];
    let _calls = names.map(|name| page.call(name, json!({ "order_number": "#1001" })));
    scene.world.advance(1_000.0);
    assert_eq!(page.tab.departures.borrow().len(), 1);
    let _late = page.call("wish_list", json!({}));
    scene.world.advance(100.0);
    let back = scene.shopper_signs_in(&page.tab, "ada");
    let brought = back.handle_redirect().wait().unwrap().unwrap();
    let came: Vec<&str> = brought.resumed.iter().map(|resumed| resumed.call.name.as_str()).collect();
    assert_eq!(came, [names[0], names[1], names[2], "wish_list"]);
}

#[test]
fn calls_travel_on_to_the_page_that_made_them_and_a_reload_does_not_send_them_again() {
    let scene = Scene::new();
    let page = scene.page_at("https://shop.example/chat?thread=7");
    let _call = page.order();
    scene.world.advance(1_000.0);
    let back = scene.shopper_signs_in(&page.tab, "ada");
    let _leaving = back.handle_redirect();
    scene.world.advance(1_000.0);
    let chat_address = back.tab.departure();
    assert_eq!(chat_address, "https://shop.example/chat?thread=7");
    assert!(scene.shop.tools.executed().is_empty(), "nothing is sent from the redirect page");
    back.tab.go(&chat_address);
    let chat = scene.reload(&back.tab);
    let brought = chat.handle_redirect().wait().unwrap().unwrap();
    words(&brought.resumed[0].outcome);
    assert!(scene.reload(&chat.tab).handle_redirect().wait().unwrap().is_none());
    assert_eq!(scene.shop.tools.executions("get_order_status"), 1);
}

#[test]
fn an_aborted_call_does_not_travel() {
    let scene = Scene::new();
    let page = scene.page();
    let kept = page.call("get_store_credit_balances", json!({}));
    let given_up = page.order();
    scene.world.advance(1_000.0);
    given_up.abort();
    let back = scene.shopper_signs_in(&page.tab, "ada");
    drop(kept);
    let brought = back.handle_redirect().wait().unwrap().unwrap();
    assert_eq!(brought.resumed.len(), 1);
    assert_eq!(brought.resumed[0].call.name, "get_store_credit_balances");
    assert_eq!(scene.shop.tools.executions("get_order_status"), 0);
}

#[test]
fn back_from_the_browsers_cache_the_call_is_given_up_in_both_places() {
    let scene = Scene::new();
    let page = scene.page();
    let call = page.order();
    scene.world.advance(1_000.0);
    let departure = page.tab.departure();
    page.customer.page_shown(true);
    let outcome = call.wait();
    assert_eq!(code(&outcome), "sign_in_abandoned");
    assert!(outcome.err().unwrap().fault().retryable);
    // The shopper goes forward again and signs in after all.
    page.tab.go(&scene.shop.login.authorize(&scene.shop, &departure, "ada"));
    let back = scene.reload(&page.tab);
    assert!(back.handle_redirect().wait().unwrap().unwrap().resumed.is_empty());
    assert!(scene.shop.tools.executed().is_empty());
}

#[test]
fn another_customer_gets_nothing_of_the_first() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.shop.login.revoke_all();
    let _call = page.order();
    scene.world.advance(2_000.0);
    assert!(page.tab.leaves(), "the session is over, so the call waits for a sign-in");
    let executed = scene.shop.tools.executed().len();
    let back = scene.shopper_signs_in(&page.tab, "bob");
    let brought = back.handle_redirect().wait().unwrap().unwrap();
    assert!(brought.resumed.is_empty(), "not even what the first one asked for");
    assert!(back.events().contains(&dropped(&["get_order_status"], "customer_changed")));
    assert_eq!(scene.shop.tools.executed().len(), executed);

    // The first one gets her answer.
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.shop.login.revoke_all();
    let _call = page.order();
    scene.world.advance(2_000.0);
    let back = scene.shopper_signs_in(&page.tab, "ada");
    words(&back.handle_redirect().wait().unwrap().unwrap().resumed[0].outcome);
}

#[test]
fn another_customer_in_another_tab_gets_nothing_either() {
    let scene = Scene::with(options_with(json!({ "onSignInNeeded": "event" })));
    let page = scene.signed_in_page();
    scene.shop.login.revoke_all();
    let call = page.order();
    scene.world.advance(2_000.0);
    assert!(page.events().contains(&Event::SignInNeeded("get_order_status".into())));
    let executed = scene.shop.tools.executed().len();
    let (_, _) = scene.sign_in(scene.page(), "bob");
    assert_eq!(code(&call.wait()), "customer_changed");
    assert_eq!(scene.shop.tools.executed().len(), executed);
}

#[test]
fn one_sign_in_per_call_counted_across_redirects() {
    let scene = Scene::new();
    let page = scene.page();
    let _call = page.order();
    scene.world.advance(1_000.0);
    // A server that refuses every token.
    scene.shop.always(Endpoint::Mcp, |_, _| Reply::text(401, ""));
    let back = scene.shopper_signs_in(&page.tab, "ada");
    let brought = back.handle_redirect().wait().unwrap().unwrap();
    assert!(["sign_in_needed", "sign_in_repeated"].contains(&code(&brought.resumed[0].outcome)));
    assert!(!back.tab.leaves(), "no second login");
    assert_eq!(scene.shop.count(Endpoint::Token), 2, "the exchange and one renewal");
}

#[test]
fn one_sign_in_per_call_where_nothing_can_be_renewed() {
    let scene = Scene::new();
    scene.shop.set(|shop| shop.login.gives_refresh_tokens = false);
    let page = scene.page();
    let _call = page.order();
    scene.world.advance(1_000.0);
    scene.shop.always(Endpoint::Mcp, |_, _| Reply::text(401, ""));
    let back = scene.shopper_signs_in(&page.tab, "ada");
    let brought = back.handle_redirect().wait().unwrap().unwrap();
    assert_eq!(code(&brought.resumed[0].outcome), "sign_in_repeated");
    assert!(!back.tab.leaves(), "no second login");
}

#[test]
fn a_server_that_refuses_for_ever_is_asked_twice() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.shop.always(Endpoint::Mcp, |_, _| Reply::text(401, ""));
    assert_eq!(code(&page.order().wait()), "sign_in_needed");
    assert_eq!(scene.shop.count(Endpoint::Mcp), 2);
    assert_eq!(scene.shop.count(Endpoint::Token), 1);
    assert!(!page.tab.leaves());
    assert!(page.is_signed_in(), "a setting is wrong, not the session");
}

#[test]
fn an_unauthorized_under_http_200_is_one_too() {
    let scene = Scene::new();
    scene.shop.set(|shop| shop.tools.unauthorized_by_rpc = true);
    let page = scene.page();
    let _call = page.order();
    scene.world.advance(1_000.0);
    let back = scene.shopper_signs_in(&page.tab, "ada");
    words(&back.handle_redirect().wait().unwrap().unwrap().resumed[0].outcome);
    scene.shop.login.expire_access();
    words(&back.order().wait());
}

#[test]
fn by_event_the_page_decides_and_the_call_waits() {
    let scene = Scene::with(options_with(json!({ "onSignInNeeded": "event" })));
    let page = scene.page();
    let call = page.order();
    scene.world.advance(5_000.0);
    assert_eq!(page.events(), [Event::SignInNeeded("get_order_status".into())]);
    assert!(!call.is_done() && !page.tab.leaves());
    // Signed in elsewhere: another tab is as good as this one.
    scene.sign_in(scene.page(), "ada");
    assert_eq!(words(&call.wait()), "Order #1001 of ada is on its way.");
    assert_eq!(scene.shop.tools.executions("get_order_status"), 1);
}

#[test]
fn by_event_a_redirect_takes_the_call_along() {
    let scene = Scene::with(options_with(json!({ "onSignInNeeded": "event" })));
    let page = scene.page();
    let call = page.order();
    scene.world.advance(5_000.0);
    page.login(json!({})).wait().unwrap();
    let back = scene.shopper_signs_in(&page.tab, "ada");
    words(&back.handle_redirect().wait().unwrap().unwrap().resumed[0].outcome);
    assert!(!call.is_done());
    assert_eq!(scene.shop.tools.executions("get_order_status"), 1);
}

#[test]
fn by_event_nobody_comes() {
    let scene = Scene::with(options_with(json!({ "onSignInNeeded": "event" })));
    let page = scene.page();
    let call = page.order();
    scene.world.advance(590_000.0);
    assert!(!call.is_done());
    scene.world.advance(20_000.0);
    assert!(call.is_done());
    assert_eq!(code(&call.wait()), "sign_in_needed");
    assert_eq!(scene.shop.count(Endpoint::Mcp), 0);
}

#[test]
fn a_calls_own_policy_wins() {
    let scene = Scene::new();
    let page = scene.page();
    let _call = page.call_with("get_store_credit_balances", json!({}), Some(SignInPolicy::Event), false);
    scene.world.advance(1_000.0);
    assert!(!page.tab.leaves());
    assert_eq!(page.events(), [Event::SignInNeeded("get_store_credit_balances".into())]);
}

#[test]
fn more_than_64_kib_do_not_wait() {
    let scene = Scene::new();
    let page = scene.page();
    let large = json!({ "note": "x".repeat(70_000) });
    let outcome = page.call("get_order_status", large).wait();
    assert_eq!(code(&outcome), "too_large");
    assert_eq!(page.events(), [dropped(&["get_order_status"], "too_large")]);
    assert!(!page.tab.leaves(), "the page is not left for a call that would be lost");

    // All waiting calls together count.
    let half = json!({ "note": "x".repeat(40_000) });
    let first = page.call("get_order_status", half.clone());
    scene.world.advance(1_000.0);
    assert_eq!(code(&page.call("get_store_credit_balances", half).wait()), "too_large");
    assert!(!first.is_done());
    let back = scene.shopper_signs_in(&page.tab, "ada");
    assert_eq!(back.handle_redirect().wait().unwrap().unwrap().resumed.len(), 1);
}

#[test]
fn calls_whose_sign_in_failed_are_reported() {
    let scene = Scene::new();
    let page = scene.page();
    let _call = page.order();
    scene.world.advance(1_000.0);
    let callback = scene.shop.login.refuse(&scene.shop, &page.tab.departure(), "access_denied", "no");
    page.tab.go(&callback);
    let back = scene.reload(&page.tab);
    assert_eq!(code(&back.handle_redirect().wait()), "access_denied");
    assert_eq!(back.events(), [dropped(&["get_order_status"], "sign_in_failed")]);
}

#[test]
fn calls_that_waited_too_long_are_reported() {
    let scene = Scene::new();
    let page = scene.page();
    let _call = page.order();
    scene.world.advance(1_000.0);
    let departure = page.tab.departure();
    scene.world.jump(700_000.0);
    page.tab.go(&scene.shop.login.authorize(&scene.shop, &departure, "ada"));
    let back = scene.reload(&page.tab);
    assert_eq!(code(&back.handle_redirect().wait()), "login_expired");
    assert_eq!(back.events(), [dropped(&["get_order_status"], "expired")]);
    assert!(scene.shop.tools.executed().is_empty());
}

#[test]
fn an_arrival_that_is_too_old_sends_nothing() {
    let scene = Scene::new();
    let page = scene.page_at("https://shop.example/chat");
    let _call = page.order();
    scene.world.advance(1_000.0);
    let back = scene.shopper_signs_in(&page.tab, "ada");
    let _leaving = back.handle_redirect();
    scene.world.advance(1_000.0);
    scene.world.jump(700_000.0);
    back.tab.go("https://shop.example/chat");
    let chat = scene.reload(&back.tab);
    assert!(chat.handle_redirect().wait().unwrap().is_none());
    assert!(scene.shop.tools.executed().is_empty());
}

#[test]
fn without_a_discovered_server_no_page_is_left() {
    let scene = Scene::new();
    scene.shop.set(|shop| shop.customer_document = json!({ "graphql_api": "https://shop.example/graphql" }));
    let page = scene.page();
    assert_eq!(code(&page.order().wait()), "mcp_api_missing");
    assert!(!page.tab.leaves());
}
