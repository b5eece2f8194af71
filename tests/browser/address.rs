//! The page's address, URLs and queries by the browser's own parsers.

use shopper_mcp::oauth::discovery::is_secure;
use shopper_mcp::platform::{Platform, Url};
use shopper_mcp::web::Browser;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::origin;

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = showAddress)]
    fn show_address(address: &str);
}

fn parse(text: &str) -> Url {
    Browser.parse_url(text, None).unwrap_or_else(|| panic!("no URL: {text}"))
}

#[wasm_bindgen_test]
fn takes_a_url_apart() {
    let url = parse("HTTPS://User:pw@Example.COM:8443/a%20b/../c?q=1&q=2#top");
    assert_eq!(url.href(), "https://User:pw@example.com:8443/c?q=1&q=2#top");
    assert_eq!((url.origin(), url.host()), ("https://example.com:8443", "example.com"));
    assert_eq!(url.after_origin(), None, "credentials stand before the host");

    let bare = parse("https://example.com:443");
    assert_eq!((bare.href(), bare.origin()), ("https://example.com/", "https://example.com"));
    assert_eq!(bare.after_origin(), Some("/"));

    let opaque = parse("data:text/html,a b");
    assert_eq!((opaque.href(), opaque.host()), ("data:text/html,a b", ""));
    assert_eq!(opaque.after_origin(), None);
    assert_eq!(parse("blob:https://example.com/x").after_origin(), None);
}

#[wasm_bindgen_test]
fn a_base_completes_what_is_relative() {
    let href = |text| Browser.parse_url(text, Some("https://shop.example/a/b?c")).map(|url| url.href().to_owned());
    assert_eq!(href("/x?y").as_deref(), Some("https://shop.example/x?y"));
    assert_eq!(href("x").as_deref(), Some("https://shop.example/a/x"));
    assert_eq!(href("//evil.example/").as_deref(), Some("https://evil.example/"));
    assert_eq!(href("javascript:alert(1)").as_deref(), Some("javascript:alert(1)"));
    assert!(Browser.parse_url("/x", Some("not a base")).is_none());
}

#[wasm_bindgen_test]
fn what_is_no_url_is_none() {
    for text in ["", "/relative", "example.com", "https://", "https://[::1", "https://x:99999/"] {
        assert!(Browser.parse_url(text, None).is_none(), "{text:?}");
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
    for text in ["https://shopify.com/authentication/1/oauth/token", "https://account.example.com/token?x=1"] {
        assert!(is_secure(&Browser, text, false), "{text}");
    }
    assert!(is_secure(&Browser, "http://127.0.0.1:8787/token", true));
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
        assert!(!is_secure(&Browser, text, false), "{text:?}");
    }
    assert!(!is_secure(&Browser, "http://example.com/token", true));
    assert!(!is_secure(&Browser, "ftp://127.0.0.1/token", true));
}

#[wasm_bindgen_test]
fn the_address_is_the_pages() {
    show_address("/a/b?c=%20d#e");
    let shown = Browser.address();
    show_address("/");
    assert_eq!(shown, [&origin(), "/a/b?c=%20d#e"].concat());
    assert_eq!(Browser.page().unwrap().origin(), origin());
}

#[wasm_bindgen_test]
fn parameters_are_read_as_forms_are() {
    let at = |query: &str, index| Browser.parameter(query, "a", index);
    assert_eq!(at("?b=1&a=x%2By+z&a=%F0%9F%98%80", 0).as_deref(), Some("x+y z"));
    assert_eq!(at("b=1&%61=1&a", 1).as_deref(), Some(""));
    assert_eq!((at("?b=a&aa=1", 0), at("a=1", 1), at("", 0)), (None, None, None));
    assert_eq!(at("a=%zz%4", 0).as_deref(), Some("%zz%4"));
}

#[wasm_bindgen_test]
fn dates_and_the_clock() {
    assert_eq!(Browser.parse_date("Wed, 21 Oct 2015 07:28:00 GMT"), Some(1_445_412_480_000.0));
    assert_eq!(Browser.parse_date("soon"), None);
    assert!((Browser.now() - js_sys::Date::now()).abs() < 1_000.0);
}
