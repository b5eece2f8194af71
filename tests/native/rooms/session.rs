//! Sessions: how they begin, go on and end.

use serde_json::{Value as Serde, json};
use shopper_mcp::error::Result;
use shopper_mcp::oauth::token::TokenAnswer;
use shopper_mcp::session::logout::{logout_url, own_page};
use shopper_mcp::session::pending::Pending;
use shopper_mcp::session::record::Record;

use crate::support::random::Dice;
use crate::support::shop::{ISSUER, LOGOUT_ENDPOINT, TOKEN_ENDPOINT, code, code_and_field, id_token, pending};
use crate::support::tree::Tree;
use crate::support::world::{BEGINNING, World};

fn record() -> Box<Record> {
    Box::new(Record {
        version: "1",
        id: "id-1".into(),
        generation: 3.0,
        started_at: 1_000.0,
        issuer: ISSUER.into(),
        token_endpoint: TOKEN_ENDPOINT.into(),
        end_session_endpoint: None,
        access_token: "SECRET-\"access\\".into(),
        refresh_token: Some("SECRET-refresh".into()),
        id_token: None,
        sub: Some("gid://shopify/Customer/1".into()),
        signature_verified: true,
        scope: Some("openid".into()),
        expires_at: Some(9_000.0),
        renew_at: None,
    })
}

fn answer(value: Serde) -> Box<TokenAnswer> {
    TokenAnswer::receive(200, Some(&Tree(value))).unwrap()
}

#[test]
fn a_record_survives_the_store() {
    let written = Tree::written(&record());
    let text = written.0.to_string();
    let read = Record::read(&Tree(serde_json::from_str(&text).unwrap())).unwrap();
    assert_eq!(Tree::written(&read), written);
    assert_eq!((read.access_token, read.generation, read.signature_verified), (record().access_token, 3.0, true));
    assert_eq!((read.expires_at, read.renew_at, read.id_token), (Some(9_000.0), None, None));
}

#[test]
fn a_record_with_one_thing_wrong_is_none() {
    let good = Tree::written(&record()).0;
    for key in ["v", "id", "generation", "startedAt", "issuer", "tokenEndpoint", "accessToken"] {
        for value in [json!(null), json!([]), json!({}), json!(true), json!(""), json!(-1)] {
            let mut bad = good.clone();
            bad[key] = value.clone();
            assert!(Record::read(&Tree(bad)).is_err(), "{key}: {value}");
        }
    }
    for (key, value) in [
        ("v", json!("2")),
        ("v", json!(1)),
        ("refreshToken", json!(1)),
        ("sub", json!({})),
        ("signatureVerified", json!("true")),
        ("accessToken", json!("a\r\nb")),
        ("generation", json!(1e300)),
    ] {
        let mut bad = good.clone();
        bad[key] = value.clone();
        assert!(Record::read(&Tree(bad)).is_err(), "{key}: {value}");
    }
    let wrapped = json!({ "__proto__": good });
    assert!(Record::read(&Tree(wrapped)).is_err());
}

#[test]
fn which_record_replaces_which() {
    let with =
        |id: &str, generation: f64, started_at: f64| Record { id: id.into(), generation, started_at, ..*record() };
    for (new, old, expected) in [
        (with("a", 2.0, 1.0), with("a", 1.0, 1.0), true),
        (with("a", 1.0, 1.0), with("a", 1.0, 1.0), false),
        (with("a", 1.0, 9.0), with("a", 2.0, 1.0), false),
        (with("b", 1.0, 2.0), with("a", 9.0, 1.0), true),
        (with("b", 9.0, 1.0), with("a", 1.0, 2.0), false),
        (with("b", 9.0, 1.0), with("a", 1.0, 1.0), false),
    ] {
        assert_eq!(new.supersedes(&old), expected);
    }
}

