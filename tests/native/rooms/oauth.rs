//! Requests and answers of OAuth, one by one.

use std::collections::BTreeSet;

use serde_json::json;
use shopper_mcp::oauth::authorize::{Request, Wishes, authorization_url};
use shopper_mcp::oauth::base64url;
use shopper_mcp::oauth::callback::Callback;
use shopper_mcp::oauth::id_token::IdToken;
use shopper_mcp::oauth::pkce::{Pkce, random_text};
use shopper_mcp::oauth::token::{TokenAnswer, Verdict, exchange_form, judge, refresh_form};

use crate::support::document::{Document, TokenPlace};
use crate::support::random::Dice;
use crate::support::scene::Scene;
use crate::support::shop::ACCOUNT_PAGE;
use crate::support::tree::Tree;

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

#[test]
fn the_authorization_url_to_the_letter() {
    let url = authorization_url(&request("https://login.example/authorize", Some("n-1")), &Wishes::default()).unwrap();
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
        let url = authorization_url(&request(endpoint, None), &Wishes::default()).unwrap();
        assert!(url.starts_with(begins), "{url}");
        assert!(!url.contains("nonce"));
    }
}

#[test]
fn no_wish_can_double_or_replace_a_parameter() {
    let dice = Dice::new(3);
    for _ in 0..500 {
        let text = || Some(format!("{}&state=evil&client_id=evil#{}", dice.text(), dice.text()));
        let wishes = Wishes {
            locale: text(),
            region_country: text(),
            login_hint: text(),
            login_hint_mode: text(),
            prompt: text(),
            acr_values: text(),
        };
        let url = authorization_url(&request("https://login.example/a?theme=dark", Some("n")), &wishes).unwrap();
        let parsed = url::Url::parse(&url).unwrap();
        assert_eq!(parsed.fragment(), None);
        let pairs: Vec<(String, String)> = parsed.query_pairs().into_owned().collect();
        let names: BTreeSet<&str> = pairs.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(names.len(), pairs.len(), "no name twice: {url}");
        assert_eq!(pairs.len(), 15);
        assert!(pairs.contains(&("state".into(), "sm1r.AAAA".into())));
        assert!(pairs.contains(&("locale".into(), wishes.locale.unwrap())));
    }
}

#[test]
fn callbacks_are_read_as_forms_are() {
    for query in ["code=a%2Bb&state=s&iss=https%3A%2F%2Fx", "?code=a%2Bb&state=s&iss=https%3A%2F%2Fx&page=2&page=3"] {
        let callback = Callback::parse(query).unwrap();
        assert_eq!(callback.code.as_deref(), Some("a+b"));
        assert_eq!(callback.state.as_deref(), Some("s"));
        assert_eq!(callback.iss.as_deref(), Some("https://x"));
        assert!(callback.error.is_none());
    }
    for doubled in
        ["code=a&code=a", "state=a&state=b", "iss=&iss=", "error=a&error=b", "error_description=&error_description="]
    {
        let error = Callback::parse(doubled).err().unwrap();
        assert_eq!(error.code().text(), "callback_invalid");
        assert_eq!(error.fault().field.as_deref(), doubled.split('=').next());
    }
    let both = Callback::parse("code=a&error=access_denied").unwrap();
    assert_eq!(both.into_code().err().unwrap().code().text(), "access_denied", "an error wins over a code");
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
    let read = |value| TokenAnswer::read(&Tree(value));
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
        let answer = TokenAnswer::read(&Tree(json!({ "access_token": "a", "expires_in": value }))).unwrap();
        assert_eq!(answer.expires_in, expected, "{value}");
    }
}

