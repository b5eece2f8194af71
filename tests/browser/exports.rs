//! What JavaScript sees of the wasm: plain objects, and values that nobody touched.

use std::collections::BTreeSet;

use js_sys::{JSON, Object, Promise, Reflect};
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{call, login_document, member, object, options, origin, parse, text_member};

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = challengeOf)]
    fn challenge_of(verifier: &str) -> Promise;
    #[wasm_bindgen(js_name = signedToken)]
    fn signed_token(claims: &JsValue) -> Promise;
    fn verify(jwk: &JsValue, signed: &str, signature: &JsValue) -> Promise;
}

async fn wait(promise: Promise) -> JsValue {
    JsFuture::from(promise).await.unwrap()
}

fn begin_login() -> JsValue {
    call("beginLogin", &[options(), object([("locale", "fr-CA".into())]), login_document(), "sm1r.".into()]).unwrap()
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
    let mut verifiers = BTreeSet::new();
    for _ in 0..20 {
        let pair: PkcePair = serde_wasm_bindgen::from_value(call("generatePkce", &[]).unwrap()).unwrap();
        assert_eq!(wait(challenge_of(&pair.code_verifier)).await, pair.code_challenge);
        assert_eq!(pair.code_challenge_method, "S256");
        assert!(verifiers.insert(pair.code_verifier));
    }
}

#[wasm_bindgen_test]
fn options_with_their_defaults() {
    let settings = call("readOptions", &[options(), true.into()]).unwrap();
    let expected = parse(&format!(
        r#"{{"shop":"{origin}","clientId":"browser-test","redirectUri":"{origin}/account","scope":"openid",
        "customerEndpoint":null,"authorization":"raw","onSignInNeeded":"redirect","storage":"session",
        "timeoutMs":30000,"rateLimitWaitMs":60000,"maxAnswerBytes":16777216,"checkArguments":false}}"#,
        origin = origin()
    ));
    assert_eq!(JSON::stringify(&settings).unwrap(), JSON::stringify(&expected).unwrap());
}

#[wasm_bindgen_test]
fn a_login_server_is_read_back_from_its_copy() {
    let copy = call("readLoginServer", &[options(), login_document()]).unwrap();
    let again = call("readLoginServer", &[options(), copy.clone()]).unwrap();
    assert_eq!(JSON::stringify(&again).unwrap(), JSON::stringify(&copy).unwrap());
    assert!(member(&copy, "end_session_endpoint").is_null());
}

#[wasm_bindgen_test]
fn a_login_and_its_way_back() {
    let pending = begin_login();
    let keys: BTreeSet<String> =
        Object::keys(pending.unchecked_ref::<Object>()).iter().filter_map(|it| it.as_string()).collect();
    let expected = [
        "url",
        "state",
        "codeVerifier",
        "nonce",
        "shop",
        "clientId",
        "redirectUri",
        "scope",
        "issuer",
        "tokenEndpoint",
        "jwksUri",
        "endSessionEndpoint",
        "issRequired",
        "createdAt",
    ];
    assert_eq!(keys, expected.map(str::to_owned).into());
    let (url, state) = (text_member(&pending, "url"), text_member(&pending, "state"));
    assert!(url.starts_with(&[&origin(), "/authorize?theme=dark&client_id=browser-test&"].concat()), "{url}");
    assert!(url.ends_with("&locale=fr-CA") && state.starts_with("sm1r."), "{url}");

    let query = ["?code=c&state=", &state].concat();
    assert_eq!(call("callbackState", &[query.as_str().into()]).unwrap(), state);
    let form = call("exchangeForm", &[pending.clone(), query.into()]).unwrap().as_string().unwrap();
    let verifier = text_member(&pending, "codeVerifier");
    assert!(
        form.starts_with("grant_type=authorization_code&") && form.ends_with(&["&code_verifier=", &verifier].concat())
    );
}

