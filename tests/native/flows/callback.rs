//! Callbacks that do not fit: refused without a token request, and nothing is stored.

use serde_json::json;

use crate::support::page::Page;
use crate::support::scene::{Scene, code};
use crate::support::shop::{ACCOUNT_PAGE, Endpoint};

/// A page that left for the login, and its good callback.
fn departed(scene: &Scene) -> (Page, String) {
    let page = scene.page();
    page.login(json!({})).wait().unwrap();
    let callback = scene.shop.login.authorize(&scene.shop, &page.tab.departure(), "ada");
    (page, callback)
}

fn come_back(scene: &Scene, page: &Page, callback: &str) -> Page {
    page.tab.go(callback);
    scene.reload(&page.tab)
}

fn refused(scene: &Scene, page: &Page, what: &str) {
    assert_eq!(scene.shop.count(Endpoint::Token), 0, "{what}: a code was posted");
    assert!(!page.is_signed_in(), "{what}");
    assert!(!page.tab.storage.has(":session") && !scene.browser.local.has(":live"), "{what}");
    assert!(page.events().is_empty(), "{what}");
}

#[test]
fn altered_callbacks_post_nothing() {
    let state = |url: &str| url.split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    type Alter = Box<dyn Fn(&str) -> String>;
    let table: Vec<(&str, &str, Alter)> = vec![
        ("another state", "state_mismatch", Box::new(move |url| url.replace(&state(url), "sm1r.AAAA"))),
        ("no state", "state_missing", Box::new(move |url| url.replace(&format!("&state={}", state(url)), ""))),
        ("state twice", "callback_invalid", Box::new(move |url| format!("{url}&state={}", state(url)))),
        ("code twice", "callback_invalid", Box::new(|url| format!("{url}&code=other"))),
        ("code twice, once empty", "callback_invalid", Box::new(|url| format!("{url}&code="))),
        ("iss twice", "callback_invalid", Box::new(|url| format!("{url}&iss=x"))),
        ("encoded second code", "callback_invalid", Box::new(|url| format!("{url}&%63ode=other"))),
        ("foreign iss", "issuer_mismatch", Box::new(|url| url.replace("authentication%2F1234", "authentication%2F99"))),
        ("iss with a slash", "issuer_mismatch", Box::new(|url| url.replace("%2F1234", "%2F1234%2F"))),
        ("iss in capitals", "issuer_mismatch", Box::new(|url| url.replace("shopify.com", "SHOPIFY.com"))),
        ("iss with a port", "issuer_mismatch", Box::new(|url| url.replace("shopify.com", "shopify.com%3A443"))),
        ("promised iss is missing", "issuer_mismatch", Box::new(|url| url.split("&iss=").next().unwrap().to_owned())),
        ("empty iss", "issuer_mismatch", Box::new(|url| format!("{}&iss=", url.split("&iss=").next().unwrap()))),
        (
            "empty code",
            "callback_invalid",
            Box::new(|url| {
                let (before, after) = url.split_once("code=").unwrap();
                format!("{before}code=&{}", after.split_once('&').unwrap().1)
            }),
        ),
        (
            "no code",
            "callback_invalid",
            Box::new(|url| {
                let (before, after) = url.split_once("code=").unwrap();
                format!("{before}{}", after.split_once('&').unwrap().1)
            }),
        ),
    ];
    for (what, expected, alter) in table {
        let scene = Scene::new();
        let (page, callback) = departed(&scene);
        let altered = alter(&callback);
        assert_ne!(altered, callback, "{what}");
        let back = come_back(&scene, &page, &altered);
        assert_eq!(code(&back.handle_redirect().wait()), expected, "{what}");
        refused(&scene, &back, what);
    }
}

#[test]
fn a_server_that_promises_no_iss_may_leave_it_out_but_not_lie() {
    for (issuer, expected) in [("", None), ("https://evil.example", Some("issuer_mismatch"))] {
        let scene = Scene::new();
        scene.shop.set(|shop| {
            shop.login_document["authorization_response_iss_parameter_supported"] = json!(false);
            shop.login.callback_issuer = issuer;
        });
        let (page, callback) = departed(&scene);
        let back = come_back(&scene, &page, &callback);
        let outcome = back.handle_redirect().wait();
        match expected {
            None => assert!(outcome.unwrap().is_some()),
            Some(expected) => assert_eq!(code(&outcome), expected),
        }
    }
}

