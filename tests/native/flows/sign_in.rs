//! Sign-in by redirect: there, back, and on to the page that wanted it.

use serde_json::json;
use shopper_mcp::platform::Event;

use crate::support::page::{Page, options, options_with};
use crate::support::scene::{Scene, code, words};
use crate::support::shop::{ACCOUNT_PAGE, AUTHORIZATION_ENDPOINT, Endpoint};

#[test]
fn signs_in_and_calls_with_as_few_requests_as_can_be() {
    let scene = Scene::new();
    let page = scene.page();
    assert!(!page.is_signed_in());
    assert_eq!(scene.shop.all_sent().len(), 0, "connecting sends nothing");

    let (page, brought) = scene.sign_in(page, "ada");
    assert_eq!(brought.return_to, ACCOUNT_PAGE);
    assert!(brought.resumed.is_empty());
    assert_eq!(page.events(), [Event::SignedIn]);
    assert_eq!(page.record().unwrap().sub.as_deref(), Some("gid://shopify/Customer/ada"));
    assert!(page.record().unwrap().signature_verified);
    assert_eq!(*page.tab.address.borrow(), ACCOUNT_PAGE, "nothing of the callback stays in the address");
    assert!(!page.tab.leaves());

    assert_eq!(words(&page.order().wait()), "Order #1001 of ada is on its way.");
    for (endpoint, count) in [
        (Endpoint::LoginDocument, 1),
        (Endpoint::CustomerDocument, 1),
        (Endpoint::Keys, 1),
        (Endpoint::Token, 1),
        (Endpoint::Mcp, 1),
        (Endpoint::Elsewhere, 0),
    ] {
        assert_eq!(scene.shop.count(endpoint), count, "{endpoint:?}");
    }

    let page = scene.reload(&page.tab);
    scene.shop.forget_log();
    words(&page.order().wait());
    assert_eq!(scene.shop.all_sent().len(), 1, "a fresh page with warm caches: one POST for one call");
}

#[test]
fn no_request_but_those_for_tools_carries_a_token_and_none_in_its_url() {
    let scene = Scene::new();
    let (page, _) = scene.sign_in(scene.page(), "ada");
    words(&page.order().wait());
    scene.shop.login.expire_access();
    words(&page.order().wait());
    for sent in scene.shop.all_sent() {
        let to_tools = sent.url == crate::support::shop::MCP_ENDPOINT;
        assert_eq!(sent.header("authorization").is_some(), to_tools, "{}", sent.url);
        assert!(!sent.url.contains("SECRET"), "{}", sent.url);
    }
}

#[test]
fn the_page_that_asked_gets_the_arrival_once() {
    let scene = Scene::new();
    let page = scene.page_at("https://shop.example/orders?tab=open#top");
    page.login(json!({ "returnTo": "https://shop.example/orders?tab=open#top" })).wait().unwrap();
    let back = scene.shopper_signs_in(&page.tab, "ada");
    let never = back.handle_redirect();
    scene.world.advance(1_000.0);
    assert!(!never.is_done(), "the page is being left");
    let target = back.tab.departure();
    assert_eq!(target, "https://shop.example/orders?tab=open#top");

    back.tab.go(&target);
    let orders = scene.reload(&back.tab);
    assert!(orders.is_signed_in());
    let brought = orders.handle_redirect().wait().unwrap().expect("the arrival");
    assert_eq!(brought.return_to, target);
    assert!(orders.handle_redirect().wait().unwrap().is_none());
    assert!(scene.reload(&orders.tab).handle_redirect().wait().unwrap().is_none(), "a reload brings nothing again");
    assert_eq!(scene.shop.count(Endpoint::Token), 1);
}

#[test]
fn an_arrival_for_another_page_is_left_for_it() {
    let scene = Scene::new();
    let page = scene.page();
    page.login(json!({ "returnTo": "/orders" })).wait().unwrap();
    let back = scene.shopper_signs_in(&page.tab, "ada");
    let _leaving = back.handle_redirect();
    scene.world.advance(500.0);
    back.tab.go("https://shop.example/elsewhere");
    assert!(scene.reload(&back.tab).handle_redirect().wait().unwrap().is_none());
    back.tab.go("https://shop.example/orders");
    assert!(scene.reload(&back.tab).handle_redirect().wait().unwrap().is_some());
}

