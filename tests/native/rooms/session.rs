//! Records of sessions and of logins under way.

use serde_json::{Value as Serde, json};
use shopper_mcp::oauth::token::TokenAnswer;
use shopper_mcp::platform::{Area, Storage};
use shopper_mcp::session::Keys;
use shopper_mcp::session::pending::{Pending, WaitingCall, prune, store, take};
use shopper_mcp::session::record::Record;

use crate::support::document::{Document, TokenPlace};
use crate::support::random::Dice;
use crate::support::scene::Scene;
use crate::support::shop::{ACCOUNT_PAGE, ISSUER, TOKEN_ENDPOINT};
use crate::support::tree::Tree;

fn record() -> Record {
    Record {
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
    }
}

fn pending(state: &str, created_at: f64) -> Pending {
    Pending {
        state: state.into(),
        code_verifier: "SECRET-verifier".into(),
        nonce: Some("n".into()),
        shop: "https://shop.example".into(),
        client_id: "client-1".into(),
        redirect_uri: ACCOUNT_PAGE.into(),
        scope: "openid".into(),
        issuer: ISSUER.into(),
        token_endpoint: TOKEN_ENDPOINT.into(),
        jwks_uri: None,
        end_session_endpoint: None,
        iss_required: true,
        created_at,
    }
}

fn keys() -> Keys {
    Keys::new("https://shop.example", "client-1")
}

fn document() -> (Scene, std::rc::Rc<Document>) {
    let scene = Scene::new();
    let document = Document::load(&scene.browser.tab(ACCOUNT_PAGE), TokenPlace::Tab);
    (scene, document)
}

#[test]
fn a_record_survives_the_store() {
    let text = record().write();
    let read = Record::read(&Tree(serde_json::from_str(&text).unwrap())).unwrap();
    assert_eq!(read.write(), text);
    assert_eq!((read.access_token, read.generation, read.signature_verified), (record().access_token, 3.0, true));
    assert_eq!((read.expires_at, read.renew_at, read.id_token), (Some(9_000.0), None, None));
}

#[test]
fn a_record_with_one_thing_wrong_is_none() {
    let good: Serde = serde_json::from_str(&record().write()).unwrap();
    for key in ["v", "id", "generation", "started_at", "issuer", "token_endpoint", "access_token"] {
        for value in [json!(null), json!([]), json!({}), json!(true), json!(""), json!(-1)] {
            let mut bad = good.clone();
            bad[key] = value.clone();
            assert!(Record::read(&Tree(bad)).is_none(), "{key}: {value}");
        }
    }
    for (key, value) in [
        ("v", json!("2")),
        ("v", json!(1)),
        ("refresh_token", json!(1)),
        ("sub", json!({})),
        ("signature_verified", json!("true")),
        ("access_token", json!("a\r\nb")),
        ("generation", json!(1e300)),
    ] {
        let mut bad = good.clone();
        bad[key] = value.clone();
        assert!(Record::read(&Tree(bad)).is_none(), "{key}: {value}");
    }
    let wrapped = json!({ "__proto__": good });
    assert!(Record::read(&Tree(wrapped)).is_none());
}

#[test]
fn which_record_replaces_which() {
    let with =
        |id: &str, generation: f64, started_at: f64| Record { id: id.into(), generation, started_at, ..record() };
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
    let answer = |value: Serde| TokenAnswer::read(&Tree(value)).unwrap();
    let mut renewed = record();
    renewed.take(&answer(json!({ "access_token": "new", "expires_in": 3600 })), 5_000.0);
    assert_eq!((renewed.access_token.as_str(), renewed.refresh_token.as_deref()), ("new", Some("SECRET-refresh")));
    assert_eq!(renewed.scope.as_deref(), Some("openid"));
    assert_eq!((renewed.expires_at, renewed.renew_at), (Some(3_605_000.0), Some(3_545_000.0)));
    renewed.take(&answer(json!({ "access_token": "n", "refresh_token": "r", "scope": "s", "expires_in": 2 })), 0.0);
    assert_eq!((renewed.refresh_token.as_deref(), renewed.scope.as_deref()), (Some("r"), Some("s")));
    assert_eq!((renewed.expires_at, renewed.renew_at), (Some(2_000.0), Some(1_800.0)), "a short life, a short margin");
    renewed.take(&answer(json!({ "access_token": "n" })), 0.0);
    assert_eq!((renewed.expires_at, renewed.renew_at), (None, None));
}

