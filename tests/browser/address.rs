//! The page's address, and URLs by the browser's own parser.

use shopper_mcp::error::Code;
use shopper_mcp::oauth::discovery::secure_endpoint;
use shopper_mcp::platform::{Navigation, Url};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{browser, refused};

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = showAddress)]
    fn show_address(address: &str);
}

fn parse(text: &str) -> Url {
    browser().parse_url(text, None).unwrap_or_else(|| panic!("no URL: {text}"))
}

#[wasm_bindgen_test]
fn takes_a_url_apart() {
    let url = parse("HTTPS://User:pw@Example.COM:8443/a%20b/../c?q=1&q=2#top");
    assert_eq!(url.href, "https://User:pw@example.com:8443/c?q=1&q=2#top");
    assert_eq!(url.origin, "https://example.com:8443");
    assert_eq!((url.scheme.as_str(), url.host.as_str(), url.path.as_str()), ("https:", "example.com", "/c"));
    assert_eq!((url.query.as_str(), url.fragment.as_str(), url.credentials), ("?q=1&q=2", "#top", true));

    let bare = parse("https://example.com:443");
    assert_eq!((bare.href.as_str(), bare.origin.as_str()), ("https://example.com/", "https://example.com"));
    assert_eq!((bare.query.as_str(), bare.fragment.as_str(), bare.credentials), ("", "", false));
}

#[wasm_bindgen_test]
fn a_base_completes_what_is_relative() {
    let browser = browser();
    let href = |text| browser.parse_url(text, Some("https://shop.example/a/b?c")).map(|url| url.href);
    assert_eq!(href("/x?y").as_deref(), Some("https://shop.example/x?y"));
    assert_eq!(href("x").as_deref(), Some("https://shop.example/a/x"));
    assert_eq!(href("//evil.example/").as_deref(), Some("https://evil.example/"));
    assert_eq!(href("javascript:alert(1)").as_deref(), Some("javascript:alert(1)"));
    assert_eq!(browser.parse_url("/x", Some("not a base")).map(|url| url.href), None);
}

#[wasm_bindgen_test]
fn what_is_no_url_is_none() {
    for text in ["", "/relative", "example.com", "https://", "https://[::1", "https://x:99999/"] {
        assert!(browser().parse_url(text, None).is_none(), "{text:?}");
    }
}

#[wasm_bindgen_test]
fn loopback_is_told_by_the_parsed_host() {
    for text in
        ["http://localhost/", "http://127.0.0.1:8787/", "http://2130706433/", "http://[::1]/", "http://a.localhost/"]
    {
        assert!(parse(text).is_loopback(), "{text}");
    }
    for text in ["http://localhost.example/", "http://127.0.0.1.example/", "http://[::2]/", "https://10.0.0.1/"] {
        assert!(!parse(text).is_loopback(), "{text}");
    }
}

#[wasm_bindgen_test]
fn an_endpoint_is_plainly_https() {
    let browser = browser();
    let secure = |text: &str, loopback| secure_endpoint(&browser, text, "token_endpoint", loopback);
    for text in ["https://shopify.com/authentication/1/oauth/token", "https://account.example.com/token?x=1"] {
        secure(text, false).unwrap();
    }
    secure("http://127.0.0.1:8787/token", true).unwrap();
    for text in [
        "http://example.com/token",
        "http://127.0.0.1:8787/token",
        "javascript:alert(1)//https://example.com",
        "data:text/html,x",
        "blob:https://example.com/x",
        "//example.com/token",
        "https://user:pw@example.com/token",
        "https://example.com/token#x",
        "https://exa\nmple.com/token",
        "\thttps://example.com/token",
        "https:\\\\example.com\\token",
        "java\tscript:alert(1)",
        "",
    ] {
        let error = refused(secure(text, false), Code::EndpointNotSecure);
        assert_eq!(error.fault().field.as_deref(), Some("token_endpoint"), "{text:?}");
    }
    refused(secure("http://example.com/token", true), Code::EndpointNotSecure);
}

#[wasm_bindgen_test]
fn the_address_leaves_the_fragment_out() {
    let browser = browser();
    let before = browser.address();
    show_address("/a/b?c=%20d#e#f");
    let shown = browser.address();
    show_address("/");
    assert_eq!(shown, [parse(&before).origin.as_str(), "/a/b?c=%20d"].concat());
    assert_eq!(browser.address(), before);
}
