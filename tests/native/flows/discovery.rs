//! Discovery: two documents, held to the rules, fetched once and never believed blindly.

use serde_json::{Value as Serde, json};

use crate::support::network::{Piece, Reply};
use crate::support::page::{Page, options_with};
use crate::support::scene::{Scene, code, words};
use crate::support::shop::Endpoint;

#[test]
fn documents_that_cannot_be_had_stop_before_the_page_is_left() {
    let table: Vec<(&str, &str, Reply)> = vec![
        ("a redirect", "discovery_redirected", Reply::text(0, "")),
        ("404", "discovery_unavailable", Reply::text(404, "<html>")),
        ("403", "discovery_unavailable", Reply::text(403, "<html>")),
        ("500", "discovery_unavailable", Reply::text(500, "<html>")),
        ("HTML", "discovery_invalid", Reply::text(200, "<!doctype html><title>Opening soon</title>")),
        ("nothing", "discovery_invalid", Reply::text(200, "")),
        ("a list", "discovery_invalid", Reply::text(200, "[]")),
        ("null", "discovery_invalid", Reply::text(200, "null")),
        ("an empty object", "discovery_invalid", Reply::text(200, "{}")),
        ("10 MB", "too_large", Reply::pieces(200, vec![Piece::Text("x".repeat(65_536)); 160])),
        ("lost", "network", Reply::Lost),
        ("silence", "timeout", Reply::Silence),
        ("stalled", "timeout", Reply::pieces(200, vec![Piece::Text("{".into()), Piece::Hang])),
    ];
    for (what, expected, reply) in table {
        let scene = Scene::new();
        let again = reply.clone();
        scene.shop.always(Endpoint::LoginDocument, move |_, _| reply.clone());
        scene.shop.always(Endpoint::LoginDocumentRfc8414, move |_, _| again.clone());
        let page = scene.page();
        let outcome = page.login(json!({})).wait();
        assert_eq!(code(&outcome), expected, "{what}");
        assert!(!page.tab.leaves() && page.tab.storage.text().is_empty(), "{what}");
        assert!(scene.shop.all_sent().len() <= 2, "{what}");

        scene.shop.as_usual(Endpoint::LoginDocument);
        page.login(json!({})).wait().unwrap();
        assert!(page.tab.leaves(), "{what}: a failure is not remembered");
    }
}