#[wasm_bindgen_test]
async fn an_id_token_is_handed_over_for_its_signature_to_be_checked() {
    let pending = begin_login();
    let now = js_sys::Date::now() / 1000.0;
    let claims = object([
        ("iss", origin().into()),
        ("aud", "browser-test".into()),
        ("sub", "ada é".into()),
        ("exp", (now + 60.0).into()),
        ("iat", now.into()),
        ("nonce", member(&pending, "nonce")),
    ]);
    let signed = wait(signed_token(&claims)).await;
    let (token, jwk) = (member(&signed, "token"), member(&signed, "jwk"));
    let read = call("checkIdToken", &[token.clone(), pending.clone(), "access".into()]).unwrap();
    assert_eq!(JSON::stringify(&member(&read, "claims")).unwrap(), JSON::stringify(&claims).unwrap());

    let keys = object([("keys", js_sys::Array::of1(&jwk).into())]);
    let key = call("keyFor", &[member(&read, "algorithm"), member(&read, "kid"), keys.clone()]).unwrap();
    assert!(key == jwk, "the very object of the set");
    assert!(call("keyFor", &["RS256".into(), JsValue::NULL, keys]).unwrap().is_undefined());
    let verified = verify(&key, &text_member(&read, "signed"), &member(&read, "signature"));
    assert_eq!(wait(verified).await, true);

    let again = call("claimsOf", std::slice::from_ref(&token)).unwrap();
    assert_eq!(JSON::stringify(&again).unwrap(), JSON::stringify(&claims).unwrap());
    assert!(call("claimsOf", &["x".into()]).unwrap().is_undefined());

    let tokens = parse(r#"{"access_token":"a","refresh_token":"r","expires_in":60}"#);
    let tokens = call("readTokens", &[200.into(), tokens]).unwrap();
    Reflect::set(&tokens, &"idToken".into(), &token).unwrap();
    let record = call("beginSession", &[pending, tokens, claims, true.into()]).unwrap();
    assert_eq!((text_member(&record, "sub"), member(&record, "signatureVerified")), ("ada é".into(), true.into()));
}

#[wasm_bindgen_test]
fn a_session_goes_on() {
    let tokens = |text: &str| call("readTokens", &[200.into(), parse(text)]).unwrap();
    let first = tokens(r#"{"access_token":"a","refresh_token":"r"}"#);
    let record = call("beginSession", &[begin_login(), first, JsValue::NULL, false.into()]).unwrap();
    let renewed = call("renewSession", &[record.clone(), tokens(r#"{"access_token":"b"}"#)]).unwrap();
    assert_eq!(member(&renewed, "generation"), 2);
    assert_eq!((text_member(&renewed, "accessToken"), text_member(&renewed, "refreshToken")), ("b".into(), "r".into()));
    assert_eq!(call("supersedes", &[renewed.clone(), record.clone()]).unwrap(), true);
    assert_eq!(call("supersedes", &[record.clone(), renewed.clone()]).unwrap(), false);

    let stored = parse(&JSON::stringify(&renewed).unwrap().as_string().unwrap());
    let read = call("readSession", &[stored]).unwrap();
    assert_eq!(JSON::stringify(&read).unwrap(), JSON::stringify(&renewed).unwrap());
    for garbage in [JsValue::NULL, JsValue::UNDEFINED, "x".into(), object([])] {
        assert!(call("readSession", &[garbage]).unwrap().is_undefined());
    }
    assert!(call("logoutUrl", &[record, "/".into()]).unwrap().is_undefined());
    let form = call("refreshForm", &["c".into(), "r&t".into()]).unwrap();
    assert_eq!(form, "grant_type=refresh_token&client_id=c&refresh_token=r%26t");
}

#[wasm_bindgen_test]
fn an_answer_is_the_very_object_that_came() {
    let envelope = parse(r#"{"jsonrpc":"2.0","id":1,"result":{"__proto__":{"x":1},"content":[]}}"#);
    let result = call("readAnswer", &[1.into(), 200.into(), JsValue::UNDEFINED, envelope.clone()]).unwrap();
    assert!(result == member(&envelope, "result"));
    assert!(call("checkToolResult", &["t".into(), JsValue::UNDEFINED, result]).unwrap().is_undefined());
}

#[wasm_bindgen_test]
fn what_is_small() {
    let only_reads = |name: &str, tool: JsValue| call("onlyReads", &[name.into(), tool]).unwrap();
    assert_eq!(only_reads("get_order_status", JsValue::UNDEFINED), true);
    assert_eq!(only_reads("x", parse(r#"{"annotations":{"readOnlyHint":true}}"#)), true);
    assert_eq!(call("ownPage", &["/cart#x".into()]).unwrap(), [&origin(), "/cart#x"].concat());
    let channel = call("popupChannel", &["sm1p.x".into()]).unwrap().as_string().unwrap();
    assert_eq!(channel.strip_prefix("shopper-mcp:popup:").unwrap().len(), 43);
    assert!(call("checkLoginOptions", &[parse(r#"{"mode":"popup"}"#)]).unwrap().is_undefined());
    let options = call("readCallOptions", &[object([])]).unwrap();
    assert_eq!(JSON::stringify(&options).unwrap(), r#"{"timeoutMs":null,"onSignInNeeded":null,"resume":false}"#);
    let request = object([("endpoint", "/mcp".into()), ("method", "tools/list".into())]);
    let request = call("readMcpCall", &[request]).unwrap();
    assert_eq!(text_member(&request, "endpoint"), [&origin(), "/mcp"].concat());
    let document = object([("mcp_api", [&origin(), "/mcp"].concat().into())]);
    assert_eq!(call("readCustomerServer", &[crate::options(), document]).unwrap(), [&origin(), "/mcp"].concat());
}