#[test]
fn a_router_may_stay_on_the_redirect_page() {
    let scene = Scene::new();
    let page = scene.page();
    page.login(json!({ "returnTo": "/orders" })).wait().unwrap();
    let back = scene.shopper_signs_in(&page.tab, "ada");
    let brought = back.handle_redirect_with(false).wait().unwrap().unwrap();
    assert_eq!(brought.return_to, "https://shop.example/orders");
    assert!(!back.tab.leaves());
}

const HOSTILE: [&str; 9] = [
    "https://evil.example/",
    "//evil.example/",
    r"\\evil.example",
    r"/\evil.example",
    "javascript:alert(1)",
    "data:text/html,hi",
    "blob:https://shop.example/1",
    "https://shop.example@evil.example/",
    "http://shop.example/",
];

#[test]
fn a_hostile_return_to_is_refused_before_anything_is_done() {
    for return_to in HOSTILE.into_iter().chain(["https://user:pass@shop.example/"]) {
        let scene = Scene::new();
        let page = scene.page();
        assert_eq!(code(&page.login(json!({ "returnTo": return_to })).wait()), "return_to_invalid", "{return_to}");
        assert!(!page.tab.leaves() && !page.tab.storage.has(":login:"));
        assert!(scene.shop.all_sent().is_empty());
    }
}

#[test]
fn a_hostile_return_to_in_storage_is_not_followed() {
    for return_to in HOSTILE {
        let scene = Scene::new();
        let page = scene.page();
        page.login(json!({})).wait().unwrap();
        let key = page.tab.storage.key(":login:");
        let mut record: serde_json::Value = serde_json::from_str(&page.tab.storage.read(&key).unwrap()).unwrap();
        record["returnTo"] = json!(return_to);
        page.tab.storage.write(&key, &record.to_string()).unwrap();
        let back = scene.shopper_signs_in(&page.tab, "ada");
        let brought = back.handle_redirect().wait().unwrap().unwrap();
        assert_eq!(brought.return_to, ACCOUNT_PAGE, "{return_to}");
        assert!(!back.tab.leaves(), "{return_to}");
    }
}

#[test]
fn a_hostile_arrival_in_storage_is_not_followed() {
    for return_to in HOSTILE {
        let scene = Scene::new();
        let page = scene.page();
        let record = json!({ "at": scene.world.now(), "returnTo": return_to, "calls": [] });
        page.tab.storage.write("shopper-mcp:https://shop.example:client-1:arrival", &record.to_string()).unwrap();
        assert!(page.handle_redirect().wait().unwrap().is_none());
        assert!(!page.tab.leaves());
    }
}

#[test]
fn wishes_reach_the_login_server_and_replace_nothing() {
    let scene = Scene::new();
    let page = scene.page();
    let wishes = json!({
        "locale": "fr-CA", "regionCountry": "CA", "loginHint": "ada@example.com&client_id=evil", "loginHintMode": "submit",
        "prompt": "login", "acrValues": "provider:google", "client_id": "evil", "state": "evil", "redirect_uri": "evil",
    });
    page.login(wishes).wait().unwrap();
    let url = url::Url::parse(&page.tab.departure()).unwrap();
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    for (key, value) in [
        ("locale", "fr-CA"),
        ("region_country", "CA"),
        ("login_hint", "ada@example.com&client_id=evil"),
        ("login_hint_mode", "submit"),
        ("prompt", "login"),
        ("acr_values", "provider:google"),
        ("client_id", "client-1"),
        ("redirect_uri", ACCOUNT_PAGE),
    ] {
        let values: Vec<&str> = pairs.iter().filter(|(k, _)| k == key).map(|(_, v)| v.as_str()).collect();
        assert_eq!(values, [value], "{key}");
    }
}

#[test]
fn without_openid_there_is_no_nonce_no_key_set_and_no_claim() {
    let mut options = options();
    options.as_object_mut().unwrap().remove("scope");
    let scene = Scene::with(options);
    let page = scene.page();
    page.login(json!({})).wait().unwrap();
    let departure = page.tab.departures.borrow()[0].clone();
    assert!(departure.contains("&scope=customer-account-mcp-api%3Afull&"), "the default scope, exactly: {departure}");
    assert!(!departure.contains("nonce"));
    let back = scene.shopper_signs_in(&page.tab, "ada");
    back.handle_redirect().wait().unwrap().unwrap();
    let record = back.record().unwrap();
    assert!(record.sub.is_none() && record.id_token.is_none() && !record.signature_verified);
    assert_eq!(scene.shop.count(Endpoint::Keys), 0);
    words(&back.order().wait());
}

