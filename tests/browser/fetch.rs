//! HTTP against the test server's own files, `data:` and `blob:` URLs, with gloo-net's own reading as the witness; and
//! the very `Request` that leaves, caught on its way into `fetch`.

use js_sys::{Array, Function, JsString, Promise};
use shopper_mcp::error::Code;
use shopper_mcp::platform::{Body, Fetch, Json, Request, Response};
use shopper_mcp::wait::race;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{browser, cause_of, member, refused, text_member};

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    pub type Traffic;
    #[wasm_bindgen(js_name = watchFetch)]
    pub fn watch_fetch() -> Traffic;
    #[wasm_bindgen(js_name = answerFetch)]
    pub fn answer_fetch(answers: &JsValue) -> Traffic;
    #[wasm_bindgen(method, getter)]
    pub fn requests(this: &Traffic) -> Array;
    #[wasm_bindgen(method)]
    pub fn stop(this: &Traffic);
    #[wasm_bindgen(js_name = bodyText)]
    fn body_text(request: &JsValue) -> Promise;
    #[wasm_bindgen(js_name = streamOf)]
    fn stream_of(pieces: &JsValue, ending: &str) -> JsValue;
    #[wasm_bindgen(js_name = blobUrl)]
    fn blob_url(text: &str) -> String;
    #[wasm_bindgen(js_name = otherOrigin)]
    fn other_origin(path: &str) -> String;
    #[wasm_bindgen(js_name = goOffline)]
    fn go_offline() -> Function;
}

/// A file of some size and one of several pieces, on the test server.
const FILE: &str = "/LICENSE-APACHE";
pub const LARGE_FILE: &str = "/wasm-bindgen-test_bg.wasm";

pub fn get(url: &str) -> Request<JsString> {
    let url = web_sys::Url::new_with_base(url, &origin()).unwrap().href();
    Request { url, headers: vec![("accept", "application/json".to_owned())], body: None }
}

fn origin() -> String {
    web_sys::window().unwrap().location().origin().unwrap()
}

/// Text, size and number of pieces of a whole answer.
async fn read(url: &str) -> (String, u32, u32) {
    pieces_of(browser().send(get(url)).await.unwrap()).await
}

pub async fn pieces_of(mut response: impl Response<Text = JsString>) -> (String, u32, u32) {
    let (mut text, mut size, mut count) = (String::new(), 0, 0);
    while let Some((piece, bytes)) = response.piece().await.unwrap() {
        text.push_str(&browser().text_in(&piece));
        size += bytes;
        count += 1;
    }
    (text, size, count)
}

#[wasm_bindgen_test]
async fn reads_what_gloo_net_reads() {
    let witness = gloo_net::http::Request::get(FILE).send().await.unwrap();
    let response = browser().send(get(FILE)).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.header("Content-Type"), witness.headers().get("content-type"));
    assert_eq!(response.header("x-absent"), None);
    let (text, size, _) = read(FILE).await;
    assert_eq!(size as usize, text.len());
    assert_eq!(text, witness.text().await.unwrap());
}

#[wasm_bindgen_test]
async fn a_large_answer_comes_in_pieces_whose_sizes_add_up() {
    let whole = gloo_net::http::Request::get(LARGE_FILE).send().await.unwrap().binary().await.unwrap();
    let (_, size, pieces) = read(LARGE_FILE).await;
    assert_eq!(size as usize, whole.len());
    assert!(pieces > 1, "{pieces} piece");
}

#[wasm_bindgen_test]
async fn data_and_blob_urls_are_read_alike() {
    let text = "{\"é\":\"😀\"}";
    for url in [blob_url(text), "data:application/json,{\"%C3%A9\":\"%F0%9F%98%80\"}".to_owned()] {
        let (read, size, _) = read(&url).await;
        assert_eq!((read.as_str(), size as usize), (text, text.len()), "{url}");
    }
}

#[wasm_bindgen_test]
async fn a_status_is_an_answer() {
    let response = browser().send(get("/no-such-file")).await.unwrap();
    assert_eq!(response.status(), 404);
}

