//! Requests and answers of OAuth, one by one.

use std::collections::BTreeSet;

use serde_json::json;
use shopper_mcp::oauth::authorize::{Request, Wishes, authorization_url};
use shopper_mcp::oauth::callback::Callback;
use shopper_mcp::oauth::pkce::{Pkce, hash_text, random_text};
use shopper_mcp::oauth::token::{TokenAnswer, exchange_form, refresh_form};

use crate::support::random::Dice;
use crate::support::shop::{code, refused};
use crate::support::tree::Tree;
use crate::support::world::World;

fn request<'a>(endpoint: &'a str, nonce: Option<&'a str>) -> Request<'a> {
    Request {
        authorization_endpoint: endpoint,
        client_id: "client-1",
        redirect_uri: "https://shop.example/pages/account?a=b&c=d",
        scope: "openid customer-account-mcp-api:full",
        state: "sm1r.AAAA",
        code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        nonce,
    }
}

fn url(endpoint: &str, nonce: Option<&str>, wishes: serde_json::Value) -> String {
    let wishes = Tree(wishes);
    authorization_url(&World::new(), &request(endpoint, nonce), &Wishes::read(&wishes).unwrap()).unwrap()
}

#[test]
fn the_authorization_url_to_the_letter() {
    let url = url("https://login.example/authorize", Some("n-1"), json!({}));
    assert_eq!(
        url,
        "https://login.example/authorize?client_id=client-1&response_type=code\
         &redirect_uri=https%3A%2F%2Fshop.example%2Fpages%2Faccount%3Fa%3Db%26c%3Dd\
         &scope=openid%20customer-account-mcp-api%3Afull&state=sm1r.AAAA\
         &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&nonce=n-1"
    );
}

#[test]
fn the_endpoints_own_query_is_kept() {
    for (endpoint, begins) in [
        ("https://login.example/a", "https://login.example/a?client_id="),
        ("https://login.example/a?", "https://login.example/a?client_id="),
        ("https://login.example/a?theme=dark", "https://login.example/a?theme=dark&client_id="),
        ("https://login.example/a?theme=dark&", "https://login.example/a?theme=dark&client_id="),
    ] {
        let url = url(endpoint, None, json!({}));
        assert!(url.starts_with(begins), "{url}");
        assert!(!url.contains("nonce"));
    }
}

#[test]
fn no_wish_can_double_or_replace_a_parameter() {
    let dice = Dice::new(3);
    for _ in 0..500 {
        let text = || format!("{}&state=evil&client_id=evil#{}", dice.text(), dice.text());
        let locale = text();
        let wishes = json!({
            "locale": locale, "regionCountry": text(), "loginHint": text(), "loginHintMode": text(),
            "prompt": "none", "acrValues": text(), "state": "evil",
        });
        let url = url("https://login.example/a?theme=dark", Some("n"), wishes);
        let parsed = url::Url::parse(&url).unwrap();
        assert_eq!(parsed.fragment(), None);
        let pairs: Vec<(String, String)> = parsed.query_pairs().into_owned().collect();
        let names: BTreeSet<&str> = pairs.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(names.len(), pairs.len(), "no name twice: {url}");
        assert_eq!(pairs.len(), 15);
        assert!(pairs.contains(&("state".into(), "sm1r.AAAA".into())));
        assert!(pairs.contains(&("locale".into(), locale)));
    }
}

