//! What a page configures.

use serde_json::{Value as Serde, json};
use shopper_mcp::call::AuthorizationStyle;
use shopper_mcp::client::{Options, SignInPolicy, TokenStore, read_wishes};
use shopper_mcp::error::Error;

use crate::support::document::{Document, TokenPlace};
use crate::support::page::{options, options_with};
use crate::support::scene::Scene;
use crate::support::shop::ACCOUNT_PAGE;
use crate::support::tree::Tree;

fn read_at(address: &str, options: &Serde) -> Result<Options, Error> {
    let scene = Scene::new();
    let document = Document::load(&scene.browser.tab(address), TokenPlace::Nowhere);
    Options::read(&*document, &Tree(options.clone()))
}

#[track_caller]
fn refusal(address: &str, options: &Serde) -> (&'static str, String) {
    let error = read_at(address, options).err().unwrap_or_else(|| panic!("{options} was taken"));
    (error.code().text(), error.fault().field.clone().unwrap_or_default().into_owned())
}

#[test]
fn the_defaults() {
    let mut least = options();
    least.as_object_mut().unwrap().remove("scope");
    let read = read_at(ACCOUNT_PAGE, &least).unwrap();
    assert_eq!(read.target.shop.origin, "https://shop.example");
    assert_eq!(read.target.scope, "customer-account-mcp-api:full");
    assert_eq!((read.target.timeout_ms, read.rate_limit_wait_ms), (30_000.0, 60_000.0));
    assert_eq!(read.max_answer_bytes, 16_777_216.0);
    assert_eq!(read.style, AuthorizationStyle::Raw);
    assert_eq!(read.on_sign_in_needed, SignInPolicy::Redirect);
    assert_eq!(read.store, TokenStore::Session);
    assert!(!read.target.loopback && read.target.issuers.is_empty() && read.customer_endpoint.is_none());
}

#[test]
fn what_is_missing_or_of_another_kind_is_named() {
    for key in ["shop", "clientId", "redirectUri"] {
        for value in [json!(null), json!(""), json!(7), json!({}), json!([])] {
            assert_eq!(refusal(ACCOUNT_PAGE, &options_with(json!({ key: value }))), ("option_invalid", key.to_owned()));
        }
    }
    for (key, value) in [
        ("scope", json!(["openid"])),
        ("scope", json!("openid\nemail")),
        ("authorization", json!("bearer")),
        ("authorization", json!(true)),
        ("onSignInNeeded", json!("ask")),
        ("storage", json!("cookie")),
        ("issuers", json!("https://login.example")),
        ("issuers", json!([1])),
        ("timeoutMs", json!(0)),
        ("timeoutMs", json!(-1)),
        ("timeoutMs", json!("1000")),
        ("rateLimitWaitMs", json!(-5)),
        ("maxAnswerBytes", json!(null)),
    ] {
        let options = options_with(json!({ key: value }));
        if value.is_null() {
            assert!(read_at(ACCOUNT_PAGE, &options).is_ok(), "null is as good as absent");
            continue;
        }
        assert_eq!(refusal(ACCOUNT_PAGE, &options), ("option_invalid", key.to_owned()), "{value}");
    }
    for options in [json!(null), json!([]), json!("x"), json!(1)] {
        assert_eq!(refusal(ACCOUNT_PAGE, &options).0, "option_invalid");
    }
}

#[test]
fn a_misspelt_option_is_refused_by_its_name() {
    for name in ["clientid", "redirectURI", "__proto__", "constructor", "toString", ""] {
        let mut options = options();
        options.as_object_mut().unwrap().insert(name.to_owned(), json!("x"));
        assert_eq!(refusal(ACCOUNT_PAGE, &options), ("option_invalid", name.to_owned()));
    }
}

