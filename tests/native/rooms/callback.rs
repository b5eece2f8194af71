//! The way back: which callback may exchange which code.

use serde_json::json;
use shopper_mcp::error::Result;
use shopper_mcp::session::pending::Pending;

use crate::support::shop::{ISSUER, code, code_and_field, pending, refused};
use crate::support::tree::Tree;
use crate::support::world::World;

/// The pending login as a page kept it, with another member.
fn kept(world: &World, key: &str, value: serde_json::Value) -> Result<Box<Pending>> {
    let mut kept = Tree::written(&pending(world));
    kept.0[key] = value;
    Pending::read(&kept)
}

fn good(pending: &Pending) -> String {
    format!("?code=c%2B1&state={}&iss=https%3A%2F%2Fshopify.com%2Fauthentication%2F1234", pending.state)
}

#[test]
fn a_callback_exchanges_its_code() {
    let world = World::new();
    let kept = Pending::read(&Tree::written(&pending(&world))).unwrap();
    let form = kept.exchange_form(&world, &good(&kept)).unwrap();
    let expected = format!(
        "grant_type=authorization_code&client_id=client-1&redirect_uri=https%3A%2F%2Fshop.example%2Fpages%2Faccount\
         &code=c%2B1&code_verifier={}",
        kept.code_verifier
    );
    assert_eq!(form, expected);
    assert_eq!(
        kept.exchange_form(&world, good(&kept).trim_start_matches('?')).unwrap(),
        expected,
        "with or without its `?`"
    );
}

#[test]
fn altered_callbacks_exchange_nothing() {
    let world = World::new();
    let pending = pending(&world);
    let state = &pending.state;
    let iss = "iss=https%3A%2F%2Fshopify.com%2Fauthentication%2F1234";
    for (query, expected, field) in [
        (format!("?code=c&state={state}x&{iss}"), "state_mismatch", "state"),
        (format!("?code=c&{iss}"), "state_mismatch", "state"),
        (format!("?code=c&state=&{iss}"), "state_mismatch", "state"),
        (format!("?code=c&state={state}&state={state}&{iss}"), "callback_invalid", "state"),
        (format!("?code=c&%73tate={state}&state={state}&{iss}"), "callback_invalid", "state"),
        (format!("?code=c&code=d&state={state}&{iss}"), "callback_invalid", "code"),
        (format!("?code=c&state={state}"), "issuer_mismatch", "iss"),
        (format!("?code=c&state={state}&iss="), "issuer_mismatch", "iss"),
        (format!("?code=c&state={state}&{iss}%2F"), "issuer_mismatch", "iss"),
        (format!("?code=c&state={state}&iss=https://evil.example"), "issuer_mismatch", "iss"),
        (format!("?state={state}&{iss}"), "callback_invalid", "code"),
        (format!("?code=&state={state}&{iss}"), "callback_invalid", "code"),
        (String::new(), "state_mismatch", "state"),
    ] {
        let outcome = pending.exchange_form(&world, &query);
        assert_eq!(code_and_field(outcome), (expected, field.to_owned()), "{query}");
    }
}

#[test]
fn a_server_that_promises_no_iss_may_leave_it_out_but_not_lie() {
    let world = World::new();
    let pending = kept(&world, "issRequired", json!(false)).unwrap();
    let state = &pending.state;
    assert!(pending.exchange_form(&world, &format!("code=c&state={state}")).is_ok());
    assert!(pending.exchange_form(&world, &format!("code=c&state={state}&iss={ISSUER}")).is_ok());
    assert_eq!(code(pending.exchange_form(&world, &format!("code=c&state={state}&iss=https://x"))), "issuer_mismatch");
}

/// Each is looked at before what stands below it in a query where everything is wrong.
#[test]
fn what_is_wrong_first_is_told() {
    let world = World::new();
    let pending = pending(&world);
    let state = &pending.state;
    world.advance(700_000.0);
    assert_eq!(code(kept(&world, "codeVerifier", json!(null))), "option_invalid");
    let moved = kept(&world, "tokenEndpoint", json!("http://evil.example/")).unwrap();
    let outcome = moved.exchange_form(&world, "?state=a&state=b");
    assert_eq!(code_and_field(outcome), ("endpoint_not_secure", "tokenEndpoint".to_owned()));
    for (query, expected) in [
        ("?state=x&iss=https://x&error=a&error=b".to_owned(), "callback_invalid"),
        ("?state=x&iss=https://x&error=access_denied".to_owned(), "state_mismatch"),
        (format!("?state={state}&iss=https://x&error=access_denied"), "login_expired"),
    ] {
        assert_eq!(code(pending.exchange_form(&world, &query)), expected, "{query}");
    }
    world.advance(-700_000.0);
    let query = format!("?state={state}&iss=https://x&error=access_denied");
    let error = refused(pending.exchange_form(&world, &query));
    assert_eq!((error.code().text(), &error.fault().oauth_error), ("issuer_mismatch", &None), "words of an impostor");
}

#[test]
fn ten_minutes_and_not_longer() {
    let world = World::new();
    let pending = pending(&world);
    for (age, expected) in [(0.0, true), (599_999.0, true), (600_000.0, false), (-1.0, false), (f64::NAN, false)] {
        world.now.set(pending.created_at + age);
        let outcome = pending.exchange_form(&world, &good(&pending));
        assert_eq!(outcome.is_ok(), expected, "{age}");
        if !expected {
            assert_eq!(code(outcome), "login_expired");
        }
    }
}

#[test]
fn refusals_keep_the_servers_words_as_data() {
    let world = World::new();
    let pending = pending(&world);
    for (error, expected, retryable) in [
        ("login_required", "login_required", false),
        ("interaction_required", "login_required", false),
        ("consent_required", "login_required", false),
        ("account_selection_required", "login_required", false),
        ("access_denied", "access_denied", false),
        ("temporarily_unavailable", "authorization_refused", true),
        ("server_error", "authorization_refused", true),
        ("invalid_scope", "authorization_refused", false),
        ("", "authorization_refused", false),
        ("%3Cscript%3E", "authorization_refused", false),
    ] {
        let query = format!("{}&error={error}&error_description=%3Cb%3E{}", good(&pending), "é".repeat(400));
        let refused = refused(pending.exchange_form(&world, &query));
        assert_eq!((refused.code().text(), refused.fault().retryable), (expected, retryable), "{error}");
        assert!(!refused.sentence().contains("<b>"), "{refused:?}");
        let description = refused.fault().oauth_description.as_ref().unwrap();
        assert!(description.starts_with("<b>é") && (495..=500).contains(&description.len()));
    }
}