#[test]
fn a_login_is_taken_once_and_in_time() {
    let (_scene, document) = document();
    let code = |state: &str, now: f64| {
        let login = take(&*document, &keys(), state);
        login.and_then(|login| login.pending.check_age(now)).err().map(|error| error.code().text())
    };
    let keep = || store(&*document, &keys(), &pending("s", 1_000.0), "/x", &[]).unwrap();
    keep();
    assert_eq!(code("t", 2_000.0), Some("state_mismatch"));
    assert_eq!(code("s", 2_000.0), None);
    assert_eq!(code("s", 2_000.0), Some("state_mismatch"));
    for (now, expected) in [
        (1_000.0, None),
        (600_999.0, None),
        (601_000.0, Some("login_expired")),
        (999.0, Some("login_expired")),
        (f64::NAN, Some("login_expired")),
    ] {
        keep();
        assert_eq!(code("s", now), expected, "{now}");
        assert!(document.keys(Area::Tab, "").is_empty(), "used up either way");
    }
}

#[test]
fn a_login_under_another_ones_key_is_none() {
    let (_scene, document) = document();
    store(&*document, &keys(), &pending("s", 0.0), "/x", &[]).unwrap();
    let text = document.read(Area::Tab, &keys().login("s")).unwrap();
    document.write(Area::Tab, &keys().login("t"), &text).unwrap();
    assert_eq!(take(&*document, &keys(), "t").err().unwrap().code().text(), "state_mismatch");
}

#[test]
fn logins_survive_the_store_with_their_calls() {
    let (_scene, document) = document();
    let call = WaitingCall {
        name: "a\"b".into(),
        arguments: Tree(json!({ "__proto__": [1] })),
        resume: true,
        sub: Some("c".into()),
    };
    let odd = ["null".to_owned(), "{}".to_owned(), "{\"name\":\"x\",\"arguments\":[]}".to_owned()];
    let texts: Vec<String> = odd.into_iter().chain(call.write(&*document)).collect();
    store(&*document, &keys(), &pending("s", 0.0), "/x?y#z", &texts).unwrap();
    let login = take(&*document, &keys(), "s").unwrap_or_else(|error| panic!("{error:?}"));
    assert_eq!(login.pending.write().finish(), pending("s", 0.0).write().finish());
    assert_eq!(login.return_to, "/x?y#z");
    assert_eq!(login.calls.len(), 1, "what is no call is skipped");
    let read = &login.calls[0];
    assert_eq!((&read.name, &read.arguments, read.resume, &read.sub), (&call.name, &call.arguments, true, &call.sub));
}

#[test]
fn sixteen_logins_and_no_more() {
    let (_scene, document) = document();
    for number in 0..40 {
        prune(&*document, &keys(), 1_000.0);
        store(&*document, &keys(), &pending(&format!("s{number}"), f64::from(number)), "/", &[]).unwrap();
    }
    let left = document.keys(Area::Tab, &keys().login(""));
    assert_eq!(left.len(), 16);
    for number in 24..40 {
        assert!(left.contains(&keys().login(&format!("s{number}"))), "the newest stay");
    }
    document.write(Area::Tab, &keys().login("garbage"), "{").unwrap();
    document.write(Area::Tab, "shopper-mcp:https://shop.example:client-2:login:x", "{").unwrap();
    prune(&*document, &keys(), 700_000.0);
    assert!(document.keys(Area::Tab, &keys().login("")).is_empty(), "the old and the garbage go");
    assert_eq!(document.keys(Area::Tab, "").len(), 1, "another client's stay");
}

#[test]
fn names_of_two_shops_or_clients_never_meet() {
    let (one, two) = (Keys::new("https://shop.example", "1"), Keys::new("https://shop.example", "2"));
    let three = Keys::new("https://other.example", "1");
    let names = |keys: &Keys| {
        [keys.session(), keys.ended(), keys.live(), keys.renewal(), keys.tabs(), keys.login("s"), keys.arrival()]
    };
    let all: Vec<String> = [&one, &two, &three].into_iter().flat_map(names).collect();
    let unique: std::collections::BTreeSet<&String> = all.iter().collect();
    assert_eq!(unique.len(), all.len());
}

#[test]
fn garbage_is_no_record_and_no_login() {
    let dice = Dice::new(21);
    let (_scene, document) = document();
    let members =
        ["v", "id", "generation", "state", "codeVerifier", "createdAt", "access_token", "calls", "returnTo", "name"];
    for _ in 0..5_000 {
        let value = Tree(dice.json(&members, 3));
        assert!(Record::read(&value).is_none());
        let text = dice.text();
        document.write(Area::Tab, &keys().login("s"), &text).unwrap();
        assert!(take(&*document, &keys(), "s").is_err());
        WaitingCall::read_list(Some(&value));
    }
}
