//! What JavaScript sees of the wasm: plain objects, promises, and an answer that nobody touched.

use js_sys::{Array, Function, JsString, Promise, Reflect};
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fetch::{Traffic, answer_fetch};
use crate::{member, object, parse, text_member};

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    fn exported(name: &str) -> Function;
}

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    /// A listener that does nothing.
    pub fn deaf() -> Function;
}

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = challengeOf)]
    fn challenge_of(verifier: &str) -> Promise;
}

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = isUntouched)]
    fn is_untouched(value: &JsValue) -> bool;
}

/// Calls an export and waits for its promise.
pub async fn call(name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let promise = Reflect::apply(&exported(name), &JsValue::UNDEFINED, &arguments.iter().collect::<Array>())?;
    JsFuture::from(promise.unchecked_into::<Promise>()).await
}

/// A page on this origin, a shop on this origin too.
pub fn shop_options() -> JsValue {
    let origin = web_sys::window().unwrap().location().origin().unwrap();
    object([
        ("shop", origin.as_str().into()),
        ("clientId", "browser-test".into()),
        ("redirectUri", [&origin, "/account"].concat().into()),
        ("storage", "memory".into()),
    ])
}

/// The shop answers in this order, the last answer for ever.
pub fn shop_answers<const COUNT: usize>(answers: [&str; COUNT]) -> Traffic {
    let answers: Array = answers.iter().map(|body| object([("body", (*body).into())])).collect();
    answer_fetch(&answers.into())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PkcePair {
    code_verifier: String,
    code_challenge: String,
    code_challenge_method: String,
}

#[wasm_bindgen_test]
async fn a_pkce_pair_is_what_webcrypto_makes_of_it() {
    let mut verifiers = Vec::new();
    for _ in 0..20 {
        let pair = exported("generatePkce").call0(&JsValue::UNDEFINED).unwrap();
        let pair: PkcePair = serde_wasm_bindgen::from_value(pair).unwrap();
        assert_eq!((pair.code_verifier.len(), pair.code_challenge_method.as_str()), (43, "S256"));
        assert!(pair.code_verifier.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
        assert_eq!(JsFuture::from(challenge_of(&pair.code_verifier)).await.unwrap(), pair.code_challenge);
        assert!(!verifiers.contains(&pair.code_verifier));
        verifiers.push(pair.code_verifier);
    }
}

#[wasm_bindgen_test]
async fn an_answer_reaches_the_page_untouched() {
    let traffic = shop_answers([
        r#"{"jsonrpc":"2.0","id":1,"result":{"__proto__":{"admin":true},"big":9007199254740993,"a":[1,{"k":null}]}}"#,
    ]);
    let params = parse(r#"{"name":"é","arguments":{"n":1}}"#);
    let options = object([("endpoint", "/mcp".into()), ("method", "tools/call".into()), ("params", params)]);
    let result = call("callMcp", &[options]).await.unwrap();
    traffic.stop();
    assert!(is_untouched(&result));
    let text = String::from(js_sys::JSON::stringify(&result).unwrap());
    assert_eq!(text, r#"{"__proto__":{"admin":true},"big":9007199254740992,"a":[1,{"k":null}]}"#);
    assert_eq!(traffic.requests().length(), 1);
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Session {
    signed_in: bool,
    claims: Option<String>,
    expires_at: Option<f64>,
    scope: Option<String>,
    id_token_signature: Option<String>,
    persistent: bool,
}

#[wasm_bindgen_test]
async fn an_opened_shop_shows_its_session_and_lists_its_tools() {
    let core = call("openShop", &[shop_options(), deaf().into()]).await.unwrap();
    let session: Session = serde_wasm_bindgen::from_value(member(&core, "session")).unwrap();
    assert!(!session.signed_in && session.claims.is_none() && session.expires_at.is_none());
    assert!(session.scope.is_none() && session.id_token_signature.is_none());
    let _ = session.persistent;

    let tools =
        r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a","inputSchema":{"type":"object"}},{"name":"b"}]}}"#;
    let discovery = format!(r#"{{"mcp_api":"{}/mcp"}}"#, web_sys::window().unwrap().location().origin().unwrap());
    let traffic = shop_answers([&discovery, tools]);
    let list = member(&core, "listTools").unchecked_into::<Function>();
    let listed = list.call2(&core, &false.into(), &JsValue::UNDEFINED).unwrap();
    let listed = Array::from(&JsFuture::from(listed.unchecked_into::<Promise>()).await.unwrap());
    traffic.stop();
    assert_eq!((listed.length(), text_member(&listed.get(1), "name")), (2, "b".to_owned()));
    let paths: Vec<String> = traffic
        .requests()
        .iter()
        .map(|request| web_sys::Url::new(&text_member(&request, "url")).unwrap().pathname())
        .collect();
    assert_eq!(paths, ["/.well-known/customer-account-api", "/mcp"]);
    clear_discovery();
}

#[wasm_bindgen_test]
async fn an_object_can_be_called_while_it_is_busy_and_freed_at_any_time() {
    let core = call("openShop", &[shop_options(), deaf().into()]).await.unwrap();
    let method = |name: &str| member(&core, name).unchecked_into::<Function>();
    let traffic = answer_fetch(&JsValue::UNDEFINED);
    let first = method("listTools").call2(&core, &false.into(), &JsValue::UNDEFINED).unwrap();
    let controller = web_sys::AbortController::new().unwrap();
    let second = method("listTools").call2(&core, &false.into(), &controller.signal()).unwrap();
    controller.abort();
    let outcome = JsFuture::from(second.unchecked_into::<Promise>()).await;
    assert_eq!(text_member(&outcome.unwrap_err(), "code"), "aborted");
    assert!(member(&core, "session").is_object());

    method("free").call0(&core).unwrap();
    traffic.stop();
    assert!(first.is_instance_of::<Promise>());
    let gone = Reflect::get(&core, &JsString::from("session"));
    assert!(gone.is_err() || gone.is_ok_and(|session| session.is_undefined()), "a freed object is gone");
    clear_discovery();
}

fn clear_discovery() {
    web_sys::window().unwrap().session_storage().unwrap().unwrap().clear().unwrap();
}