#[wasm_bindgen_test]
async fn no_request_carries_cookies_a_referrer_or_follows_a_redirect() {
    let traffic = watch_fetch();
    let browser = browser();
    browser.send(get(FILE)).await.unwrap();
    let headers = vec![("accept", "application/json".to_owned()), ("authorization", "shcat_raw".to_owned())];
    let body = browser.text_out("{\"é\":\"😀\"}");
    let json = Request { url: get(FILE).url, headers: headers.clone(), body: Some(Body::Json(body)) };
    let form = Request { url: get(FILE).url, headers: vec![], body: Some(Body::Form("a=1&b=%20".to_owned())) };
    browser.send(json).await.unwrap();
    browser.send(form).await.unwrap();
    traffic.stop();

    let requests = traffic.requests();
    for request in requests.iter() {
        assert_eq!(text_member(&request, "credentials"), "omit");
        assert_eq!(text_member(&request, "redirect"), "manual");
        assert_eq!(text_member(&request, "referrerPolicy"), "no-referrer");
        assert_eq!(text_member(&request, "cache"), "no-store");
        assert_eq!(text_member(&request, "mode"), "cors");
    }
    let sent = async |index, method: &str, headers: &[(&str, &str)], body: &str| {
        let request = requests.get(index);
        assert_eq!(text_member(&request, "method"), method);
        let listed: Array = Array::from(&member(&request, "headers"));
        let listed: Vec<(String, String)> = serde_wasm_bindgen::from_value(listed.into()).unwrap();
        let listed: Vec<(&str, &str)> = listed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(listed, headers, "and no header more: each costs a preflight");
        assert_eq!(JsFuture::from(body_text(&request)).await.unwrap(), body);
    };
    sent(0, "GET", &[("accept", "application/json")], "").await;
    let json_headers =
        [("accept", "application/json"), ("authorization", "shcat_raw"), ("content-type", "application/json")];
    sent(1, "POST", &json_headers, "{\"é\":\"😀\"}").await;
    sent(2, "POST", &[("content-type", "application/x-www-form-urlencoded")], "a=1&b=%20").await;
}

#[wasm_bindgen_test]
async fn giving_up_aborts_the_request() {
    let traffic = watch_fetch();
    let browser = browser();
    drop(race(browser.send(get(LARGE_FILE)), async {}).await);
    assert!(is_aborted(&traffic.requests().get(0)), "before the headers");
    let response = browser.send(get(LARGE_FILE)).await.unwrap();
    assert!(!is_aborted(&traffic.requests().get(1)));
    drop(response);
    assert!(is_aborted(&traffic.requests().get(1)), "before the body");
    traffic.stop();
}

#[wasm_bindgen_test]
async fn characters_may_be_cut_anywhere() {
    let pieces = Array::new();
    for byte in "{\"a\":\"é😀\"}".bytes() {
        pieces.push(&byte.into());
    }
    let traffic = answer_fetch(&stream_of(&pieces, "end"));
    let (text, size, count) = read(FILE).await;
    traffic.stop();
    assert_eq!((text.as_str(), size, count), ("{\"a\":\"é😀\"}", 14, 14));
}

#[wasm_bindgen_test]
async fn an_answer_that_ends_inside_a_character_ends() {
    let pieces = Array::of2(&0x7b.into(), &0xc3.into());
    let traffic = answer_fetch(&stream_of(&pieces, "end"));
    let (text, size, _) = read(FILE).await;
    traffic.stop();
    assert_eq!((text.as_str(), size), ("{\u{fffd}", 2));
}

#[wasm_bindgen_test]
async fn a_connection_that_breaks_off_is_an_error() {
    let traffic = answer_fetch(&stream_of(&Array::of1(&0x7b.into()), "error"));
    let mut response = browser().send(get(FILE)).await.unwrap();
    let mut outcome = response.piece().await;
    while let Ok(Some(_)) = outcome {
        outcome = response.piece().await;
    }
    traffic.stop();
    let error = refused(outcome, Code::Network);
    assert!(error.fault().retryable);
    assert_eq!(text_member(&cause_of(&error), "message"), "cut");
}

#[wasm_bindgen_test]
async fn an_answer_without_a_body_is_empty() {
    let traffic = answer_fetch(&stream_of(&JsValue::NULL, "end"));
    let mut response = browser().send(get(FILE)).await.unwrap();
    traffic.stop();
    assert_eq!(response.status(), 204);
    assert!(response.piece().await.unwrap().is_none());
    assert!(response.piece().await.unwrap().is_none(), "and stays so");
}

#[wasm_bindgen_test]
async fn another_origin_that_refuses_smells_of_cors() {
    let error = refused(browser().send(get(&other_origin(FILE))).await, Code::Network);
    assert!(error.fault().retryable && error.fault().message.contains("CORS"), "{error:?}");
    assert!(cause_of(&error).is_instance_of::<js_sys::Error>());
}

#[wasm_bindgen_test]
async fn offline_is_named() {
    let online = go_offline();
    let outcome = browser().send(get(&other_origin(FILE))).await;
    online.call0(&JsValue::UNDEFINED).unwrap();
    assert!(refused(outcome, Code::Offline).fault().retryable);
}

#[wasm_bindgen_test]
async fn many_at_once_do_not_meet() {
    let browser = browser();
    let urls = ["data:,one", "data:,two", "data:,three"];
    let mut responses = Vec::new();
    for url in urls {
        responses.push(browser.send(get(url)).await.unwrap());
    }
    for (response, word) in responses.into_iter().rev().zip(["three", "two", "one"]) {
        assert_eq!(pieces_of(response).await.0, word);
    }
}

pub fn is_aborted(request: &JsValue) -> bool {
    member(&member(request, "signal"), "aborted").as_bool().unwrap()
}