#[test]
fn refusals_keep_the_servers_words_as_data() {
    for (error, expected) in [
        ("access_denied", "access_denied"),
        ("login_required", "login_required"),
        ("interaction_required", "login_required"),
        ("invalid_scope", "authorization_refused"),
        ("temporarily_unavailable", "authorization_refused"),
        ("<img src=x onerror=alert(1)>", "authorization_refused"),
    ] {
        let scene = Scene::new();
        let page = scene.page();
        page.login(json!({})).wait().unwrap();
        let words = format!("<script>{}", "x".repeat(2_000));
        let callback = scene.shop.login.refuse(&scene.shop, &page.tab.departure(), error, &words);
        let back = come_back(&scene, &page, &callback);
        let outcome = back.handle_redirect().wait();
        assert_eq!(code(&outcome), expected, "{error}");
        let error_found = outcome.err().unwrap();
        let fault = error_found.fault();
        assert_eq!(fault.oauth_error.as_deref(), Some(error));
        assert_eq!(fault.oauth_description.as_ref().unwrap().chars().count(), 500);
        assert!(!fault.message.contains('<'), "no sentence of ours repeats the server's words");
        assert_eq!(fault.retryable, error == "temporarily_unavailable");
        refused(&scene, &back, error);
        assert!(back.handle_redirect().wait().unwrap().is_none(), "no second answer to the same callback");
    }
}

#[test]
fn words_of_an_error_from_another_issuer_are_not_surfaced() {
    let scene = Scene::new();
    scene.shop.set(|shop| shop.login.callback_issuer = "https://evil.example");
    let page = scene.page();
    page.login(json!({})).wait().unwrap();
    let callback = scene.shop.login.refuse(&scene.shop, &page.tab.departure(), "access_denied", "call this number");
    let back = come_back(&scene, &page, &callback);
    let outcome = back.handle_redirect().wait();
    assert_eq!(code(&outcome), "issuer_mismatch");
    let error = outcome.err().unwrap();
    assert!(error.fault().oauth_error.is_none() && error.fault().oauth_description.is_none());
    refused(&scene, &back, "error of another issuer");
}

#[test]
fn a_callback_works_once() {
    let scene = Scene::new();
    let (page, callback) = departed(&scene);
    let back = come_back(&scene, &page, &callback);
    back.handle_redirect().wait().unwrap().unwrap();
    let token = back.access_token();

    // Loaded again in the same tab, in another tab, in another browser.
    let again = come_back(&scene, &back, &callback);
    assert_eq!(code(&again.handle_redirect().wait()), "state_mismatch");
    let other = scene.page_at(&callback);
    assert_eq!(code(&other.handle_redirect().wait()), "state_mismatch");
    let stranger = Scene::new();
    let elsewhere = stranger.page_at(&callback);
    assert_eq!(code(&elsewhere.handle_redirect().wait()), "state_mismatch");
    refused(&stranger, &elsewhere, "another browser");

    assert_eq!(scene.shop.count(Endpoint::Token), 1);
    assert_eq!(again.access_token(), token, "the session is not touched");
}

#[test]
fn a_login_is_used_up_before_its_exchange() {
    let scene = Scene::new();
    let (page, callback) = departed(&scene);
    let back = come_back(&scene, &page, &callback);
    let _exchange = back.handle_redirect();
    scene.world.advance(10.0);
    assert!(!back.tab.storage.has(":login:"));
    // The shopper reloads in the middle of it; the address bar is clean already.
    let back = scene.reload(&back.tab);
    assert!(back.handle_redirect().wait().unwrap().is_none());
    let again = come_back(&scene, &back, &callback);
    assert_eq!(code(&again.handle_redirect().wait()), "state_mismatch");
    assert!(scene.shop.count(Endpoint::Token) <= 1);
}

#[test]
fn ten_minutes_and_not_longer() {
    for (wait, expected) in
        [(599_000.0, None), (601_000.0, Some("login_expired")), (86_400_000.0, Some("login_expired"))]
    {
        let scene = Scene::new();
        let (page, callback) = departed(&scene);
        scene.world.jump(wait);
        let back = come_back(&scene, &page, &callback);
        let outcome = back.handle_redirect().wait();
        match expected {
            None => assert!(outcome.unwrap().is_some()),
            Some(expected) => {
                assert_eq!(code(&outcome), expected);
                refused(&scene, &back, expected);
            }
        }
    }
}

#[test]
fn storage_cleared_on_the_way_is_a_clean_failure() {
    let scene = Scene::new();
    let (page, callback) = departed(&scene);
    page.tab.storage.clear();
    let back = come_back(&scene, &page, &callback);
    assert_eq!(code(&back.handle_redirect().wait()), "state_mismatch");
    refused(&scene, &back, "cleared");
    assert!(!back.tab.leaves(), "no loop");
}

#[test]
fn what_is_not_ours_is_left_alone() {
    for query in ["?code=abc&state=xyz", "?code=abc", "?error=access_denied", "?error=x&state=shop-app", "?page=2"] {
        let scene = Scene::new();
        let address = format!("{ACCOUNT_PAGE}{query}");
        let page = scene.page_at(&address);
        assert!(page.handle_redirect().wait().unwrap().is_none(), "{query}");
        assert_eq!(*page.tab.address.borrow(), address);
        refused(&scene, &page, query);
    }
    let scene = Scene::new();
    let (page, callback) = departed(&scene);
    let elsewhere = callback.replace("/pages/account", "/pages/other");
    let other = come_back(&scene, &page, &elsewhere);
    assert!(other.handle_redirect().wait().unwrap().is_none(), "not the redirect page");
    refused(&scene, &other, "not the redirect page");
}