#[test]
fn callbacks_are_read_as_forms_are() {
    let world = World::new();
    for query in ["code=a%2Bb&state=s&iss=https%3A%2F%2Fx", "?code=a%2Bb&state=s&iss=https%3A%2F%2Fx&page=2&page=3"] {
        let callback = Callback::parse(&world, query).unwrap();
        assert_eq!((callback.code().unwrap(), callback.state().unwrap()), ("a+b".into(), "s".into()));
        assert!(callback.check_issuer("https://x", true).is_ok() && callback.check_state("s").is_ok());
    }
    assert_eq!(code(Callback::parse(&world, "code=a").unwrap().state()), "state_missing");
    for doubled in
        ["code=a&code=a", "state=a&state=b", "iss=&iss=", "error=a&error=b", "error_description=&error_description="]
    {
        let error = refused(Callback::parse(&world, doubled));
        assert_eq!(error.code().text(), "callback_invalid");
        assert_eq!(error.fault().field.as_deref(), doubled.split('=').next());
    }
    let both = Callback::parse(&world, "code=a&error=access_denied").unwrap();
    assert_eq!(code(both.code()), "access_denied", "an error wins over a code");
}

#[test]
fn forms_of_the_token_endpoint_to_the_letter() {
    assert_eq!(
        exchange_form("client 1", "https://shop.example/?a=b", "c+d/e", "verifier"),
        "grant_type=authorization_code&client_id=client%201&redirect_uri=https%3A%2F%2Fshop.example%2F%3Fa%3Db\
         &code=c%2Bd%2Fe&code_verifier=verifier"
    );
    assert_eq!(refresh_form("client-1", "r&t"), "grant_type=refresh_token&client_id=client-1&refresh_token=r%26t");
}

#[test]
fn token_answers() {
    let read = |value| TokenAnswer::receive(200, Some(&Tree(value)));
    let answer = read(json!({ "access_token": "a" })).unwrap();
    assert!(answer.refresh_token.is_none() && answer.id_token.is_none() && answer.scope.is_none());
    for kind in ["Bearer", "bearer", "BEARER"] {
        assert!(read(json!({ "access_token": "a", "token_type": kind })).is_ok());
    }
    for (value, field) in [
        (json!({}), "access_token"),
        (json!({ "access_token": "" }), "access_token"),
        (json!({ "access_token": null }), "access_token"),
        (json!({ "access_token": ["a"] }), "access_token"),
        (json!({ "Access_Token": "a" }), "access_token"),
        (json!({ "access_token": "a\nb" }), "access_token"),
        (json!({ "access_token": "a\u{7f}" }), "access_token"),
        (json!({ "access_token": "é" }), "access_token"),
        (json!({ "access_token": "a", "token_type": "DPoP" }), "token_type"),
        (json!({ "access_token": "a", "token_type": 1 }), "token_type"),
        (json!({ "access_token": "a", "refresh_token": 1 }), "refresh_token"),
        (json!({ "access_token": "a", "id_token": {} }), "id_token"),
    ] {
        let error = read(value.clone()).err().unwrap_or_else(|| panic!("{value}"));
        assert_eq!(error.code().text(), "token_invalid");
        assert_eq!(error.fault().field.as_deref(), Some(field), "{value}");
    }
}

#[test]
fn lifetimes_that_make_no_sense_are_none() {
    for (value, expected) in [
        (json!(3600), Some(3600.0)),
        (json!(0.5), Some(0.5)),
        (json!(0), None),
        (json!(-1), None),
        (json!(1e308), None),
        (json!("3600"), None),
        (json!(null), None),
        (json!([3600]), None),
        (json!(true), None),
    ] {
        let answer = TokenAnswer::receive(200, Some(&Tree(json!({ "access_token": "a", "expires_in": value }))));
        let answer = answer.unwrap();
        assert_eq!(answer.expires_in, expected, "{value}");
    }
}