#[test]
fn a_renewal_keeps_what_its_answer_leaves_out() {
    let world = World::new();
    let tokens = answer(json!({ "access_token": "new", "expires_in": 3600 }));
    let renewed = record().renew(&world, tokens).unwrap();
    assert_eq!((renewed.access_token.as_str(), renewed.refresh_token.as_deref()), ("new", Some("SECRET-refresh")));
    assert_eq!((renewed.id.as_str(), renewed.generation, renewed.started_at), ("id-1", 4.0, 1_000.0));
    assert_eq!(renewed.scope.as_deref(), Some("openid"));
    assert_eq!(renewed.expires_at, Some(BEGINNING + 3_600_000.0));
    assert_eq!(renewed.renew_at, Some(BEGINNING + 3_540_000.0));
    assert!(renewed.supersedes(&record()) && !record().supersedes(&renewed));

    let tokens = answer(json!({ "access_token": "n", "refresh_token": "r", "scope": "s", "expires_in": 2 }));
    let renewed = renewed.renew(&world, tokens).unwrap();
    assert_eq!((renewed.refresh_token.as_deref(), renewed.scope.as_deref()), (Some("r"), Some("s")));
    let bounds = (Some(BEGINNING + 2_000.0), Some(BEGINNING + 1_800.0));
    assert_eq!((renewed.expires_at, renewed.renew_at), bounds, "a short life, a short margin");
    let renewed = renewed.renew(&world, answer(json!({ "access_token": "n" }))).unwrap();
    assert_eq!((renewed.expires_at, renewed.renew_at, renewed.generation), (None, None, 6.0));
}

#[test]
fn a_renewed_id_token_is_of_the_same_customer() {
    let world = World::new();
    let renew = |record: Box<Record>, claims: Serde| {
        let token = id_token(&json!({ "alg": "RS256" }), &claims);
        record.renew(&world, answer(json!({ "access_token": "n", "id_token": token })))
    };
    let own = || Box::new(Record { id_token: Some("first".into()), ..*record() });
    let renewed = renew(own(), json!({ "iss": ISSUER, "sub": "gid://shopify/Customer/1" })).unwrap();
    assert_eq!(renewed.id_token.as_deref(), Some("first"), "the one whose signature was checked");
    for claims in [
        json!({ "iss": ISSUER, "sub": "gid://shopify/Customer/2" }),
        json!({ "iss": "https://evil.example", "sub": "gid://shopify/Customer/1" }),
        json!({ "iss": ISSUER }),
        json!({}),
    ] {
        assert_eq!(code_and_field(renew(own(), claims)), ("id_token_invalid", "sub".to_owned()));
    }
    let nobody = Box::new(Record { sub: None, ..*record() });
    assert!(renew(nobody, json!({ "iss": ISSUER, "sub": "x" })).is_ok(), "nobody was known");
    let broken = record().renew(&world, answer(json!({ "access_token": "n", "id_token": "x" })));
    assert_eq!(code(broken), "id_token_invalid");
}

#[test]
fn a_login_begins_a_session() {
    let world = World::new();
    let tokens = || {
        answer(json!({ "access_token": "a", "refresh_token": "r", "id_token": "i", "scope": "s", "expires_in": 3600 }))
    };
    let claims = Tree(json!({ "sub": "c" }));
    let record = Record::begin(&world, pending(&world), tokens(), Some(&claims), true).unwrap();
    assert_eq!((record.id.len(), record.generation, record.started_at), (43, 1.0, BEGINNING));
    assert_eq!((record.issuer.as_str(), record.token_endpoint.as_str()), (ISSUER, TOKEN_ENDPOINT));
    assert_eq!(record.end_session_endpoint.as_deref(), Some(LOGOUT_ENDPOINT));
    assert_eq!((record.access_token.as_str(), record.refresh_token.as_deref()), ("a", Some("r")));
    assert_eq!((record.id_token.as_deref(), record.sub.as_deref()), (Some("i"), Some("c")));
    assert!(record.signature_verified && record.expires_at == Some(BEGINNING + 3_600_000.0));
    assert!(Record::read(&Tree::written(&record)).is_ok());

    let other = Record::begin(&world, pending(&world), tokens(), None, false).unwrap();
    assert_eq!((other.id_token, other.sub), (None, None), "an ID token that nobody checked is not kept");
    assert_ne!(other.id, record.id);
    world.has_randomness.set(false);
    let pending = Pending::read(&Tree::written(&crate::support::shop::pending(&World::new()))).unwrap();
    assert_eq!(code(Record::begin(&world, pending, tokens(), None, false)), "randomness_unavailable");
}