#[test]
fn the_same_for_the_document_of_the_tools() {
    for (expected, reply) in [
        ("discovery_redirected", Reply::text(0, "")),
        ("discovery_unavailable", Reply::text(404, "")),
        ("discovery_invalid", Reply::text(200, "<html>")),
        ("mcp_api_missing", Reply::text(200, "{}")),
        ("mcp_api_missing", Reply::text(200, r#"{"mcp_api":""}"#)),
        ("mcp_api_missing", Reply::text(200, r#"{"mcp_api":null}"#)),
        ("discovery_invalid", Reply::text(200, r#"{"mcp_api":["https://shop.example/mcp"]}"#)),
        ("endpoint_not_secure", Reply::text(200, r#"{"mcp_api":"http://shop.example/mcp"}"#)),
        ("endpoint_not_secure", Reply::text(200, r#"{"mcp_api":"/mcp"}"#)),
        ("too_large", Reply::text(200, "x".repeat(300_000))),
    ] {
        let scene = Scene::new();
        let (page, _) = scene.sign_in(scene.page(), "ada");
        scene.shop.always(Endpoint::CustomerDocument, move |_, _| reply.clone());
        assert_eq!(code(&page.order().wait()), expected);
        assert_eq!(code(&page.list_tools(false).wait()), expected);
        assert_eq!(scene.shop.count(Endpoint::Mcp) + scene.shop.count(Endpoint::Elsewhere), 0);
        scene.shop.as_usual(Endpoint::CustomerDocument);
        words(&page.order().wait());
    }
}

#[test]
fn the_oauth_name_of_the_document_is_asked_only_when_the_first_is_not_there() {
    let scene = Scene::new();
    scene.shop.always(Endpoint::LoginDocument, |_, _| Reply::text(404, ""));
    scene
        .shop
        .always(Endpoint::LoginDocumentRfc8414, |shop, _| Reply::json(200, &shop.settings.borrow().login_document));
    let page = scene.page();
    page.login(json!({})).wait().unwrap();
    assert!(page.tab.leaves());

    let scene = Scene::new();
    scene.shop.always(Endpoint::LoginDocument, |_, _| Reply::text(500, ""));
    assert_eq!(code(&scene.page().login(json!({})).wait()), "discovery_unavailable");
    assert_eq!(scene.shop.count(Endpoint::LoginDocumentRfc8414), 0);
}

/// What signing in says when one member of the login document is another.
fn with_member(key: &'static str, value: Serde) -> (Scene, &'static str) {
    let scene = Scene::new();
    scene.shop.set(|shop| {
        if value.is_null() {
            shop.login_document.as_object_mut().unwrap().remove(key);
        } else {
            shop.login_document[key] = value;
        }
    });
    let page = scene.page();
    let outcome = page.login(json!({})).wait();
    match outcome {
        Ok(()) => (scene, "ok"),
        Err(_) => {
            assert!(!page.tab.leaves() && !page.tab.storage.has(":login:"));
            assert_eq!(scene.shop.count(Endpoint::Elsewhere), 0);
            (scene, code(&outcome))
        }
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
            "https://shop.example/x#y",
            r"https:\\shop.example\x",
            "https://",
        ] {
            assert_eq!(with_member(key, json!(url)).1, "endpoint_not_secure", "{key}: {url}");
        }
        for value in [json!(7), json!(["https://shop.example/x"]), json!({})] {
            assert_eq!(with_member(key, value).1, "discovery_invalid", "{key}");
        }
    }
    assert_eq!(with_member("authorization_endpoint", Serde::Null).1, "discovery_invalid");
    assert_eq!(with_member("token_endpoint", Serde::Null).1, "discovery_invalid");
    assert_eq!(with_member("jwks_uri", Serde::Null).1, "ok");
    assert_eq!(with_member("end_session_endpoint", Serde::Null).1, "ok");
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
        assert_eq!(with_member("issuer", json!(issuer)).1, expected, "{issuer}");
    }
    assert_eq!(with_member("issuer", Serde::Null).1, "discovery_invalid");
    assert_eq!(with_member("issuer", json!(["https://shop.example"])).1, "discovery_invalid");
}

#[test]
fn other_issuers_only_byte_for_byte() {
    for (issuer, expected) in [("https://login.example", "ok"), ("https://login.example/", "issuer_not_accepted")] {
        let scene = Scene::with(options_with(json!({ "issuers": ["https://login.example"] })));
        scene.shop.set(|shop| shop.login_document["issuer"] = json!(issuer));
        let outcome = scene.page().login(json!({})).wait();
        match expected {
            "ok" => outcome.unwrap(),
            _ => assert_eq!(code(&outcome), expected),
        }
    }
}

#[test]
fn without_s256_no_sign_in() {
    for methods in [Serde::Null, json!([]), json!(["plain"]), json!(["s256"])] {
        assert_eq!(with_member("code_challenge_methods_supported", methods).1, "pkce_unsupported");
    }
    for methods in [json!("S256"), json!({ "0": "S256" }), json!(["S256", 1])] {
        assert_eq!(with_member("code_challenge_methods_supported", methods).1, "discovery_invalid");
    }
}

#[test]
fn a_parameter_that_is_there_already_is_not_doubled() {
    for query in ["client_id=evil", "state=x", "%73tate=x", "redirect_uri=https://evil.example", "prompt=none"] {
        let url = format!("https://shop.example/authorize?{query}");
        assert_eq!(with_member("authorization_endpoint", json!(url)).1, "discovery_invalid", "{query}");
    }
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
    let scene = Scene::with(options_with(json!({
        "shop": "http://127.0.0.1:8787",
        "redirectUri": "http://127.0.0.1:8080/",
    })));
    let answer = document.clone();
    scene.shop.always(Endpoint::Elsewhere, move |_, _| Reply::json(200, &answer));
    let page = scene.page_at("http://127.0.0.1:8080/");
    page.login(json!({})).wait().unwrap();
    assert!(page.tab.departure().starts_with("http://localhost:8788/authorize?"));

    // Not even from there anywhere else.
    for url in [
        "http://shop.example/t",
        "http://127.0.0.1.evil.example/t",
        "http://10.0.0.1/t",
        "http://localhost.evil.example/t",
    ] {
        let scene = Scene::with(scene.options.clone());
        let mut answer = document.clone();
        answer["token_endpoint"] = json!(url);
        scene.shop.always(Endpoint::Elsewhere, move |_, _| Reply::json(200, &answer));
        let page = scene.page_at("http://127.0.0.1:8080/");
        assert_eq!(code(&page.login(json!({})).wait()), "endpoint_not_secure", "{url}");
    }
}

#[test]
fn documents_are_fetched_once_an_hour_and_checked_again_when_read() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    let page = scene.reload(&page.tab);
    words(&page.order().wait());
    page.login(json!({})).wait().unwrap();
    assert_eq!(scene.shop.count(Endpoint::LoginDocument) + scene.shop.count(Endpoint::CustomerDocument), 0);
    page.tab.departures.borrow_mut().clear();

    scene.world.advance(3_700_000.0);
    let page = scene.reload(&page.tab);
    words(&page.order().wait());
    assert_eq!(scene.shop.count(Endpoint::CustomerDocument), 1);

    // Someone wrote into the storage.
    let key = page.tab.storage.key("discovery:customer");
    let stored = page.tab.storage.read(&key).unwrap().replace("https://account.shop.example", "http://evil.example");
    page.tab.storage.write(&key, &stored).unwrap();
    let page = scene.reload(&page.tab);
    words(&page.order().wait());
    assert_eq!(scene.shop.count(Endpoint::CustomerDocument), 2);
    assert_eq!(scene.shop.count(Endpoint::Elsewhere), 0);
}

#[test]
fn parallel_first_calls_discover_once() {
    let scene = Scene::new();
    let (page, _) = scene.sign_in(scene.page(), "ada");
    let calls: Vec<_> = (0..20).map(|_| page.order()).collect();
    calls.into_iter().for_each(|call| drop(words(&call.wait())));
    assert_eq!(scene.shop.count(Endpoint::CustomerDocument), 1);
}

#[test]
fn an_endpoint_of_the_pages_own_replaces_the_discovered_one() {
    for (endpoint, url) in [
        ("/proxy/mcp", "https://shop.example/proxy/mcp"),
        ("https://proxy.example/mcp?shop=1", "https://proxy.example/mcp?shop=1"),
    ] {
        let scene = Scene::with(options_with(json!({ "customerEndpoint": endpoint })));
        scene.shop.always(Endpoint::Elsewhere, |shop, sent| shop.tools.post(shop, sent));
        let (page, _) = scene.sign_in(scene.page(), "ada");
        words(&page.order().wait());
        assert_eq!(scene.shop.sent(Endpoint::Elsewhere)[0].url, url);
        assert_eq!(scene.shop.count(Endpoint::CustomerDocument), 0);
    }
}

#[test]
fn a_401_that_names_another_login_server_moves_nothing() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.shop.next(Endpoint::Mcp, |_, _| {
        let header = r#"Bearer resource_metadata="https://evil.example/.well-known/oauth-protected-resource""#;
        Reply::text(401, "").header("www-authenticate", header)
    });
    words(&page.order().wait());
    assert_eq!(scene.shop.count(Endpoint::Elsewhere), 0);
    assert_eq!(scene.shop.count(Endpoint::Token), 1);
}

#[test]
fn discovery_hangs_no_longer_than_the_pages_own_limit() {
    let scene = Scene::with(options_with(json!({ "timeoutMs": 1_000 })));
    scene.shop.always(Endpoint::LoginDocument, |_, _| Reply::Silence);
    let page: Page = scene.page();
    assert_eq!(code(&page.login(json!({})).wait()), "timeout");
    assert!(scene.world.elapsed() < 1_100.0);
}