#[test]
fn a_secret_is_refused_and_not_repeated() {
    for name in ["clientSecret", "client_secret", "SECRET", "privateKey", "apiPassword"] {
        let mut options = options();
        options.as_object_mut().unwrap().insert(name.to_owned(), json!("shpss_hidden"));
        let error = read_at(ACCOUNT_PAGE, &options).err().unwrap();
        assert_eq!(error.code().text(), "secret_in_page");
        assert!(!format!("{error:?}{:?}", error.fault().field).contains("hidden"));
    }
    assert_eq!(refusal(ACCOUNT_PAGE, &options_with(json!({ "clientId": "shpss_hidden" }))).0, "secret_in_page");
}

#[test]
fn shops() {
    for (shop, origin) in [
        ("shop.example", "https://shop.example"),
        ("SHOP.example", "https://shop.example"),
        ("https://shop.example", "https://shop.example"),
        ("https://shop.example/", "https://shop.example"),
        ("shop.example:8443", "https://shop.example:8443"),
        ("xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("bücher.example", "https://xn--bcher-kva.example"),
    ] {
        let read = read_at(ACCOUNT_PAGE, &options_with(json!({ "shop": shop }))).unwrap();
        assert_eq!(read.target.shop.origin, origin);
    }
    for shop in [
        "http://shop.example",
        "http://127.0.0.1:8787",
        "https://shop.example/path",
        "shop.example/path",
        "shop.example?x",
        "shop.example#x",
        "user@shop.example",
        "ftp://shop.example",
        "javascript://shop.example",
        "https://",
        "shop example",
    ] {
        assert_eq!(refusal(ACCOUNT_PAGE, &options_with(json!({ "shop": shop }))).1, "shop", "{shop}");
    }
}

#[test]
fn loopback_shops_only_from_loopback_pages() {
    let options = options_with(json!({ "shop": "http://127.0.0.1:8787", "redirectUri": "http://localhost:3000/" }));
    let read = read_at("http://localhost:3000/", &options).unwrap();
    assert!(read.target.loopback);
    assert_eq!(read.target.shop.origin, "http://127.0.0.1:8787");
    for shop in ["http://shop.example", "http://192.168.0.1", "http://127.0.0.1.evil.example", "http://127.evil"] {
        let options = options_with(json!({ "shop": shop, "redirectUri": "http://localhost:3000/" }));
        assert_eq!(refusal("http://localhost:3000/", &options).1, "shop", "{shop}");
    }
}

#[test]
fn redirect_uris_are_pages_of_this_origin() {
    for uri in [
        "/pages/account",
        "https://other.example/pages/account",
        "http://shop.example/pages/account",
        "https://shop.example/pages/account#top",
        "https://shop.example:444/",
        "javascript:alert(1)",
        "data:text/html,x",
        "//shop.example/",
    ] {
        assert_eq!(refusal(ACCOUNT_PAGE, &options_with(json!({ "redirectUri": uri }))).1, "redirectUri", "{uri}");
    }
}

#[test]
fn endpoints_of_the_pages_own() {
    for endpoint in ["http://shop.example/mcp", "javascript:alert(1)", "https://user@shop.example/", "https://"] {
        let options = options_with(json!({ "customerEndpoint": endpoint }));
        assert_eq!(refusal(ACCOUNT_PAGE, &options).1, "customerEndpoint", "{endpoint}");
    }
}

#[test]
fn wishes_of_a_login() {
    assert!(read_wishes(&Tree(json!({ "prompt": "none", "loginHint": "a@b.c", "loginHintMode": "submit" }))).is_ok());
    for (wishes, field) in [
        (json!({ "prompt": "consent" }), "prompt"),
        (json!({ "loginHintMode": "submit" }), "loginHintMode"),
        (json!({ "locale": 1 }), "locale"),
        (json!({ "acrValues": ["x"] }), "acrValues"),
    ] {
        let error = read_wishes(&Tree(wishes)).err().unwrap();
        assert_eq!(error.fault().field.as_deref(), Some(field));
    }
}
