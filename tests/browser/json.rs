//! `Value` over what `JSON.parse` made: own members only, whatever a page or a server did to the objects.

use js_sys::JsString;
use shopper_mcp::error::Code;
use shopper_mcp::json::{Kind, Value};
use shopper_mcp::oauth::token::TokenAnswer;
use shopper_mcp::platform::Json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{browser, member, parse, refused};

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    fn pollute(key: &str, value: &JsValue);
    #[wasm_bindgen(js_name = cleanUp)]
    fn clean_up(key: &str);
    #[wasm_bindgen(js_name = withThrowingGetter)]
    fn with_throwing_getter(key: &str) -> JsValue;
    #[wasm_bindgen(js_name = loneSurrogate)]
    fn lone_surrogate() -> JsString;
    #[wasm_bindgen(js_name = withoutJson)]
    fn without_json() -> js_sys::Array;
    #[wasm_bindgen(js_name = isUntouched)]
    fn is_untouched(value: &JsValue) -> bool;
}

#[wasm_bindgen_test]
fn reads_every_kind() {
    let value = parse(r#"{"n":null,"t":true,"i":-0.5,"s":"é\u0000😀","a":[1,[]],"o":{"k":"v"}}"#);
    let kinds: Vec<Kind> = value.keys().iter().map(|key| value.get(key).unwrap().kind()).collect();
    assert_eq!(kinds, [Kind::Null, Kind::Bool, Kind::Number, Kind::String, Kind::Array, Kind::Object]);
    assert_eq!(value.get("t").unwrap().boolean(), Some(true));
    assert_eq!(value.get("i").unwrap().number(), Some(-0.5));
    assert_eq!(value.get("s").unwrap().text().as_deref(), Some("é\0😀"));
    assert_eq!(value.get("a").unwrap().at(0).unwrap().number(), Some(1.0));
    assert!(value.get("a").unwrap().at(2).is_none());
    assert_eq!(value.get("o").unwrap().get("k").unwrap().text().as_deref(), Some("v"));
    assert_eq!(value.keys(), ["n", "t", "i", "s", "a", "o"]);
}

#[wasm_bindgen_test]
fn a_value_of_one_kind_is_read_as_no_other() {
    let value = parse(r#"{"s":"1","n":1,"b":true,"a":["x"],"z":null}"#);
    for (key, text, number, boolean) in
        [("s", true, false, false), ("n", false, true, false), ("b", false, false, true), ("a", false, false, false)]
    {
        let value = value.get(key).unwrap();
        assert_eq!(value.text().is_some(), text, "{key} as text");
        assert_eq!(value.number().is_some(), number, "{key} as a number");
        assert_eq!(value.boolean().is_some(), boolean, "{key} as a boolean");
        assert!(value.keys().is_empty() && value.get("length").is_none(), "{key} has no members");
    }
    assert!(value.at(0).is_none() && value.get("s").unwrap().at(0).is_none());
    // Not JsValue's own `is_object`, for which arrays are objects too.
    assert!(!Value::is_object(&value.get("z").unwrap()) && !Value::is_object(&value.get("a").unwrap()));
}

#[wasm_bindgen_test]
fn nothing_inherited_is_a_member() {
    let empty = parse("{}");
    for key in ["constructor", "toString", "__proto__", "hasOwnProperty"] {
        assert!(empty.get(key).is_none(), "{key}");
    }
    pollute("access_token", &"stolen".into());
    let seen = empty.get("access_token");
    let answer = TokenAnswer::read(&empty);
    let keys = empty.keys();
    clean_up("access_token");
    assert!(seen.is_none() && keys.is_empty());
    assert_eq!(refused(answer, Code::TokenInvalid).fault().field.as_deref(), Some("access_token"));
}

#[wasm_bindgen_test]
fn a_proto_key_is_a_member_like_any_other() {
    let value = parse(r#"{"__proto__":{"admin":true},"constructor":{"prototype":1}}"#);
    assert!(is_untouched(&value), "the parsed object keeps its prototype");
    assert_eq!(value.keys(), ["__proto__", "constructor"]);
    assert_eq!(value.get("__proto__").unwrap().get("admin").unwrap().boolean(), Some(true));
    assert!(value.get("admin").is_none());
    assert!(member(&value, "admin").is_undefined());
}

#[wasm_bindgen_test]
fn a_getter_that_throws_has_no_value() {
    let value = with_throwing_getter("issuer");
    assert!(Value::is_object(&value));
    assert!(value.get("issuer").is_none());
    assert_eq!(value.keys(), ["issuer"]);
    assert!(browser().stringify(&value).is_none());
}

#[wasm_bindgen_test]
fn lone_surrogates_become_replacement_characters() {
    let text: JsValue = lone_surrogate().into();
    assert_eq!(text.text().as_deref(), Some("a\u{fffd}b"));
    let value = parse(r#"{"s":"a\ud800b"}"#);
    assert_eq!(value.get("s").unwrap().text().as_deref(), Some("a\u{fffd}b"));
    // JSON.stringify escapes what UTF-8 cannot hold.
    let written = browser().stringify(&value).unwrap();
    assert_eq!(browser().text_in(&written), r#"{"s":"a\ud800b"}"#);
}

#[wasm_bindgen_test]
fn numbers_are_as_javascript_reads_them() {
    let value = parse(r#"[9007199254740993,1e400,-0,1.5e-7]"#);
    let numbers: Vec<f64> = (0..4).map(|index| value.at(index).unwrap().number().unwrap()).collect();
    assert_eq!(numbers[0], 9_007_199_254_740_992.0);
    assert!(numbers[1].is_infinite());
    assert!(numbers[2].is_sign_negative() && numbers[2] == 0.0);
    assert_eq!(numbers[3], 1.5e-7);
}

#[wasm_bindgen_test]
fn what_is_not_json_is_none() {
    for text in ["", " ", "{", "{'a':1}", "[1,]", "undefined", "NaN", "\u{feff}{}", "{}{}", "<html>", "1 //"] {
        assert!(browser().parse(&JsString::from(text)).is_none(), "{text:?}");
    }
    assert_eq!(browser().parse(&"null".into()).unwrap().kind(), Kind::Null);
}

#[wasm_bindgen_test]
fn what_has_no_json_form_is_none() {
    for (index, value) in without_json().iter().enumerate() {
        assert!(browser().stringify(&value).is_none(), "value {index}");
    }
}

#[wasm_bindgen_test]
fn depth_ends_nothing_but_the_call() {
    let depth = 200_000;
    let text = JsString::from(["[".repeat(depth), "]".repeat(depth)].concat());
    if let Some(value) = browser().parse(&text) {
        assert_eq!(value.at(0).unwrap().kind(), Kind::Array);
        // V8 reads this deep, and gives up writing it.
        if let Some(written) = browser().stringify(&value) {
            assert_eq!(written.length(), text.length());
        }
    }
    assert_eq!(parse("[1]").at(0).unwrap().number(), Some(1.0), "and the next one is read");
}

#[wasm_bindgen_test]
fn text_stays_the_browsers_own() {
    let browser = browser();
    let joined = browser.join(browser.text_out("{\"a\":"), &browser.text_out("\"é😀\"}"));
    assert_eq!(browser.text_in(&joined), "{\"a\":\"é😀\"}");
    assert_eq!(browser.parse(&joined).unwrap().get("a").unwrap().text().as_deref(), Some("é😀"));
    assert_eq!(browser.text_in(&browser.stringify(&parse(" { \"a\" : [ 1 , null ] } ")).unwrap()), r#"{"a":[1,null]}"#);
}

#[wasm_bindgen_test]
fn the_first_unit_is_after_white_space_and_byte_order_marks() {
    let browser = browser();
    let first = |text: &str| browser.first_unit(&JsString::from(text));
    assert_eq!(first("\u{feff} \r\n\t{\"a\":1}"), Some(u16::from(b'{')));
    assert_eq!(first("data: {}"), Some(u16::from(b'd')));
    assert_eq!(first(" \n"), None);
    assert_eq!(first(""), None);
}
