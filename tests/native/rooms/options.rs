//! What a page configures.

use serde_json::{Value as Serde, json};
use shopper_mcp::call::{CallOptions, McpCall};
use shopper_mcp::error::Error;
use shopper_mcp::json::Value;
use shopper_mcp::options::{Settings, check_login_options};

use crate::support::shop::{ACCOUNT_PAGE, code_and_field, options, options_with, refused, target};
use crate::support::tree::Tree;
use crate::support::world::World;

fn read_at(address: &str, options: &Serde) -> Result<Settings, Error> {
    Settings::read(&World::at(address), &Tree(options.clone()), true, &[])
}

#[track_caller]
fn refusal(address: &str, options: &Serde) -> (&'static str, String) {
    code_and_field(read_at(address, options))
}

#[test]
fn the_defaults() {
    let mut least = options();
    least.as_object_mut().unwrap().remove("scope");
    let read = read_at(ACCOUNT_PAGE, &least).unwrap();
    let expected = json!({
        "shop": "https://shop.example",
        "clientId": "client-1",
        "redirectUri": ACCOUNT_PAGE,
        "scope": "customer-account-mcp-api:full",
        "customerEndpoint": null,
        "authorization": "raw",
        "onSignInNeeded": "redirect",
        "storage": "session",
        "timeoutMs": 30_000.0,
        "rateLimitWaitMs": 60_000.0,
        "maxAnswerBytes": 16_777_216.0,
        "checkArguments": false,
    });
    assert_eq!(Tree::written(&read).0, expected);
}

#[test]
fn whatever_a_page_configures_is_kept() {
    let own = json!({
        "customerEndpoint": "/proxy/mcp?a=b",
        "authorization": "Bearer",
        "onSignInNeeded": "event",
        "storage": "local",
        "timeoutMs": 1,
        "rateLimitWaitMs": 0.5,
        "maxAnswerBytes": 2,
        "checkArguments": true,
    });
    let read = read_at(ACCOUNT_PAGE, &options_with(own)).unwrap();
    assert_eq!(read.customer_endpoint.as_deref(), Some("https://shop.example/proxy/mcp?a=b"));
    assert_eq!((read.authorization, read.on_sign_in_needed, read.storage), ("Bearer", "event", "local"));
    assert_eq!((read.timeout_ms, read.rate_limit_wait_ms, read.max_answer_bytes), (1.0, 0.5, 2.0));
    assert!(read.check_arguments);
    assert_eq!(read_at(ACCOUNT_PAGE, &options_with(json!({ "storage": {} }))).unwrap().storage, "own");
    let target = target(&World::new(), options_with(json!({ "issuers": ["https://login.example"] })));
    let issuers = target.issuers.unwrap();
    assert!(issuers.contains("https://login.example") && !issuers.contains("https://login.example/"));
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
        ("checkArguments", json!("yes")),
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
        assert!(Settings::read(&World::new(), &Tree(options), false, &[]).is_ok(), "a login has options of its own");
    }
}

#[test]
fn a_secret_is_refused_and_not_repeated() {
    for name in ["clientSecret", "client_secret", "SECRET", "privateKey", "apiPassword"] {
        let mut options = options();
        options.as_object_mut().unwrap().insert(name.to_owned(), json!("shpss_hidden"));
        let error = refused(read_at(ACCOUNT_PAGE, &options));
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
        assert_eq!(read.shop, origin);
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
    assert_eq!(read.shop, "http://127.0.0.1:8787");
    for shop in [
        "http://shop.example",
        "http://192.168.0.1",
        "http://127.0.0.1.evil.example",
        "http://127.evil",
        "ftp://127.0.0.1",
    ] {
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
        "blob:https://shop.example/pages/account",
        "https://user@shop.example/pages/account",
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
fn options_of_a_login() {
    let check = |options: Serde| check_login_options(&Tree(options));
    assert!(check(json!({ "prompt": "none", "loginHint": "a@b.c", "loginHintMode": "submit" })).is_ok());
    assert!(check(json!({ "mode": "popup", "returnTo": "/cart", "signal": {} })).is_ok());
    for (options, field) in [
        (json!({ "prompt": "consent" }), "prompt"),
        (json!({ "loginHintMode": "submit" }), "loginHintMode"),
        (json!({ "loginHintMode": "submit", "loginHint": "" }), "loginHintMode"),
        (json!({ "locale": 1 }), "locale"),
        (json!({ "acrValues": ["x"] }), "acrValues"),
        (json!({ "mode": "window" }), "mode"),
        (json!({ "mode": true }), "mode"),
        (json!({ "returnTo": 1 }), "returnTo"),
    ] {
        assert_eq!(code_and_field(check(options)), ("option_invalid", field.to_owned()));
    }
    assert_eq!(refused(check(json!("x"))).sentence(), "The login options is not a JSON object.");
}

#[test]
fn options_of_a_call() {
    let read = |options: Serde| CallOptions::read(&Tree(options)).map(|read| Tree::written(&read).0);
    let nothing = json!({ "timeoutMs": null, "onSignInNeeded": null, "resume": false });
    assert_eq!(read(json!({ "signal": {}, "checkOutput": true })).unwrap(), nothing);
    let all = json!({ "timeoutMs": 5.0, "onSignInNeeded": "popup", "resume": true });
    assert_eq!(read(all.clone()).unwrap(), all);
    for (options, field) in [
        (json!({ "timeoutMs": 0 }), "timeoutMs"),
        (json!({ "timeoutMs": "5" }), "timeoutMs"),
        (json!({ "onSignInNeeded": "ask" }), "onSignInNeeded"),
        (json!({ "resume": "yes" }), "resume"),
    ] {
        assert_eq!(code_and_field(read(options)), ("option_invalid", field.to_owned()));
    }
}

#[test]
fn a_request_without_a_session() {
    let read = |more: Serde| {
        let mut options = json!({ "endpoint": "/mcp", "method": "tools/list" });
        more.as_object().unwrap().iter().for_each(|(key, value)| options[key] = value.clone());
        McpCall::read(&World::new(), &Tree(options)).map(|read| Tree::written(&read).0)
    };
    let expected = json!({
        "endpoint": "https://shop.example/mcp",
        "method": "tools/list",
        "accessToken": null,
        "authorization": "raw",
        "timeoutMs": 30_000.0,
        "maxAnswerBytes": 16_777_216.0,
    });
    assert_eq!(read(json!({ "params": { "a": 1 } })).unwrap(), expected);
    for (more, code, field) in [
        (json!({ "endpoint": "http://shop.example/mcp" }), "endpoint_not_secure", "endpoint"),
        (json!({ "endpoint": "javascript:alert(1)" }), "endpoint_not_secure", "endpoint"),
        (json!({ "endpoint": "https://u:p@shop.example/" }), "endpoint_not_secure", "endpoint"),
        (json!({ "endpoint": null }), "option_invalid", "endpoint"),
        (json!({ "method": "" }), "option_invalid", "method"),
        (json!({ "accessToken": "SECRET\r\nx: y" }), "option_invalid", "accessToken"),
        (json!({ "authorization": "basic" }), "option_invalid", "authorization"),
        (json!({ "timeoutMs": -1 }), "option_invalid", "timeoutMs"),
        (json!({ "maxAnswerBytes": "all" }), "option_invalid", "maxAnswerBytes"),
    ] {
        let outcome = read(more);
        assert_eq!(code_and_field(outcome), (code, field.to_owned()));
    }
}