#[test]
fn an_answer_without_token_type_is_taken() {
    let scene = Scene::new();
    scene.shop.set(|shop| shop.login.gives_token_type = false);
    let page = scene.signed_in_page();
    assert!(page.is_signed_in());
}

#[test]
fn all_three_url_shapes_are_just_urls() {
    for authorization in [
        "https://shop.example/authentication/77/oauth/authorize",
        "https://shopify.com/authentication/77/oauth/authorize",
        "https://account.shop.example/authentication/oauth/authorize?theme=dark",
    ] {
        let scene = Scene::new();
        scene.shop.set(|shop| shop.login_document["authorization_endpoint"] = json!(authorization));
        let page = scene.page();
        page.login(json!({})).wait().unwrap();
        let separator = if authorization.contains('?') { '&' } else { '?' };
        assert!(page.tab.departure().starts_with(&format!("{authorization}{separator}client_id=client-1&")));
    }
}

#[test]
fn a_double_click_departs_once() {
    let scene = Scene::new();
    let page = scene.page();
    let (first, second) = (page.login(json!({})), page.login(json!({})));
    first.wait().unwrap();
    second.wait().unwrap();
    assert!(page.tab.departure().starts_with(AUTHORIZATION_ENDPOINT));
    assert_eq!(page.tab.storage.keys("").iter().filter(|key| key.contains(":login:")).count(), 1);
}

#[test]
fn two_tabs_that_sign_in_at_once_do_not_mix() {
    let scene = Scene::new();
    let (one, two) = (scene.page(), scene.page());
    one.login(json!({ "returnTo": "/one" })).wait().unwrap();
    two.login(json!({ "returnTo": "/two" })).wait().unwrap();
    let two = scene.shopper_signs_in(&two.tab, "ada");
    assert_eq!(two.handle_redirect_with(false).wait().unwrap().unwrap().return_to, "https://shop.example/two");
    let one = scene.shopper_signs_in(&one.tab, "ada");
    assert_eq!(one.handle_redirect_with(false).wait().unwrap().unwrap().return_to, "https://shop.example/one");
    assert_eq!(scene.shop.count(Endpoint::Token), 2);
}

#[test]
fn back_from_the_login_page_and_again() {
    let scene = Scene::new();
    let page = scene.page();
    page.login(json!({})).wait().unwrap();
    let first = page.tab.departure();
    page.customer.page_shown(true);
    page.login(json!({})).wait().unwrap();
    let second = page.tab.departure();
    assert_ne!(first, second);
    for (url, customer) in [(second, "ada"), (first, "ada")] {
        page.tab.go(&scene.shop.login.authorize(&scene.shop, &url, customer));
        let back = scene.reload(&page.tab);
        assert!(back.handle_redirect().wait().unwrap().is_some(), "each login is found by its own state");
    }
}

#[test]
fn offline_at_the_click_leaves_nothing_behind() {
    let scene = Scene::new();
    let page = scene.page();
    scene.browser.online.set(false);
    let outcome = page.login(json!({})).wait();
    assert_eq!(code(&outcome), "offline");
    assert!(outcome.unwrap_err().fault().retryable);
    assert!(!page.tab.leaves() && !page.tab.storage.has(":login:"));
    scene.browser.online.set(true);
    scene.sign_in(page, "ada");
}

#[test]
fn no_randomness_no_sign_in() {
    let scene = Scene::new();
    let page = scene.page();
    scene.browser.has_randomness.set(false);
    assert_eq!(code(&page.login(json!({})).wait()), "randomness_unavailable");
    assert!(!page.tab.leaves());
}

#[test]
fn two_clients_on_one_origin_never_meet() {
    let scene = Scene::new();
    let ada = scene.signed_in_page();
    let other = Page::open(&ada.tab, &options_with(json!({ "clientId": "client-2" })));
    assert!(!other.is_signed_in());
    let elsewhere = Page::open(&ada.tab, &options_with(json!({ "shop": "other.example" })));
    assert!(!elsewhere.is_signed_in());
    assert!(scene.reload(&ada.tab).is_signed_in());
}
