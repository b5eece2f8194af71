//! Records of the core in Web Storage, with gloo-storage as the other reader and writer.

use gloo_storage::{LocalStorage, SessionStorage, Storage};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{call, login_document, member, object, options, parse};

const KEY: &str = "record under test";

/// A stored session: every member, and no other.
#[derive(Serialize, Deserialize, PartialEq, Debug, Clone)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct StoredSession {
    v: String,
    id: String,
    generation: f64,
    started_at: f64,
    issuer: String,
    token_endpoint: String,
    end_session_endpoint: Option<String>,
    access_token: String,
    refresh_token: Option<String>,
    id_token: Option<String>,
    sub: Option<String>,
    signature_verified: bool,
    scope: Option<String>,
    expires_at: Option<f64>,
    renew_at: Option<f64>,
}

fn begin_session() -> JsValue {
    let pending = call("beginLogin", &[options(), object([]), login_document(), "sm1r.".into()]).unwrap();
    let answer = parse(r#"{"access_token":"shcat_a","refresh_token":"shcrt_b","expires_in":3600}"#);
    let tokens = call("readTokens", &[200.into(), answer]).unwrap();
    call("beginSession", &[pending, tokens, JsValue::NULL, false.into()]).unwrap()
}

#[wasm_bindgen_test]
fn a_session_survives_the_tab_s_storage_both_ways() {
    let text = js_sys::JSON::stringify(&begin_session()).unwrap().as_string().unwrap();
    SessionStorage::raw().set_item(KEY, &text).unwrap();
    let stored: StoredSession = SessionStorage::get(KEY).unwrap();
    assert_eq!((stored.v.as_str(), stored.generation), ("1", 1.0));
    assert_eq!((stored.access_token.as_str(), stored.refresh_token.as_deref()), ("shcat_a", Some("shcrt_b")));
    assert!(stored.renew_at.unwrap() < stored.expires_at.unwrap());

    let next = StoredSession { generation: 2.0, ..stored.clone() };
    LocalStorage::set(KEY, &next).unwrap();
    let read_back = parse(&LocalStorage::raw().get_item(KEY).unwrap().unwrap());
    let record = call("readSession", &[read_back]).unwrap();
    assert_eq!(member(&record, "generation"), 2);
    assert!(call("supersedes", &[record.clone(), parse(&text)]).unwrap().is_truthy());
    assert!(!call("supersedes", &[parse(&text), record]).unwrap().is_truthy());
    SessionStorage::delete(KEY);
    LocalStorage::delete(KEY);
}

#[wasm_bindgen_test]
fn a_record_that_somebody_else_wrote_is_none() {
    let ours: StoredSession = serde_wasm_bindgen::from_value(begin_session()).unwrap();
    for (what, record) in [
        ("another version", StoredSession { v: "2".into(), ..ours.clone() }),
        ("no token", StoredSession { access_token: String::new(), ..ours.clone() }),
        ("a token with a line end", StoredSession { access_token: "a\r\nb".into(), ..ours.clone() }),
        ("a generation below zero", StoredSession { generation: -1.0, ..ours.clone() }),
    ] {
        LocalStorage::set(KEY, &record).unwrap();
        let stored = parse(&LocalStorage::raw().get_item(KEY).unwrap().unwrap());
        assert!(call("readSession", &[stored]).unwrap().is_undefined(), "{what}");
    }
    LocalStorage::delete(KEY);
}
