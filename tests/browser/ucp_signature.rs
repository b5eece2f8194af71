//! Signed requests, keys and digests of UCP, with WebCrypto as the signer, the verifier and the other hash.

use js_sys::{Array, Math, Object, Promise, Reflect, Uint8Array};
use shopper_mcp::error::{Problem, Subject};
use shopper_mcp::oauth::base64url;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CryptoKey, CryptoKeyPair, SubtleCrypto, Url};

use crate::ucp::{AGENT, KEY, VERSION, problem_of, refuses};
use crate::{call, member, object, origin, parse, text_member};

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = loneSurrogate)]
    fn lone_surrogate() -> JsValue;
}

fn subtle() -> SubtleCrypto {
    web_sys::window().unwrap().crypto().unwrap().subtle()
}

async fn wait<T: JsCast>(promise: Result<Promise, JsValue>) -> T {
    JsFuture::from(promise.unwrap()).await.unwrap().unchecked_into()
}

fn es256() -> Object {
    object([("name", "ECDSA".into()), ("namedCurve", "P-256".into()), ("hash", "SHA-256".into())]).unchecked_into()
}

/// A key that WebCrypto made: it never leaves it.
async fn new_key() -> CryptoKeyPair {
    wait(subtle().generate_key_with_object(&es256(), false, &parse(r#"["sign","verify"]"#))).await
}

async fn exported(key: &CryptoKey) -> JsValue {
    wait(subtle().export_key("jwk", key)).await
}

async fn sign(pair: &CryptoKeyPair, text: &str) -> Vec<u8> {
    let key = pair.get_private_key();
    let signature = wait(subtle().sign_with_object_and_u8_array(&es256(), &key, text.as_bytes())).await;
    Uint8Array::new(&signature).to_vec()
}

async fn verifies(pair: &CryptoKeyPair, signature: &[u8], text: &[u8]) -> bool {
    let key = pair.get_public_key();
    let verified: JsValue =
        wait(subtle().verify_with_object_and_u8_array_and_u8_array(&es256(), &key, signature, text)).await;
    verified == true
}

/// The bytes between the colons of a header (RFC 8941 section 3.3.5).
fn bytes_of(header: &str, before: &str) -> Vec<u8> {
    let padded =
        header.strip_prefix(before).and_then(|rest| rest.strip_suffix(':')).unwrap_or_else(|| panic!("{header}"));
    assert!(padded.len().is_multiple_of(4), "{header}");
    base64url::decode(padded.trim_end_matches('=').replace('+', "-").replace('/', "_").as_str()).unwrap()
}

/// A whole number below `end`.
fn below(end: usize) -> usize {
    (Math::random() * end as f64) as usize
}

fn pick<T: Copy>(items: &[T]) -> T {
    items[below(items.len())]
}

/// Some text of characters of one to four bytes.
fn random_text() -> String {
    (0..below(40)).map(|_| pick(&['a', 'Z', '0', ' ', '"', '\\', '\n', 'é', '€', '𝄞', '😀'])).collect()
}

/// A request, and the components that UCP wants covered.
fn random_request(is_bodyless: bool) -> (JsValue, Vec<&'static str>) {
    let mut covered = vec!["@method", "@authority", "@path", "ucp-agent"];
    let headers = object([("ucp-agent", format!("profile=\"{AGENT}\"").into())]);
    let add = |name: &str, value: &str| Reflect::set(&headers, &name.into(), &value.into()).unwrap();
    add("accept", "application/json");
    if below(2) == 0 {
        add("idempotency-key", KEY);
        covered.push("idempotency-key");
    }
    let mut url =
        pick(&["https://Shop.example", "https://shop.example:443", "https://b\u{fc}cher.example:8443"]).to_owned();
    url += pick(&["", "/", "/api/ucp/mcp", "/a%20b/\u{e9}/../\u{1f600}", "//x"]);
    if below(2) == 0 {
        url += &format!("?q={}&r", String::from(js_sys::encode_uri_component(&random_text())));
        covered.push("@query");
    }
    let method = if is_bodyless { pick(&["GET", "DELETE"]) } else { pick(&["POST", "PUT", "PATCH"]) };
    let request = object([("method", method.into()), ("url", url.into()), ("headers", headers.clone())]);
    if !is_bodyless {
        add("content-type", pick(&["application/json", " application/json; charset=utf-8 "]));
        Reflect::set(&request, &"body".into(), &random_text().into()).unwrap();
        covered.extend(["content-digest", "content-type"]);
    }
    (request, covered)
}

/// What the core gives to be signed of it: bytes that are only lent.
fn lent(request: &JsValue, keyid: &str) -> Result<JsValue, JsValue> {
    let headers = member(request, "headers");
    let header = |name: &str| member(&headers, name).as_string().unwrap_or_default().into();
    let covered = ["content-type", "ucp-agent", "idempotency-key", "signature-agent"].map(header);
    let target = call("signatureTarget", &[member(request, "url")])?;
    let mut facts = vec![member(request, "method"), target, keyid.into()];
    facts.extend(covered);
    facts.push(member(request, "body"));
    call("signatureBase", &facts)
}

fn base_of(request: &JsValue, keyid: &str) -> String {
    let bytes: Uint8Array = lent(request, keyid).unwrap().unchecked_into();
    let copy = bytes.slice(0, bytes.length());
    String::from_utf8(copy.to_vec()).unwrap()
}

/// What its line says of a component, or the last one of the signature.
fn value_in(base: &str, component: &str) -> Option<String> {
    let start = format!("\"{component}\": ");
    base.lines().find_map(|line| line.strip_prefix(&start)).map(str::to_owned)
}

/// What a server rebuilds from the headers and the request that it received, by the browser's own parser of URLs.
fn rebuilt(request: &JsValue, parameters: &str, digest: Option<&str>) -> (String, Vec<String>) {
    let (list, _) = parameters.strip_prefix('(').unwrap().split_once(')').unwrap();
    let names: Vec<String> = list.split(' ').map(|name| name.trim_matches('"').to_owned()).collect();
    let url = Url::new(&text_member(request, "url")).unwrap();
    let headers = member(request, "headers");
    let header = |name: &str| text_member(&headers, name).trim().to_owned();
    let lines = names.iter().map(|name| {
        let value = match name.as_str() {
            "@method" => text_member(request, "method"),
            "@authority" => url.host(),
            "@path" => url.pathname(),
            "@query" => url.search(),
            "content-digest" => digest.unwrap().to_owned(),
            name => header(name),
        };
        format!("\"{name}\": {value}\n")
    });
    let base = format!("{}\"@signature-params\": {parameters}", lines.collect::<String>());
    (base, names)
}

#[wasm_bindgen_test]
async fn what_webcrypto_signs_webcrypto_verifies() {
    let pair = new_key().await;
    let keyid = "kid of the key, v2";
    for round in 0..50 {
        let (request, mut covered) = random_request(round % 5 == 0);
        let before = js_sys::Date::now() / 1000.0;
        let ours = base_of(&request, keyid);
        let (input, digest) = (value_in(&ours, "@signature-params").unwrap(), value_in(&ours, "content-digest"));
        let signature = sign(&pair, &ours).await;

        let (base, mut names) = rebuilt(&request, &input, digest.as_deref());
        assert!(verifies(&pair, &signature, base.as_bytes()).await, "{base}");
        let mut flipped = base.clone().into_bytes();
        let at = below(flipped.len());
        flipped[at] ^= 1 << below(8);
        assert!(!verifies(&pair, &signature, &flipped).await, "byte {at} of {base}");
        let mut spoilt = signature.clone();
        spoilt[below(64)] ^= 1;
        assert!(!verifies(&pair, &spoilt, base.as_bytes()).await);

        names.sort();
        covered.sort();
        assert_eq!(names, covered, "what UCP wants covered");
        let parameters = input.split_once(")").unwrap().1;
        let created =
            parameters.strip_prefix(";created=").and_then(|rest| rest.strip_suffix(&format!(";keyid=\"{keyid}\"")));
        let created: f64 = created.unwrap_or_else(|| panic!("{parameters}")).parse().unwrap();
        assert!((before.floor()..=before + 60.0).contains(&created), "{created}");
        assert_eq!(digest.is_none(), member(&request, "body").is_undefined());
    }
}

#[wasm_bindgen_test]
async fn a_digest_is_the_one_that_webcrypto_computes() {
    let texts = [
        JsValue::from(""),
        " \r\n{} \n\u{feff}".into(),
        "{\"é\":\"𝄞😀\u{0}\u{2028}\"}".into(),
        lone_surrogate(),
        random_text().into(),
        "😀".repeat(20_000).into(),
    ];
    let class: js_sys::Function = member(&js_sys::global(), "TextEncoder").unchecked_into();
    let encoder = Reflect::construct(&class, &Array::new()).unwrap();
    let encode: js_sys::Function = member(&encoder, "encode").unchecked_into();
    for text in texts {
        let sent: Uint8Array = encode.call1(&encoder, &text).unwrap().unchecked_into();
        let digest = wait(subtle().digest_with_str_and_u8_array("SHA-256", &sent.to_vec())).await;
        let request = object([
            ("method", "POST".into()),
            ("url", "https://shop.example/".into()),
            ("headers", object([("content-type", "application/json".into())])),
            ("body", text),
        ]);
        let ours = bytes_of(&value_in(&base_of(&request, "k"), "content-digest").unwrap(), "sha-256=:");
        assert_eq!(ours, Uint8Array::new(&digest).to_vec());
    }
}

#[wasm_bindgen_test]
async fn a_page_holds_no_private_half() {
    let pair = new_key().await;
    let public = exported(&pair.get_public_key()).await;
    let key = |private: &JsValue| object([("publicJwk", public.clone()), ("privateKey", private.clone())]);
    let agent = |signer: JsValue| {
        let profiles = object([(VERSION, AGENT.into())]);
        object([("agent", object([("profiles", profiles), ("signer", signer)]))])
    };
    let own = key(&pair.get_private_key().into());
    for signer in [own.clone(), Array::of2(&own, &own).into()] {
        call("readAgent", &[agent(signer)]).unwrap();
    }

    let extractable: CryptoKeyPair =
        wait(subtle().generate_key_with_object(&es256(), true, &parse(r#"["sign","verify"]"#))).await;
    let private = exported(&extractable.get_private_key()).await;
    let bytes: JsValue = wait(subtle().export_key("pkcs8", &extractable.get_private_key())).await;
    let bytes: JsValue = Uint8Array::new(&bytes).into();
    for half in [&private, &bytes, &JsValue::from("-----BEGIN PRIVATE KEY-----")] {
        for signer in [key(half), Array::of2(&own, &key(half)).into()] {
            refuses("readAgent", &[agent(signer)], Problem::PrivateKeyInPage, "privateKey");
        }
    }
    let beside = object([("publicJwk", private.clone()), ("privateKey", pair.get_private_key().into())]);
    for signer in [private.clone(), Array::of1(&private).into(), beside] {
        refuses("readAgent", &[agent(signer)], Problem::PrivateKeyInPage, "d");
    }
}

#[wasm_bindgen_test]
fn a_request_from_a_page_on_loopback() {
    let url = [&origin(), "/api/ucp/mcp"].concat();
    let request = object([("method", "POST".into()), ("url", url.into()), ("headers", object([]))]);
    let base = base_of(&request, "k");
    let host = origin().replace("http://", "");
    assert!(base.starts_with(&format!("\"@method\": POST\n\"@authority\": {host}\n")), "{base}");
    let refusal = lent(&request, "a\"b").unwrap_err();
    assert_eq!(problem_of(&refusal), (Problem::NotForHeaders, Some("keyid".to_owned())));
    assert_eq!(member(&refusal, "subject"), f64::from(Subject::SignedRequest.number()));
}
