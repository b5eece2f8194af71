//! `Value` over what `JSON.parse` made: own members only, whatever a page or a server did to the objects.

use js_sys::{Array, JsString};
use serde_json::Value as Serde;
use shopper_mcp::json::{Kind, Object, Value};
use shopper_mcp::oauth::token::TokenAnswer;
use shopper_mcp::platform::Platform;
use shopper_mcp::web::Browser;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{member, parse};

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    fn pollute(key: &str, value: &JsValue);
    #[wasm_bindgen(js_name = cleanUp)]
    fn clean_up(key: &str);
    #[wasm_bindgen(js_name = hostileValues)]
    fn hostile_values(key: &str) -> Array;
    #[wasm_bindgen(js_name = loneSurrogate)]
    fn lone_surrogate() -> JsString;
    #[wasm_bindgen(js_name = isUntouched)]
    fn is_untouched(value: &JsValue) -> bool;
}

/// Every way to look at a value says what serde_json says.
fn agrees(value: &JsValue, expected: &Serde) {
    let kind = match expected {
        Serde::Null => Kind::Null,
        Serde::Bool(_) => Kind::Bool,
        Serde::Number(_) => Kind::Number,
        Serde::String(_) => Kind::String,
        Serde::Array(_) => Kind::Array,
        Serde::Object(_) => Kind::Object,
    };
    assert_eq!(Value::kind(value), kind, "{expected}");
    assert_eq!(value.text().as_deref(), expected.as_str());
    assert_eq!(value.number(), expected.as_f64());
    assert_eq!(value.boolean(), expected.as_bool());
    let keys: Vec<String> = (0..).map_while(|index| value.key(index)).collect();
    let expected_keys: Vec<String> = expected.as_object().map(|it| it.keys().cloned().collect()).unwrap_or_default();
    assert_eq!(keys, expected_keys, "{expected}");
    for key in keys.iter().map(String::as_str).chain(["absent", "length", "0"]) {
        let inner = expected.as_object().and_then(|object| object.get(key));
        let found = value.get(key);
        assert_eq!(found.is_some(), inner.is_some(), "{key} of {expected}");
        assert_eq!(value.kind_of(key), found.as_ref().map(Value::kind));
        assert_eq!(value.text_of(key).as_deref(), inner.and_then(Serde::as_str));
        assert_eq!(value.number_of(key), inner.and_then(Serde::as_f64));
        assert_eq!(value.is_true(key), inner.and_then(Serde::as_bool) == Some(true));
        assert_eq!(value.holds(key, "text"), inner.and_then(Serde::as_str) == Some("text"));
        if let (Some(found), Some(inner)) = (found, inner) {
            agrees(&found, inner);
        }
    }
    let items = expected.as_array().map(Vec::as_slice).unwrap_or_default();
    for (index, item) in items.iter().enumerate() {
        agrees(&value.at(index as u32).unwrap(), item);
    }
    assert!(value.at(items.len() as u32).is_none());
    assert_eq!(value.contains("1"), items.iter().any(|item| item == "1"));
}

#[wasm_bindgen_test]
fn reads_what_another_parser_reads() {
    for text in [
        r#"{"n":null,"t":true,"f":false,"i":-0.5,"s":"é\u0000😀","a":[1,[],{"k":"text"}],"o":{"k":"text"}}"#,
        r#"{"__proto__":{"admin":true},"constructor":{"prototype":1},"toString":"text","hasOwnProperty":1}"#,
        r#"{"":"text","a b":[[[[null]]]],"\u202e":"\ufeff"}"#,
        r#"[0,-0,1.5e-7,9007199254740991,"1",true,null,{},[]]"#,
        r#""text""#,
        "null",
        "true",
        "7",
        "[]",
        "{}",
    ] {
        agrees(&parse(text), &serde_json::from_str(text).unwrap());
        agrees(&Browser.parse_json(text.as_bytes()).unwrap(), &serde_json::from_str(text).unwrap());
    }
}

#[wasm_bindgen_test]
fn nothing_inherited_is_a_member() {
    let empty = parse("{}");
    for key in ["constructor", "toString", "__proto__", "hasOwnProperty"] {
        assert!(empty.get(key).is_none() && empty.kind_of(key).is_none(), "{key}");
    }
    pollute("access_token", &"stolen".into());
    let seen = (empty.get("access_token"), empty.text_of("access_token"), empty.key(0));
    let answer = TokenAnswer::receive(200, Some(&empty));
    clean_up("access_token");
    assert_eq!(seen, (None, None, None));
    assert_eq!(answer.err().unwrap().fault().field.as_deref(), Some("access_token"));
}

