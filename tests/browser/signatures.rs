//! Random numbers, and signatures by keys that WebCrypto makes here.

use std::collections::HashSet;

use js_sys::{Promise, Uint8Array};
use shopper_mcp::oauth::id_token::IdToken;
use shopper_mcp::platform::{Algorithm, Crypto};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{browser, object, parse};

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    type Key;
    #[wasm_bindgen(js_name = makeKey)]
    fn make_key(algorithm: &str) -> Promise;
    #[wasm_bindgen(method, getter)]
    fn jwk(this: &Key) -> JsValue;
    #[wasm_bindgen(method)]
    fn sign(this: &Key, signed: &[u8]) -> Promise;
    #[wasm_bindgen(method, js_name = signToken)]
    fn sign_token(this: &Key, header: JsValue, claims: JsValue) -> Promise;
    #[wasm_bindgen(js_name = derOf)]
    fn der_of(raw: &[u8]) -> Vec<u8>;
    #[wasm_bindgen(js_name = withMembers)]
    fn with_members(key: &JsValue, members: &JsValue) -> JsValue;
}

const BOTH: [(Algorithm, &str); 2] = [(Algorithm::Rs256, "RS256"), (Algorithm::Es256, "ES256")];
const MESSAGE: &[u8] = b"header.payload";

async fn key(algorithm: &str) -> Key {
    JsFuture::from(make_key(algorithm)).await.unwrap().unchecked_into()
}

async fn signature(key: &Key, signed: &[u8]) -> Vec<u8> {
    JsFuture::from(key.sign(signed)).await.unwrap().unchecked_into::<Uint8Array>().to_vec()
}

#[wasm_bindgen_test]
async fn a_signature_holds_for_its_key_and_text_alone() {
    let browser = browser();
    for (algorithm, name) in BOTH {
        let (signer, stranger) = (key(name).await, key(name).await);
        let good = signature(&signer, MESSAGE).await;
        let verify = async |key: JsValue, signed: &[u8], signature: &[u8]| {
            browser.verify(&key, algorithm, signed, signature).await
        };
        assert_eq!(verify(signer.jwk(), MESSAGE, &good).await, Some(true), "{name}");
        assert_eq!(verify(signer.jwk(), b"header.Payload", &good).await, Some(false), "{name}: other text");
        assert_eq!(verify(stranger.jwk(), MESSAGE, &good).await, Some(false), "{name}: other key");
        let mut bad = good.clone();
        bad[7] ^= 1;
        assert_eq!(verify(signer.jwk(), MESSAGE, &bad).await, Some(false), "{name}: one bit");
        assert_eq!(verify(signer.jwk(), MESSAGE, &[]).await, Some(false), "{name}: none");
        assert_eq!(verify(signer.jwk(), MESSAGE, &good[1..]).await, Some(false), "{name}: cut");
    }
}

#[wasm_bindgen_test]
async fn an_es256_signature_in_der_is_none() {
    let signer = key("ES256").await;
    let raw = signature(&signer, MESSAGE).await;
    assert_eq!(raw.len(), 64);
    assert_eq!(browser().verify(&signer.jwk(), Algorithm::Es256, MESSAGE, &der_of(&raw)).await, Some(false));
}

#[wasm_bindgen_test]
async fn a_key_that_cannot_be_used_is_not_a_verdict() {
    let browser = browser();
    let (rsa, ec) = (key("RS256").await, key("ES256").await);
    let good = signature(&ec, MESSAGE).await;
    for (algorithm, key) in [
        (Algorithm::Es256, rsa.jwk()),
        (Algorithm::Rs256, ec.jwk()),
        (Algorithm::Es256, parse("{}")),
        (Algorithm::Es256, parse(r#"{"kty":"oct","k":"c2VjcmV0"}"#)),
        (Algorithm::Rs256, parse(r#"{"kty":"RSA","n":"AQAB","e":5}"#)),
        (Algorithm::Es256, with_members(&ec.jwk(), &object([("x", "not base64url!".into())]))),
        (Algorithm::Es256, with_members(&ec.jwk(), &object([("crv", "P-384".into())]))),
    ] {
        assert_eq!(browser.verify(&key, algorithm, MESSAGE, &good).await, None);
    }
}

#[wasm_bindgen_test]
async fn what_else_a_published_key_says_does_not_stand_in_the_way() {
    let signer = key("ES256").await;
    let good = signature(&signer, MESSAGE).await;
    let published = object([
        ("kid", "k1".into()),
        ("use", "sig".into()),
        ("alg", "ES256".into()),
        ("key_ops", js_sys::Array::of1(&"encrypt".into()).into()),
        ("ext", false.into()),
        ("x5c", "…".into()),
    ]);
    let jwk = with_members(&signer.jwk(), &published);
    assert_eq!(browser().verify(&jwk, Algorithm::Es256, MESSAGE, &good).await, Some(true));
}

#[wasm_bindgen_test]
async fn an_id_token_is_checked_from_its_text_to_its_key() {
    let browser = browser();
    for (algorithm, name) in BOTH {
        let (signer, other) = (key(name).await, key(name).await);
        let named = |key: &Key, kid: &str| with_members(&key.jwk(), &object([("kid", kid.into())]));
        let keys = js_sys::Array::of2(&named(&other, "old"), &named(&signer, "new"));
        let key_set = object([("keys", keys.into())]);
        let header = object([("alg", name.into()), ("kid", "new".into())]);
        let claims = parse(r#"{"iss":"https://shopify.com/authentication/1","sub":"é😀"}"#);
        let text = JsFuture::from(signer.sign_token(header, claims)).await.unwrap().as_string().unwrap();

        let token = IdToken::parse(&browser, &text).unwrap();
        assert_eq!((token.algorithm, token.kid.as_deref()), (algorithm, Some("new")));
        assert_eq!(crate::text_member(&token.claims, "sub"), "é😀");
        let key = token.key_in(&key_set).expect("the key that the token names");
        assert_eq!(browser.verify(&key, algorithm, token.signed.as_bytes(), &token.signature).await, Some(true));

        let altered = text.replacen("eyJ", "eyK", 1);
        let verdict = match IdToken::parse(&browser, &altered) {
            Ok(token) => browser.verify(&key, algorithm, token.signed.as_bytes(), &token.signature).await,
            Err(_) => Some(false),
        };
        assert_eq!(verdict, Some(false), "{name}: an altered header");
    }
}

#[wasm_bindgen_test]
fn random_bytes_fill_everything_and_do_not_repeat() {
    let browser = browser();
    // More than the 65,536 bytes that `crypto.getRandomValues` gives at once.
    let mut many = vec![0u8; 200_000];
    browser.random(&mut many).unwrap();
    assert_eq!(many.iter().collect::<HashSet<_>>().len(), 256);
    assert!(many.rchunks(64).next().unwrap().iter().any(|&byte| byte != 0), "the end is filled too");
    let mut seen = HashSet::new();
    for _ in 0..1_000 {
        let mut bytes = [0u8; 16];
        browser.random(&mut bytes).unwrap();
        assert!(seen.insert(bytes));
    }
    browser.random(&mut []).unwrap();
}
