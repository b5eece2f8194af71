//! From the code to the session: the exchange, the ID token and its signature.

use serde_json::{Value as Serde, json};
use shopper_mcp::error::Error;

use crate::support::login_server::refused;
use crate::support::network::{Piece, Reply};
use crate::support::page::Page;
use crate::support::scene::{Scene, code, words};
use crate::support::shop::Endpoint;

/// Ada's way back, up to the end of the exchange.
fn come_back(scene: &Scene) -> (Page, Result<(), Error>) {
    let page = scene.page();
    page.login(json!({})).wait().unwrap();
    let back = scene.shopper_signs_in(&page.tab, "ada");
    let outcome = back.handle_redirect().wait().map(|brought| assert!(brought.is_some()));
    (back, outcome)
}

fn no_session(scene: &Scene, page: &Page, what: &str) {
    assert!(!page.is_signed_in(), "{what}");
    assert!(!page.tab.storage.has(":session") && !scene.browser.local.has(":live"), "{what}");
    assert!(!page.tab.storage.has(":login:"), "{what}: the login is used up");
    assert!(page.events().is_empty(), "{what}");
    assert!(!page.tab.leaves(), "{what}: no loop");
}

#[test]
fn a_code_is_posted_once_whatever_comes_back() {
    let table: Vec<(&str, &str, bool, Reply)> = vec![
        ("lost", "network", true, Reply::Lost),
        ("silence", "timeout", true, Reply::Silence),
        ("500", "token_refused", true, Reply::text(500, "oops")),
        ("429", "token_refused", true, Reply::text(429, "")),
        ("401 with nothing", "token_refused", true, Reply::text(401, "")),
        ("invalid_grant", "code_refused", false, refused("invalid_grant")),
        ("invalid_client", "client_refused", false, Reply::json(401, &json!({ "error": "invalid_client" }))),
        ("unauthorized_client", "client_refused", false, refused("unauthorized_client")),
        ("invalid_request", "token_refused", false, refused("invalid_request")),
        ("redirect", "redirect_refused", false, Reply::text(0, "")),
        ("HTML", "token_invalid", false, Reply::text(200, "<html>")),
        ("empty", "token_invalid", false, Reply::text(200, "")),
        ("null", "token_invalid", false, Reply::text(200, "null")),
        ("a list", "token_invalid", false, Reply::text(200, "[]")),
        ("no token", "token_invalid", false, Reply::text(200, "{}")),
        ("half JSON", "token_invalid", false, Reply::text(200, "{\"access_token\":\"SECRET")),
        (
            "broken off",
            "network",
            true,
            Reply::pieces(200, vec![Piece::Text("{\"access_token\":".into()), Piece::Break]),
        ),
        ("stalled", "timeout", true, Reply::pieces(200, vec![Piece::Text("{".into()), Piece::Hang])),
        ("1 MB", "too_large", false, Reply::text(200, "x".repeat(1 << 20))),
        ("MAC token", "token_invalid", false, Reply::text(200, r#"{"access_token":"SECRET","token_type":"mac"}"#)),
        ("a line break", "token_invalid", false, Reply::text(200, r#"{"access_token":"SECRET\r\nx: y"}"#)),
    ];
    for (what, expected, retryable, reply) in table {
        let scene = Scene::new();
        scene.shop.next(Endpoint::Token, move |_, _| reply);
        let (page, outcome) = come_back(&scene);
        assert_eq!(code(&outcome), expected, "{what}");
        assert_eq!(outcome.as_ref().unwrap_err().fault().retryable, retryable, "{what}");
        assert!(!format!("{outcome:?}").contains("SECRET"), "{what}");
        scene.world.advance(120_000.0);
        assert_eq!(scene.shop.count(Endpoint::Token), 1, "{what}");
        no_session(&scene, &page, what);
        scene.sign_in(page, "ada");
    }
}

#[test]
fn a_lost_answer_leaves_the_code_used_and_the_next_sign_in_works() {
    let scene = Scene::new();
    scene.shop.next(Endpoint::Token, |shop, sent| {
        shop.usual(sent);
        Reply::Lost
    });
    let (page, outcome) = come_back(&scene);
    assert_eq!(code(&outcome), "network");
    let (page, _) = scene.sign_in(page, "ada");
    words(&page.order().wait());
    let codes = scene.shop.login.posted_codes.borrow();
    assert_eq!(codes.len(), 2);
    assert_ne!(codes[0], codes[1]);
}

#[test]
fn offline_on_the_way_back() {
    let scene = Scene::new();
    let page = scene.page();
    page.login(json!({})).wait().unwrap();
    let back = scene.shopper_signs_in(&page.tab, "ada");
    scene.browser.online.set(false);
    let outcome = back.handle_redirect().wait();
    assert_eq!(code(&outcome), "offline");
    assert!(outcome.err().unwrap().fault().retryable);
    no_session(&scene, &back, "offline");
}

#[test]
fn id_tokens_that_do_not_fit() {
    type Forge = fn(&mut Serde, &mut Serde);
    let table: [(&str, &str, Forge); 30] = [
        ("another issuer", "iss", |_, claims| claims["iss"] = json!("https://evil.example")),
        ("issuer with a slash", "iss", |_, claims| claims["iss"] = json!("https://shopify.com/authentication/1234/")),
        ("no issuer", "iss", |_, claims| claims["iss"] = json!(null)),
        ("another audience", "aud", |_, claims| claims["aud"] = json!("client-2")),
        ("an audience more", "aud", |_, claims| claims["aud"] = json!(["client-1", "client-2"])),
        ("no audience", "aud", |_, claims| claims["aud"] = json!([])),
        ("audience as an object", "aud", |_, claims| claims["aud"] = json!({ "0": "client-1" })),
        ("another party", "azp", |_, claims| claims["azp"] = json!("client-2")),
        ("a party of null", "azp", |_, claims| claims["azp"] = json!(null)),
        ("nobody", "sub", |_, claims| claims["sub"] = json!("")),
        ("no subject", "sub", |_, claims| claims["sub"] = json!(null)),
        ("a number as subject", "sub", |_, claims| claims["sub"] = json!(7)),
        ("expired", "exp", |_, claims| claims["exp"] = json!(claims["iat"].as_f64().unwrap() - 100.0)),
        ("never ends", "exp", |_, claims| claims["exp"] = json!(null)),
        ("ends in words", "exp", |_, claims| claims["exp"] = json!("tomorrow")),
        ("from the future", "iat", |_, claims| claims["iat"] = json!(claims["iat"].as_f64().unwrap() + 1_000.0)),
        ("never issued", "iat", |_, claims| claims["iat"] = json!(null)),
        ("another nonce", "nonce", |_, claims| claims["nonce"] = json!("replayed")),
        ("no nonce", "nonce", |_, claims| claims["nonce"] = json!(null)),
        ("another access token", "at_hash", |_, claims| claims["at_hash"] = json!("AAAAAAAAAAAAAAAAAAAAAA")),
        ("hash of another kind", "at_hash", |_, claims| claims["at_hash"] = json!(1)),
        ("unsigned", "alg", |header, _| header["alg"] = json!("none")),
        ("unsigned in capitals", "alg", |header, _| header["alg"] = json!("NONE")),
        ("signed by a shared secret", "alg", |header, _| header["alg"] = json!("HS256")),
        ("RS512", "alg", |header, _| header["alg"] = json!("RS512")),
        ("no algorithm", "alg", |header, _| header["alg"] = json!(null)),
        ("an extension", "crit", |header, _| header["crit"] = json!(["b64"])),
        ("an extension of nothing", "crit", |header, _| header["crit"] = json!([])),
        ("a key of another kind", "signature", |header, _| header["alg"] = json!("ES256")),
        ("an unknown key", "signature", |header, _| header["kid"] = json!("stranger")),
    ];
    for (what, field, forge) in table {
        let scene = Scene::new();
        scene.shop.set(|shop| shop.login.forge = forge);
        let (page, outcome) = come_back(&scene);
        assert_eq!(code(&outcome), "id_token_invalid", "{what}");
        let error = outcome.unwrap_err();
        assert_eq!(error.fault().field.as_deref(), Some(field), "{what}");
        no_session(&scene, &page, what);
    }
}

#[test]
fn id_tokens_that_fit_all_the_same() {
    type Forge = fn(&mut Serde, &mut Serde);
    let table: [(&str, Forge); 7] = [
        ("a list of one", |_, claims| claims["aud"] = json!(["client-1"])),
        ("the party is us", |_, claims| claims["azp"] = json!("client-1")),
        ("a clock a bit off", |_, claims| claims["exp"] = json!(claims["iat"].as_f64().unwrap() - 50.0)),
        ("a clock minutes off", |_, claims| claims["iat"] = json!(claims["iat"].as_f64().unwrap() + 800.0)),
        ("no hash", |_, claims| {
            claims.as_object_mut().unwrap().remove("at_hash");
        }),
        ("no key id", |header, _| {
            header.as_object_mut().unwrap().remove("kid");
        }),
        ("odd members", |header, claims| {
            header["jku"] = json!("https://evil.example/keys");
            claims["__proto__"] = json!({ "admin": true });
        }),
    ];
    for (what, forge) in table {
        let scene = Scene::new();
        scene.shop.set(|shop| shop.login.forge = forge);
        let (page, outcome) = come_back(&scene);
        assert!(outcome.is_ok(), "{what}: {outcome:?}");
        assert!(page.record().unwrap().signature_verified, "{what}");
        assert_eq!(scene.shop.count(Endpoint::Elsewhere), 0, "{what}: no other key set is asked for");
    }
}

#[test]
fn id_tokens_that_are_none() {
    for garbage in [
        "",
        "a",
        "a.b",
        "a.b.c",
        "a.b.c.d",
        "e30.e30.",
        "e30.W10.AA",
        "....",
        "\u{1f600}.e30.e30",
        &"A".repeat(200_000),
    ] {
        let scene = Scene::new();
        let garbage = garbage.to_owned();
        scene.shop.next(Endpoint::Token, move |shop, sent| {
            let mut answer: Serde = serde_json::from_str(&shop.usual(sent).body()).unwrap();
            answer["id_token"] = json!(garbage);
            Reply::json(200, &answer)
        });
        let (page, outcome) = come_back(&scene);
        match outcome {
            // An empty one counts as none, and then nobody is known by name.
            Ok(()) => assert!(page.record().unwrap().sub.is_none()),
            Err(error) => {
                assert_eq!(error.code().text(), "id_token_invalid");
                no_session(&scene, &page, "garbage");
            }
        }
    }
}

#[test]
fn a_bad_signature_is_refused() {
    let scene = Scene::new();
    scene.shop.set(|shop| shop.login.bad_signature = true);
    let (page, outcome) = come_back(&scene);
    assert_eq!(code(&outcome), "id_token_invalid");
    no_session(&scene, &page, "bad signature");
}

#[test]
fn without_a_key_set_the_direct_answer_stands_and_says_so() {
    for reply in [
        Reply::Lost,
        Reply::text(500, ""),
        Reply::text(404, "<html>"),
        Reply::text(200, "<html>"),
        Reply::text(0, ""),
        Reply::Silence,
    ] {
        let scene = Scene::new();
        scene.shop.always(Endpoint::Keys, move |_, _| reply.clone());
        let (page, outcome) = come_back(&scene);
        assert!(outcome.is_ok(), "{outcome:?}");
        let record = page.record().unwrap();
        assert!(!record.signature_verified && record.sub.is_some());
        assert_eq!(scene.shop.count(Endpoint::Keys), 1);
    }
}

#[test]
fn a_key_that_is_new_is_looked_for_once_more() {
    let scene = Scene::new();
    scene.shop.next(Endpoint::Keys, |_, _| Reply::json(200, &json!({ "keys": [] })));
    let (page, outcome) = come_back(&scene);
    assert!(outcome.is_ok() && page.record().unwrap().signature_verified);
    assert_eq!(scene.shop.count(Endpoint::Keys), 2);

    for keys in [json!({ "keys": [] }), json!({ "keys": "no" }), json!([]), json!({ "keys": [null, 1, {}, []] })] {
        let scene = Scene::new();
        scene.shop.always(Endpoint::Keys, move |_, _| Reply::json(200, &keys));
        let (page, outcome) = come_back(&scene);
        assert_eq!(code(&outcome), "id_token_invalid");
        assert_eq!(scene.shop.count(Endpoint::Keys), 2, "once more, not for ever");
        no_session(&scene, &page, "no key");
    }
}

#[test]
fn the_code_goes_where_the_login_was_begun_even_when_discovery_changes() {
    let scene = Scene::new();
    let page = scene.page();
    page.login(json!({})).wait().unwrap();
    let departure = page.tab.departure();
    scene.shop.set(|shop| {
        shop.login_document["token_endpoint"] = json!("https://evil.example/token");
        shop.login_document["jwks_uri"] = json!("https://evil.example/keys");
    });
    let discovery = page.tab.storage.key("discovery:login");
    page.tab.storage.remove(&discovery);
    page.tab.go(&scene.shop.login.authorize(&scene.shop, &departure, "ada"));
    let back = scene.reload(&page.tab);
    back.handle_redirect().wait().unwrap().unwrap();
    assert_eq!(scene.shop.count(Endpoint::Elsewhere), 0);
}

#[test]
fn ten_thousand_logins_without_a_repeat() {
    let scene = Scene::new();
    let page = scene.page();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..10_000 {
        page.login(json!({})).wait().unwrap();
        let departure = url::Url::parse(&page.tab.departure()).unwrap();
        let sent = |name| departure.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
        let key = page.tab.storage.key(&sent("state"));
        let record: Serde = serde_json::from_str(&page.tab.storage.read(&key).unwrap()).unwrap();
        let verifier = record["codeVerifier"].as_str().unwrap().to_owned();
        assert_eq!((verifier.len(), sent("nonce").len(), sent("state").len()), (43, 43, 48));
        for value in [sent("state"), sent("nonce"), sent("code_challenge"), verifier] {
            assert!(seen.insert(value), "used before");
        }
        page.tab.storage.remove(&key);
    }
    assert_eq!(seen.len(), 40_000);
}
