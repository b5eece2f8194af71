//! The two documents, held to the rules.

use serde_json::{Value as Serde, json};
use shopper_mcp::error::Result;
use shopper_mcp::oauth::discovery::{Login, read_mcp_api};

use crate::support::shop::{begin, code, login_document, options, options_with, read_login, target};
use crate::support::tree::Tree;
use crate::support::world::World;

/// What reading says when one member of the login document is another.
fn with_member(key: &str, value: Serde) -> &'static str {
    let mut document = login_document();
    if value.is_null() {
        document.as_object_mut().unwrap().remove(key);
    } else {
        document[key] = value;
    }
    match read_login(&World::new(), document) {
        Ok(_) => "ok",
        refusal => code(refusal),
    }
}

#[test]
fn a_copy_is_read_back_as_it_was_written() {
    let world = World::new();
    let login = read_login(&world, login_document()).unwrap();
    let copy = Tree::written(&login);
    assert_eq!(copy.0, login_document());
    assert_eq!(Tree::written(&read_login(&world, copy.0.clone()).unwrap()), copy);

    let least = json!({
        "issuer": "https://shop.example",
        "authorization_endpoint": "https://shop.example/authorize",
        "token_endpoint": "https://shop.example/token",
        "code_challenge_methods_supported": ["plain", "S256"],
    });
    let login = read_login(&world, least).unwrap();
    assert!(login.jwks_uri.is_none() && login.end_session_endpoint.is_none() && !login.iss_promised);
    assert_eq!(Tree::written(&login).0["jwks_uri"], Serde::Null);
}

#[test]
fn documents_that_are_none() {
    for document in [json!([]), json!(null), json!("x"), json!({})] {
        assert_eq!(code(read_login(&World::new(), document)), "discovery_invalid");
    }
}

#[test]
fn endpoints_that_are_not_plainly_https_are_refused() {
    for key in ["authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint"] {
        for url in [
            "http://shop.example/x",
            "http://localhost/x",
            "http://127.0.0.1/x",
            "javascript:alert(1)",
            "data:text/html,x",
            "blob:https://shop.example/x",
            "ftp://shop.example/x",
            "//shop.example/x",
            "/x",
            "x",
            " https://shop.example/x",
            "https://shop.example/x\n",
            "ht\ttps://shop.example/x",
            "https://user@shop.example/x",
            "https://user:pass@shop.example/x",
            "https://:pass@shop.example/x",
            "https://shop.example/x#y",
            r"https:\\shop.example\x",
            "https://",
        ] {
            assert_eq!(with_member(key, json!(url)), "endpoint_not_secure", "{key}: {url}");
        }
        for value in [json!(7), json!(["https://shop.example/x"]), json!({})] {
            assert_eq!(with_member(key, value), "discovery_invalid", "{key}");
        }
    }
    assert_eq!(with_member("authorization_endpoint", Serde::Null), "discovery_invalid");
    assert_eq!(with_member("token_endpoint", Serde::Null), "discovery_invalid");
    assert_eq!(with_member("jwks_uri", Serde::Null), "ok");
    assert_eq!(with_member("end_session_endpoint", Serde::Null), "ok");
}

#[test]
fn issuers_are_the_shops_or_shopifys() {
    for (issuer, expected) in [
        ("https://shopify.com/authentication/1", "ok"),
        ("https://shop.example", "ok"),
        ("https://shop.example/authentication/1", "ok"),
        ("https://shopify.com/authentication/", "issuer_not_accepted"),
        ("https://shopify.com/authentication/1/", "issuer_not_accepted"),
        ("https://shopify.com/authentication/1x", "issuer_not_accepted"),
        ("https://shopify.com/authentication/%31", "issuer_not_accepted"),
        ("https://shopify.com/authentication/../1", "issuer_not_accepted"),
        ("https://shopify.com.evil.example/authentication/1", "issuer_not_accepted"),
        ("https://shopify.com@evil.example/authentication/1", "endpoint_not_secure"),
        ("https://evil.example/https://shopify.com/authentication/1", "issuer_not_accepted"),
        ("https://evil.example", "issuer_not_accepted"),
        ("https://account.shop.example", "issuer_not_accepted"),
        ("https://shop.example.evil.example", "issuer_not_accepted"),
        ("https://shop.example:8443", "issuer_not_accepted"),
        ("https://shop.example?x=1", "issuer_not_accepted"),
        ("http://shop.example", "endpoint_not_secure"),
        ("http://127.0.0.1:8787", "endpoint_not_secure"),
        ("javascript:alert(1)", "endpoint_not_secure"),
    ] {
        assert_eq!(with_member("issuer", json!(issuer)), expected, "{issuer}");
    }
    assert_eq!(with_member("issuer", Serde::Null), "discovery_invalid");
    assert_eq!(with_member("issuer", json!(["https://shop.example"])), "discovery_invalid");
}