#[test]
fn a_login_is_read_back_as_it_was_written() {
    let world = World::new();
    let begun = pending(&world);
    let written = Tree::written(&begun);
    assert!(begun.url.contains(&format!("&state={}", begun.state)) && begun.state.starts_with("sm1r."));
    assert_eq!(begun.nonce.as_deref().map(str::len), Some(43));
    let mut read = Pending::read(&written).unwrap();
    read.url.clone_from(&begun.url);
    assert_eq!(Tree::written(&read), written);
    for key in ["state", "codeVerifier", "shop", "clientId", "redirectUri", "scope", "issuer", "tokenEndpoint"] {
        for value in [json!(null), json!(""), json!(1), json!({})] {
            let mut bad = written.clone();
            bad.0[key] = value;
            assert_eq!(code_and_field(Pending::read(&bad)), ("option_invalid", key.to_owned()));
        }
    }
}

#[test]
fn the_shop_is_told_of_a_sign_out() {
    let world = World::new();
    let url = |end: Option<&str>, token: Option<&str>| {
        let record =
            Record { end_session_endpoint: end.map(String::from), id_token: token.map(String::from), ..*record() };
        logout_url(&world, &record, "https://shop.example/?a=b")
    };
    let begins = "https://shopify.com/authentication/1234/logout?id_token_hint=a.b&post_logout_redirect_uri=\
                  https%3A%2F%2Fshop.example%2F%3Fa%3Db&state=sm1o.";
    assert!(url(Some(LOGOUT_ENDPOINT), Some("a.b")).unwrap().starts_with(begins));
    assert!(
        url(Some("https://a.example/?x=y"), Some("a.b")).unwrap().starts_with("https://a.example/?x=y&id_token_hint=")
    );
    assert!(url(None, Some("a.b")).is_none() && url(Some(LOGOUT_ENDPOINT), None).is_none());
}

#[test]
fn pages_of_this_origin() {
    let world = World::at("https://shop.example/a/b?c#d");
    let page = |text: &str| own_page(&world, text);
    for (text, expected) in [
        ("/cart?x#y", "https://shop.example/cart?x#y"),
        ("e", "https://shop.example/a/e"),
        ("", "https://shop.example/a/b?c"),
        ("https://shop.example", "https://shop.example/"),
        ("https://SHOP.example:443/x", "https://shop.example/x"),
    ] {
        assert_eq!(page(text).unwrap(), expected, "{text}");
    }
    for text in [
        "https://evil.example/",
        "//evil.example/",
        "http://shop.example/",
        "https://user@shop.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "blob:https://shop.example/x",
        "https://",
    ] {
        assert_eq!(code_and_field(page(text)), ("return_to_invalid", "returnTo".to_owned()), "{text}");
    }
}

#[test]
fn garbage_is_no_record_and_no_login() {
    let dice = Dice::new(21);
    let members = ["v", "id", "generation", "state", "codeVerifier", "createdAt", "accessToken", "returnTo", "name"];
    for _ in 0..5_000 {
        let value = Tree(dice.json(&members, 3));
        let read: (Result<Box<Record>>, Result<Box<Pending>>) = (Record::read(&value), Pending::read(&value));
        assert!(read.0.is_err() && read.1.is_err());
    }
}