#[test]
fn refusals_are_judged_by_status_and_word() {
    for (status, body, code, retryable) in [
        (400, Some(json!({ "error": "invalid_grant" })), "code_refused", false),
        (401, Some(json!({ "error": "invalid_grant" })), "code_refused", false),
        (500, Some(json!({ "error": "invalid_grant" })), "code_refused", false),
        (400, Some(json!({ "error": "unsupported_grant_type" })), "token_refused", false),
        (400, Some(json!({ "error": "invalid_client" })), "client_refused", false),
        (401, Some(json!({ "error": "anything" })), "client_refused", false),
        (400, Some(json!({ "error": "unauthorized_client" })), "client_refused", false),
        (400, Some(json!({ "error": "invalid_request" })), "token_refused", false),
        (400, Some(json!({ "error": ["invalid_grant"] })), "token_refused", false),
        (400, Some(json!({ "Error": "invalid_grant" })), "token_refused", false),
        (400, None, "token_refused", false),
        (404, None, "token_refused", false),
        (401, Some(json!({})), "token_refused", true),
        (401, Some(json!({ "error": "" })), "token_refused", true),
        (401, None, "token_refused", true),
        (429, None, "token_refused", true),
        (500, None, "token_refused", true),
        (599, Some(json!([])), "token_refused", true),
        (400, Some(json!({ "error": "temporarily_unavailable" })), "token_refused", true),
    ] {
        let error = refused(TokenAnswer::receive(status, body.clone().map(Tree).as_ref()));
        assert_eq!((error.code().text(), error.fault().retryable), (code, retryable), "{status} {body:?}");
        assert_eq!(error.fault().status, Some(status));
        let told = body.as_ref().and_then(|body| body["error"].as_str()).filter(|error| !error.is_empty());
        assert_eq!(error.fault().oauth_error.as_deref(), told);
    }
    let long = json!({ "error": "e".repeat(5_000), "error_description": "d".repeat(5_000) });
    let error = refused(TokenAnswer::receive(400, Some(&Tree(long))));
    assert_eq!(error.fault().oauth_error.as_ref().unwrap().len(), 100);
    assert_eq!(error.fault().oauth_description.as_ref().unwrap().len(), 500);
}

#[test]
fn answers_without_tokens() {
    let receive = |status| TokenAnswer::receive::<Tree>(status, None);
    assert_eq!(code(receive(200)), "token_invalid");
    assert_eq!(code(receive(0)), "redirect_refused");
    let redirect = TokenAnswer::receive(0, Some(&Tree(json!({ "access_token": "a" }))));
    assert_eq!(refused(redirect).fault().status, None, "a redirect that is not followed has no status");
}

#[test]
fn tokens_are_read_back_as_they_were_written() {
    let answer = json!({
        "access_token": "a", "refresh_token": "r", "id_token": "i", "scope": "s", "expires_in": 60, "token_type": "bearer",
    });
    let written = Tree::written(&TokenAnswer::receive(200, Some(&Tree(answer))).unwrap());
    let expected = json!({ "accessToken": "a", "refreshToken": "r", "idToken": "i", "scope": "s", "expiresIn": 60.0 });
    assert_eq!(written.0, expected);
    assert_eq!(Tree::written(&TokenAnswer::read(&written).unwrap()), written);
    assert_eq!(code(TokenAnswer::read(&Tree(json!({ "accessToken": "a\n" })))), "token_invalid");
}

#[test]
fn ten_thousand_verifiers_states_and_nonces() {
    let world = World::new();
    let mut seen = BTreeSet::new();
    for _ in 0..10_000 {
        let pair = Pkce::generate(&world).unwrap();
        assert_eq!((pair.verifier.len(), pair.challenge.len()), (43, 43));
        assert!(pair.verifier.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
        assert_ne!(pair.verifier, pair.challenge, "S256, never plain");
        for value in [pair.verifier, pair.challenge, random_text(&world).unwrap(), random_text(&world).unwrap()] {
            assert!(seen.insert(value));
        }
    }
    assert_eq!(seen.len(), 40_000);
}

#[test]
fn no_randomness_no_login() {
    let world = World::new();
    world.has_randomness.set(false);
    assert_eq!(code(Pkce::generate(&world)), "randomness_unavailable");
}

#[test]
fn a_pair_as_it_is_handed_out() {
    let pair = Pkce::generate(&World::new()).unwrap();
    let expected = json!({
        "codeVerifier": pair.verifier, "codeChallenge": hash_text(&pair.verifier), "codeChallengeMethod": "S256",
    });
    assert_eq!(Tree::written(&pair).0, expected);
}