#[test]
fn other_issuers_only_byte_for_byte() {
    let world = World::new();
    let target = target(&world, options_with(json!({ "issuers": ["https://login.example"] })));
    for (issuer, accepted) in [("https://login.example", true), ("https://login.example/", false)] {
        let mut document = login_document();
        document["issuer"] = json!(issuer);
        assert_eq!(Login::read(&world, &Tree(document), &target.policy()).is_ok(), accepted, "{issuer}");
    }
}

#[test]
fn without_s256_no_sign_in() {
    for methods in [Serde::Null, json!([]), json!(["plain"]), json!(["s256"])] {
        assert_eq!(with_member("code_challenge_methods_supported", methods), "pkce_unsupported");
    }
    for methods in [json!("S256"), json!({ "0": "S256" }), json!(["S256", 1])] {
        assert_eq!(with_member("code_challenge_methods_supported", methods), "discovery_invalid");
    }
}

#[test]
fn a_parameter_that_is_there_already_is_not_doubled() {
    let world = World::new();
    for query in ["client_id=evil", "state=x", "%73tate=x", "redirect_uri=https://evil.example", "prompt=none", "nonce"]
    {
        let mut document = login_document();
        document["authorization_endpoint"] = json!(format!("https://shop.example/authorize?{query}"));
        let login = read_login(&world, document).unwrap();
        assert_eq!(code(begin(&world, login)), "discovery_invalid", "{query}");
    }
}

fn read_from_loopback(document: Serde) -> Result<Box<Login>> {
    let world = World::at("http://127.0.0.1:8080/");
    let options = json!({ "shop": "http://127.0.0.1:8787", "redirectUri": "http://127.0.0.1:8080/" });
    Login::read(&world, &Tree(document), &target(&world, options_with(options)).policy())
}

#[test]
fn loopback_http_only_from_a_loopback_page() {
    let document = json!({
        "issuer": "http://localhost:8788",
        "authorization_endpoint": "http://localhost:8788/authorize",
        "token_endpoint": "http://[::1]:8788/token",
        "jwks_uri": "http://login.localhost:8788/keys",
        "code_challenge_methods_supported": ["S256"],
    });
    assert!(read_from_loopback(document.clone()).is_ok());
    assert_eq!(code(read_login(&World::new(), document.clone())), "endpoint_not_secure");
    for url in [
        "http://shop.example/t",
        "http://127.0.0.1.evil.example/t",
        "http://10.0.0.1/t",
        "http://localhost.evil.example/t",
        "ftp://127.0.0.1/t",
        "ws://127.0.0.1/t",
        "http://user@127.0.0.1/t",
    ] {
        let mut document = document.clone();
        document["token_endpoint"] = json!(url);
        assert_eq!(code(read_from_loopback(document)), "endpoint_not_secure", "{url}");
    }
}

#[test]
fn where_the_tools_are() {
    let world = World::new();
    let target = target(&world, options());
    let read = |document: Serde| read_mcp_api(&world, &Tree(document), &target.policy());
    assert_eq!(read(json!({ "mcp_api": "https://a.example/mcp", "x": 1 })).unwrap(), "https://a.example/mcp");
    for (document, expected) in [
        (json!({}), "mcp_api_missing"),
        (json!({ "mcp_api": "" }), "mcp_api_missing"),
        (json!({ "mcp_api": null }), "mcp_api_missing"),
        (json!({ "mcp_api": ["https://shop.example/mcp"] }), "discovery_invalid"),
        (json!({ "mcp_api": "http://shop.example/mcp" }), "endpoint_not_secure"),
        (json!({ "mcp_api": "/mcp" }), "endpoint_not_secure"),
        (json!([]), "discovery_invalid"),
    ] {
        assert_eq!(code(read(document.clone())), expected, "{document}");
    }
}