#[wasm_bindgen_test]
fn a_proto_key_is_a_member_like_any_other() {
    let value = parse(r#"{"__proto__":{"admin":true}}"#);
    assert!(is_untouched(&value), "the parsed object keeps its prototype");
    assert!(value.get("__proto__").unwrap().is_true("admin"));
    assert!(!value.is_true("admin") && member(&value, "admin").is_undefined());
}

#[wasm_bindgen_test]
fn what_throws_when_it_is_looked_at_has_no_value() {
    for (index, value) in hostile_values("issuer").iter().enumerate() {
        assert!(value.get("issuer").is_none() && value.kind_of("issuer").is_none(), "value {index}");
        assert!(value.text_of("issuer").is_none() && value.number_of("issuer").is_none(), "value {index}");
        assert!(!value.is_true("issuer") && !value.holds("issuer", "x") && value.at(0).is_none(), "value {index}");
        // Asked for, they answer something and do not throw.
        let _ = (Value::kind(&value), value.key(0), value.key(1));
    }
}

#[wasm_bindgen_test]
fn what_is_no_json_value_is_none() {
    assert_eq!(Value::kind(&JsValue::UNDEFINED), Kind::Null);
    let holder = js_sys::Object::new().into();
    js_sys::Reflect::set(&holder, &"gone".into(), &JsValue::UNDEFINED).unwrap();
    assert!(holder.get("gone").is_none() && holder.kind_of("gone").is_none());
}

#[wasm_bindgen_test]
fn lone_surrogates_become_replacement_characters() {
    let text: JsValue = lone_surrogate().into();
    assert_eq!(text.text().as_deref(), Some("a\u{fffd}b"));
    assert_eq!(parse(r#"{"s":"a\ud800b"}"#).text_of("s").as_deref(), Some("a\u{fffd}b"));
}

#[wasm_bindgen_test]
fn numbers_are_as_javascript_reads_them() {
    let value = parse(r#"[9007199254740993,1e400,-0]"#);
    let numbers: Vec<f64> = (0..3).map(|index| value.at(index).unwrap().number().unwrap()).collect();
    assert_eq!(numbers[0], 9_007_199_254_740_992.0);
    assert!(numbers[1].is_infinite() && numbers[2].is_sign_negative());
}

#[wasm_bindgen_test]
fn what_is_not_json_in_utf_8_is_none() {
    for text in ["", " ", "{", "{'a':1}", "[1,]", "undefined", "NaN", "{}{}", "<html>", "1 //"] {
        assert!(Browser.parse_json(text.as_bytes()).is_none(), "{text:?}");
    }
    assert!(Browser.parse_json(b"\"\xff\"").is_none() && Browser.parse_json(b"\"\xed\xa0\x80\"").is_none());
    assert_eq!(Value::kind(&Browser.parse_json(b"null").unwrap()), Kind::Null);
}

#[wasm_bindgen_test]
fn depth_ends_nothing_but_the_call() {
    let depth = 200_000;
    if let Some(value) = Browser.parse_json(["[".repeat(depth), "]".repeat(depth)].concat().as_bytes()) {
        assert_eq!(Value::kind(&value.at(0).unwrap()), Kind::Array);
    }
    assert_eq!(parse("[1]").at(0).unwrap().number(), Some(1.0), "and the next one is read");
}

#[wasm_bindgen_test]
fn what_is_written_is_a_plain_object() {
    let mut object = parse("{}");
    Object::text(&mut object, "text", Some("é\u{0}😀"));
    Object::text(&mut object, "none", None);
    Object::number(&mut object, "number", Some(0.5));
    Object::number(&mut object, "nothing", None);
    object.flag("flag", false);
    object.push("list", "a");
    object.push("list", "b");
    let expected = r#"{"text":"é\u0000😀","none":null,"number":0.5,"nothing":null,"flag":false,"list":["a","b"]}"#;
    assert_eq!(js_sys::JSON::stringify(&object).unwrap(), expected);
}
