//! What the core makes, as the browser's own parsers of addresses and forms read it; what a browser fetched, as the core
//! reads it.

use gloo_net::http::Request;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{FormData, Url};

use crate::{call, login_document, member, object, options, options_with, parse, text_member};

/// Everything that a form and a query treat specially.
const NASTY: &str = "a b+c%20&d=e;é\u{1f600}/?#\"'<>";

fn begin(wishes: JsValue) -> JsValue {
    call("beginLogin", &[options(), wishes, login_document(), "sm1r.".into()]).unwrap()
}

#[wasm_bindgen_test]
fn the_browser_reads_the_authorization_request_as_it_was_meant() {
    let pending = begin(object([("loginHint", NASTY.into())]));
    let parameters = Url::new(&text_member(&pending, "url")).unwrap().search_params();
    assert_eq!(parameters.get("login_hint").unwrap(), NASTY);
    assert_eq!(parameters.get("theme").unwrap(), "dark", "the endpoint's own query stays");
    for (parameter, named) in
        [("state", "state"), ("nonce", "nonce"), ("client_id", "clientId"), ("redirect_uri", "redirectUri")]
    {
        assert_eq!(parameters.get(parameter).unwrap(), text_member(&pending, named));
        assert_eq!(parameters.get_all(parameter).length(), 1);
    }
}

#[wasm_bindgen_test]
async fn the_browser_reads_the_form_of_the_exchange_as_it_was_meant() {
    let pending = begin(object([]));
    let callback = Url::new("https://callback.example/").unwrap();
    callback.search_params().append("state", &text_member(&pending, "state"));
    callback.search_params().append("code", NASTY);
    let body = call("exchangeForm", &[pending.clone(), callback.search().into()]).unwrap();
    let request =
        Request::post("/token").header("content-type", "application/x-www-form-urlencoded").body(body).unwrap();
    let form = JsFuture::from(web_sys::Request::from(request).form_data().unwrap()).await.unwrap();
    let form: FormData = form.unchecked_into();
    assert_eq!(form.get("code").as_string().unwrap(), NASTY);
    assert_eq!(form.get("grant_type").as_string().unwrap(), "authorization_code");
    for (field, named) in
        [("client_id", "clientId"), ("redirect_uri", "redirectUri"), ("code_verifier", "codeVerifier")]
    {
        assert_eq!(form.get(field).as_string().unwrap(), text_member(&pending, named));
    }
    assert!(form.get("client_secret").is_null());
}

#[wasm_bindgen_test]
async fn a_document_is_read_from_what_the_network_brought() {
    let document = js_sys::JSON::stringify(&login_document()).unwrap();
    let encoded = js_sys::encode_uri_component(&document.as_string().unwrap());
    let address = ["data:application/json;charset=utf-8,%EF%BB%BF", &encoded.as_string().unwrap()].concat();
    let fetched = Request::get(&address).send().await.unwrap().text().await.unwrap();
    let login = call("readLoginServer", &[options(), parse(&fetched)]).unwrap();
    assert_eq!(text_member(&login, "token_endpoint"), text_member(&login_document(), "token_endpoint"));

    let stranger = options_with("shop", "https://other.example".into());
    let refused = call("readLoginServer", &[stranger, parse(&fetched)]).unwrap_err();
    assert_eq!(member(&refused, "field"), "issuer");
}
