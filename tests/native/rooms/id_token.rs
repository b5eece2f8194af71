//! ID tokens: taken apart, held to the login, matched with a key.

use serde_json::{Value as Serde, json};
use shopper_mcp::error::Result;
use shopper_mcp::oauth::base64url;
use shopper_mcp::oauth::id_token::{IdToken, key_for};
use shopper_mcp::oauth::pkce::sha256;
use shopper_mcp::session::pending::Pending;

use crate::support::shop::{CLIENT, ISSUER, code_and_field, id_token, pending};
use crate::support::tree::Tree;
use crate::support::world::{BEGINNING, World};

const ACCESS_TOKEN: &str = "SECRET-access";

fn claims(pending: &Pending) -> Serde {
    let now = BEGINNING / 1000.0;
    let half = base64url::encode(&sha256(ACCESS_TOKEN.as_bytes())[..16]);
    json!({
        "iss": ISSUER, "aud": CLIENT, "sub": "gid://shopify/Customer/1", "exp": now + 3_600.0, "iat": now,
        "nonce": pending.nonce, "at_hash": half, "email": "ada@example.com",
    })
}

fn check(world: &World, pending: &Pending, claims: &Serde) -> Result<Box<IdToken<Tree>>> {
    pending.check_id_token(world, &id_token(&json!({ "alg": "RS256", "kid": "k" }), claims), ACCESS_TOKEN)
}

#[test]
fn what_a_signature_is_checked_with() {
    let world = World::new();
    let pending = pending(&world);
    let token = check(&world, &pending, &claims(&pending)).unwrap();
    let text = id_token(&json!({ "alg": "RS256", "kid": "k" }), &claims(&pending));
    let expected = json!({ "algorithm": "RS256", "kid": "k", "signed": text.trim_end_matches(".AAAA") });
    assert_eq!(Tree::written(&token).0, expected);
    assert_eq!((token.signature, token.claims.0), (vec![0, 0, 0], claims(&pending)));
}

#[test]
fn every_claim_is_held_to_the_login() {
    let world = World::new();
    let pending = pending(&world);
    let now = BEGINNING / 1000.0;
    for (claim, values) in [
        ("iss", vec![json!("https://evil.example"), json!(null), json!([ISSUER])]),
        ("aud", vec![json!("other"), json!([CLIENT, "other"]), json!(["other"]), json!([]), json!({}), json!(null)]),
        ("azp", vec![json!("other"), json!(1), json!(null)]),
        ("sub", vec![json!(""), json!(7), json!(null)]),
        ("exp", vec![json!(now - 61.0), json!("9999999999"), json!(null)]),
        ("iat", vec![json!(now + 901.0), json!("0"), json!(null)]),
        ("nonce", vec![json!("other"), json!(null)]),
        ("at_hash", vec![json!("other"), json!(1), json!(null)]),
    ] {
        for value in values {
            let mut claims = claims(&pending);
            claims[claim] = value.clone();
            let outcome = check(&world, &pending, &claims);
            assert_eq!(code_and_field(outcome), ("id_token_invalid", claim.to_owned()), "{value}");
        }
    }
    for (claim, value) in
        [("aud", json!([CLIENT])), ("azp", json!(CLIENT)), ("exp", json!(now - 59.0)), ("iat", json!(now + 899.0))]
    {
        let mut claims = claims(&pending);
        claims[claim] = value;
        assert!(check(&world, &pending, &claims).is_ok(), "{claim}");
    }
    let mut claims = claims(&pending);
    claims.as_object_mut().unwrap().remove("at_hash");
    assert!(check(&world, &pending, &claims).is_ok(), "`at_hash` may be left out (section 3.1.3.6)");
}

#[test]
fn headers_outside_the_allow_list() {
    let world = World::new();
    let parse = |header: Serde| IdToken::parse(&world, &id_token(&header, &json!({})));
    for header in [
        json!({ "alg": "none" }),
        json!({ "alg": "HS256" }),
        json!({ "alg": "rs256" }),
        json!({ "alg": ["RS256"] }),
        json!({}),
    ] {
        assert_eq!(code_and_field(parse(header)), ("id_token_invalid", "alg".to_owned()));
    }
    assert_eq!(code_and_field(parse(json!({ "alg": "ES256", "crit": [] }))).1, "crit");
    assert_eq!(parse(json!({ "alg": "ES256" })).unwrap().kid, None);
}

#[test]
fn tokens_that_cannot_be_taken_apart() {
    let world = World::new();
    let header = base64url::encode(br#"{"alg":"RS256"}"#);
    for (token, field) in [
        (String::new(), ""),
        ("a.b".into(), ""),
        (format!("{header}.e30.AAAA.AAAA"), ""),
        ("e30=.e30.AAAA".into(), "header"),
        (format!("{}.e30.AAAA", base64url::encode(b"[]")), "header"),
        (format!("{}.e30.AAAA", base64url::encode(b"{\"alg\":\"\xff\"}")), "header"),
        (format!("{header}.{}.AAAA", base64url::encode(b"null")), "payload"),
        (format!("{header}.e30.A"), "signature"),
    ] {
        assert_eq!(code_and_field(IdToken::parse(&world, &token)), ("id_token_invalid", field.to_owned()), "{token}");
    }
}

#[test]
fn the_key_of_a_token_is_found_by_its_id_and_kind() {
    let set = Tree(json!({ "keys": [
        null,
        { "kty": "oct", "kid": "b", "k": "AAAA" },
        { "kty": "EC", "kid": "b" },
        { "kty": "RSA", "kid": "b", "use": "enc" },
        { "kty": "RSA", "kid": "a" },
        { "kty": "RSA", "kid": "b", "right": true },
        { "kty": "RSA", "kid": "b" },
    ] }));
    assert_eq!(key_for("RS256", Some("b"), &set).unwrap().0["right"], true);
    assert_eq!(key_for("ES256", None, &set).unwrap().0["kty"], "EC");
    assert!(key_for("RS256", Some("c"), &set).is_none() && key_for("HS256", Some("b"), &set).is_none());
    for none in [json!({}), json!([]), json!({ "keys": {} }), json!({ "keys": [] }), json!(null)] {
        assert!(key_for("RS256", Some("b"), &Tree(none)).is_none());
    }
}
