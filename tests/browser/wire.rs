//! What the page's `wire` hook is told of each exchange.

use js_sys::{Array, Function};
use shopper_mcp::error::Code;
use shopper_mcp::platform::{Body, Fetch, Json, Request};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fetch::{answer_fetch, get, pieces_of};
use crate::{browser, object, refused};

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    type Recorder;
    #[wasm_bindgen(js_name = recorder)]
    fn recorder() -> Recorder;
    #[wasm_bindgen(method, getter)]
    fn hook(this: &Recorder) -> Function;
    #[wasm_bindgen(method, getter)]
    fn calls(this: &Recorder) -> Array;
    #[wasm_bindgen(js_name = throwingHook)]
    fn throwing_hook() -> Function;
}

/// One report: exchange, phase, method, URL, headers, status, body, duration.
fn report(recorder: &Recorder, index: u32) -> Array {
    Array::from(&recorder.calls().get(index))
}

#[wasm_bindgen_test]
async fn an_exchange_is_reported_as_it_leaves_and_when_it_is_read() {
    let browser = browser();
    let recorder = recorder();
    browser.set_wire(Some(recorder.hook()));
    let headers = object([("content-type", "application/json".into()), ("x-request-id", "r1".into())]);
    let traffic =
        answer_fetch(&object([("status", 202.into()), ("headers", headers), ("body", "{\"ok\":\"é\"}".into())]));
    let body = Some(Body::Json(browser.text_out("{\"q\":1}")));
    let request = Request { headers: vec![("authorization", "secret".to_owned())], body, ..get("/mcp") };
    let url = request.url.clone();
    let response = browser.send(request).await.unwrap();
    assert_eq!(recorder.calls().length(), 1, "the answer is reported when its body is there");
    pieces_of(response).await;
    traffic.stop();

    let (request, response) = (report(&recorder, 0), report(&recorder, 1));
    assert_eq!(request.get(0), response.get(0), "one exchange");
    assert_eq!((request.get(1), response.get(1)), ("request".into(), "response".into()));
    assert_eq!((request.get(2), request.get(3)), ("POST".into(), url.into()));
    assert_eq!(pairs(&request), [("authorization".to_owned(), "secret".to_owned())]);
    assert_eq!(request.get(6), "{\"q\":1}");
    assert!(pairs(&response).contains(&("x-request-id".to_owned(), "r1".to_owned())));
    assert_eq!((response.get(5), response.get(6)), (202.into(), "{\"ok\":\"é\"}".into()));
    assert!(response.get(7).as_f64().is_some_and(|ms| (0.0..5_000.0).contains(&ms)));
    assert_eq!(recorder.calls().length(), 2);
}

#[wasm_bindgen_test]
async fn a_failure_is_reported_under_a_number_of_its_own() {
    let browser = browser();
    let recorder = recorder();
    browser.set_wire(Some(recorder.hook()));
    let response = browser.send(get("data:,1")).await.unwrap();
    pieces_of(response).await;
    refused(browser.send(get("blob:nothing")).await, Code::Network);
    let phases: Vec<String> =
        recorder.calls().iter().map(|call| Array::from(&call).get(1).as_string().unwrap()).collect();
    assert_eq!(phases, ["request", "response", "request", "failure"]);
    assert_ne!(report(&recorder, 0).get(0), report(&recorder, 2).get(0));
    assert_eq!(report(&recorder, 2).get(0), report(&recorder, 3).get(0));

    browser.set_wire(None);
    browser.send(get("data:,2")).await.unwrap();
    assert_eq!(recorder.calls().length(), 4, "nobody listens any more");
}

#[wasm_bindgen_test]
async fn a_hook_that_throws_changes_nothing() {
    let browser = browser();
    browser.set_wire(Some(throwing_hook()));
    let response = browser.send(get("data:,1")).await.unwrap();
    assert_eq!(pieces_of(response).await.0, "1");
}

fn pairs(report: &Array) -> Vec<(String, String)> {
    serde_wasm_bindgen::from_value(report.get(4)).unwrap()
}