#[test]
fn refusals_are_judged_by_status_and_word() {
    use Verdict::{Dead, Misconfigured, Transient, Unsupported};
    for (status, body, verdict, code) in [
        (400, Some(json!({ "error": "invalid_grant" })), Dead, "code_refused"),
        (401, Some(json!({ "error": "invalid_grant" })), Dead, "code_refused"),
        (500, Some(json!({ "error": "invalid_grant" })), Dead, "code_refused"),
        (400, Some(json!({ "error": "unsupported_grant_type" })), Unsupported, "token_refused"),
        (400, Some(json!({ "error": "invalid_client" })), Misconfigured, "client_refused"),
        (401, Some(json!({ "error": "anything" })), Misconfigured, "client_refused"),
        (400, Some(json!({ "error": "unauthorized_client" })), Misconfigured, "client_refused"),
        (400, Some(json!({ "error": "invalid_request" })), Misconfigured, "token_refused"),
        (400, Some(json!({ "error": ["invalid_grant"] })), Misconfigured, "token_refused"),
        (400, Some(json!({ "Error": "invalid_grant" })), Misconfigured, "token_refused"),
        (400, None, Misconfigured, "token_refused"),
        (404, None, Misconfigured, "token_refused"),
        (401, Some(json!({})), Transient, "token_refused"),
        (401, Some(json!({ "error": "" })), Transient, "token_refused"),
        (401, None, Transient, "token_refused"),
        (429, None, Transient, "token_refused"),
        (500, None, Transient, "token_refused"),
        (599, Some(json!([])), Transient, "token_refused"),
        (400, Some(json!({ "error": "temporarily_unavailable" })), Transient, "token_refused"),
    ] {
        let (found, error) = judge(status, body.clone().map(Tree).as_ref());
        assert_eq!(found, verdict, "{status} {body:?}");
        assert_eq!(error.code().text(), code, "{status} {body:?}");
        assert_eq!(error.fault().retryable, verdict == Transient);
        assert_eq!(error.fault().status, Some(status));
    }
    let long = json!({ "error": "e".repeat(5_000), "error_description": "d".repeat(5_000) });
    let (_, error) = judge(400, Some(&Tree(long)));
    assert_eq!(error.fault().oauth_error.as_ref().unwrap().len(), 100);
    assert_eq!(error.fault().oauth_description.as_ref().unwrap().len(), 500);
}

#[test]
fn the_key_of_a_token_is_found_by_its_id_and_kind() {
    let scene = Scene::new();
    let document = Document::load(&scene.browser.tab(ACCOUNT_PAGE), TokenPlace::Nowhere);
    let token = |header: &str| {
        let text = format!("{}.e30.AAAA", base64url::encode(header.as_bytes()));
        IdToken::parse(&*document, &text).unwrap_or_else(|error| panic!("{error:?}"))
    };
    let named = token(r#"{"alg":"RS256","kid":"b"}"#);
    let unnamed = token(r#"{"alg":"ES256"}"#);
    let set = Tree(json!({ "keys": [
        null,
        { "kty": "oct", "kid": "b", "k": "AAAA" },
        { "kty": "EC", "kid": "b" },
        { "kty": "RSA", "kid": "b", "use": "enc" },
        { "kty": "RSA", "kid": "a" },
        { "kty": "RSA", "kid": "b", "right": true },
        { "kty": "RSA", "kid": "b" },
    ] }));
    assert_eq!(named.key_in(&set).unwrap().0["right"], true);
    assert_eq!(unnamed.key_in(&set).unwrap().0["kty"], "EC");
    for none in [json!({}), json!([]), json!({ "keys": {} }), json!({ "keys": [] }), json!(null)] {
        assert!(named.key_in(&Tree(none)).is_none());
    }
}

#[test]
fn ten_thousand_verifiers_states_and_nonces() {
    let scene = Scene::new();
    let document = Document::load(&scene.browser.tab(ACCOUNT_PAGE), TokenPlace::Nowhere);
    let mut seen = BTreeSet::new();
    for _ in 0..10_000 {
        let pair = Pkce::generate(&*document).unwrap();
        assert_eq!((pair.verifier.len(), pair.challenge.len()), (43, 43));
        assert!(pair.verifier.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
        assert_ne!(pair.verifier, pair.challenge, "S256, never plain");
        for value in [pair.verifier, pair.challenge, random_text(&*document).unwrap(), random_text(&*document).unwrap()]
        {
            assert!(seen.insert(value));
        }
    }
    assert_eq!(seen.len(), 40_000);
}
