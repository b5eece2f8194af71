//! What JavaScript sees of the rooms of `ucp`: each export called. Signatures: `ucp_signature.rs`.

use js_sys::{Array, JSON};
use shopper_mcp::error::Problem;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{call, member, object, origin, parse};

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = hostileValues)]
    fn hostile_values(key: &str) -> Array;
}

pub(crate) const AGENT: &str = "https://agent.example/2026-08-25.json";
pub(crate) const KEY: &str = "8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d6e";
pub(crate) const VERSION: &str = "2026-08-25";

fn json(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

/// The JSON of what an export gives.
#[track_caller]
fn given(name: &str, arguments: &[JsValue]) -> String {
    json(&call(name, arguments).unwrap_or_else(|error| panic!("{name} throws {}", json(&error))))
}

/// A problem as it is thrown, and the field that it names.
#[track_caller]
pub(crate) fn problem_of(error: &JsValue) -> (Problem, Option<String>) {
    let number = member(error, "problem").as_f64().unwrap_or_else(|| panic!("not a problem of ours: {error:?}"));
    (Problem::ALL[number as usize], member(error, "field").as_string())
}

#[track_caller]
fn refused(name: &str, arguments: &[JsValue]) -> (Problem, Option<String>) {
    match call(name, arguments) {
        Err(error) => problem_of(&error),
        Ok(value) => panic!("{name} gives {}", json(&value)),
    }
}

/// A refusal that names the field.
#[track_caller]
pub(crate) fn refuses(name: &str, arguments: &[JsValue], problem: Problem, field: &str) {
    assert_eq!(refused(name, arguments), (problem, Some(field.to_owned())), "{name}");
}

fn agents() -> JsValue {
    object([(VERSION, AGENT.into()), ("2026-04-08", "https://agent.example/old.json".into())])
}

/// The profile of a shop on this origin: plain http, which only a page on loopback may use.
fn shop_profile(version: &str) -> JsValue {
    let origin = origin();
    parse(&format!(
        r#"{{"ucp":{{"version":"{version}",
        "supported_versions":{{"2026-04-08":"{origin}/old","2025-01-01":"https://x.example/"}},
        "services":{{"dev.ucp.shopping":[
            {{"version":"{version}","transport":"rest","endpoint":"{origin}/rest"}},
            {{"version":"{version}","transport":"mcp","endpoint":"{origin}/api/ucp/mcp"}}]}}}}}}"#
    ))
}

#[wasm_bindgen_test]
fn a_version_and_its_endpoint() {
    let choose = |version: &str| given("chooseUcpVersion", &[shop_profile(version), agents()]);
    assert_eq!(choose(VERSION), format!(r#"{{"version":"{VERSION}","agentProfile":"{AGENT}","leaf":null}}"#));
    let older = format!(
        r#"{{"version":"2026-04-08","agentProfile":"https://agent.example/old.json","leaf":"{}/old"}}"#,
        origin()
    );
    assert_eq!(choose("2027-01-01"), older);
    let endpoint = call("readUcpEndpoint", &[shop_profile(VERSION), VERSION.into()]).unwrap();
    assert_eq!(endpoint, [&origin(), "/api/ucp/mcp"].concat());

    let none = [shop_profile(VERSION), object([("2024-01-01", AGENT.into())])];
    refuses("chooseUcpVersion", &none, Problem::VersionUnsupported, "supported_versions");
    let insecure = object([(VERSION, "http://agent.example/a.json".into())]);
    refuses("chooseUcpVersion", &[shop_profile(VERSION), insecure], Problem::ProfileUrlInvalid, VERSION);
    let other = [shop_profile(VERSION), "2026-04-08".into()];
    refuses("readUcpEndpoint", &other, Problem::LeafOfAnotherVersion, "version");
}

#[wasm_bindgen_test]
fn the_tiers() {
    let ask = |tier: &str, tool: &str, scope: JsValue, has_refused: bool| {
        let arguments = ["shop".into(), tier.into(), tool.into(), scope, has_refused.into()];
        call("checkTier", &arguments).map(|given| assert!(given.is_undefined()))
    };
    ask("anonymous", "create_checkout", JsValue::NULL, false).unwrap();
    ask("token", "get_order", JsValue::UNDEFINED, false).unwrap();
    ask("token", "get_order", "a read_global_api_orders".into(), false).unwrap();
    for (tier, tool, scope, has_refused, problem) in [
        ("token", "get_order", Some(""), false, Problem::OrderScopeMissing),
        ("signed", "complete_checkout", None, false, Problem::CompletionNeedsToken),
        ("token", "complete_checkout", None, true, Problem::CompletionNotGranted),
        ("signed", "get_cart", None, true, Problem::TokenWanted),
        ("token", "get_product", None, true, Problem::TokenRefused),
    ] {
        let refusal = ask(tier, tool, scope.map_or(JsValue::NULL, JsValue::from), has_refused).unwrap_err();
        assert_eq!(problem_of(&refusal), (problem, Some(tool.into())), "{tier}");
    }
    let named = |server: &str, tier: &str, field: &str| {
        let arguments = [server.into(), tier.into(), "x".into(), JsValue::NULL, false.into()];
        refuses("checkTier", &arguments, Problem::Missing, field);
    };
    named("shop", "Signed", "tier");
    named("global", "signed", "server");
}

/// An agent with this member.
fn agent_with(member: &str, value: JsValue) -> JsValue {
    object([("agent", object([("profiles", agents()), (member, value)]))])
}

#[wasm_bindgen_test]
fn where_a_page_calls_as_an_agent() {
    let setup = given("readAgent", &[agent_with("tier", "signed".into())]);
    assert_eq!(setup, format!(r#"{{"proxy":null,"endpoint":null,"version":"{VERSION}","catalogEndpoint":null}}"#));
    let options = object([
        ("agent", object([("profiles", agents())])),
        ("proxy", "/agent/".into()),
        ("ucpEndpoint", "/api/ucp/mcp".into()),
        ("catalog", object([("server", "global".into()), ("endpoint", "/catalog".into())])),
    ]);
    let origin = origin();
    let expected = [
        format!(r#"{{"proxy":"{origin}/agent","endpoint":"{origin}/api/ucp/mcp","#),
        format!(r#""version":"{VERSION}","catalogEndpoint":"{origin}/catalog"}}"#),
    ];
    assert_eq!(given("readAgent", &[options]), expected.concat());
    let local = object([(VERSION, [&origin, "/agent.json"].concat().into())]);
    call("readAgent", &[object([("agent", object([("profiles", local)]))])]).unwrap();
    for nobody in [object([]), object([("agent", JsValue::NULL)]), object([("agent", JsValue::UNDEFINED)])] {
        assert!(member(&call("readAgent", &[nobody]).unwrap(), "version").is_null());
    }
    refuses("readAgent", &[object([("agent", object([]))])], Problem::Missing, "profiles");
    refuses("readAgent", &[agent_with("clientSecret", "x".into())], Problem::SecretInPage, "clientSecret");
    refuses("readAgent", &[agent_with("token", "a.b.c".into())], Problem::TokenInPage, "token");
    let elsewhere = object([("agent", object([("profiles", agents())])), ("proxy", "//other.example/".into())]);
    refuses("readAgent", &[elsewhere], Problem::ProxyElsewhere, "proxy");
}

/// What a page gives is no JSON: functions, and objects whose methods are their class's.
#[wasm_bindgen_test]
fn functions_and_instances_are_taken_for_what_they_are() {
    let function = js_sys::Function::new_no_args("return 'token'");
    let instance = js_sys::Map::new();
    for value in [function.clone().into(), instance.clone().into(), object([("sign", function.into())])] {
        call("readAgent", &[agent_with("signer", value)]).unwrap();
    }
    let token = js_sys::Function::new_no_args("return 'token'");
    call("readAgent", &[agent_with("token", token.into())]).unwrap();
}

#[wasm_bindgen_test]
fn what_may_be_sent_again() {
    let repeatable = |tool: &str, listed: JsValue| call("repeatable", &[tool.into(), listed]).unwrap();
    assert_eq!(repeatable("get_cart", JsValue::NULL), 1);
    assert_eq!(repeatable("complete_checkout", JsValue::UNDEFINED), 2);
    let reads = parse(r#"{"annotations":{"readOnlyHint":true}}"#);
    assert_eq!(repeatable("update_cart", reads.clone()), 0);
    assert_eq!(repeatable("x", reads), 1);
    assert_eq!(call("repeatable", &["x".into()]).unwrap(), 0);
}

#[wasm_bindgen_test]
fn a_name_for_a_text_says_nothing_of_it() {
    let fingerprint = |text: &str| call("fingerprint", &[text.into()]).unwrap().as_string().unwrap();
    assert_eq!(fingerprint("abc"), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0", "SHA-256, in base64url");
    assert_ne!(fingerprint("complete_checkout {\"id\":1}"), fingerprint("complete_checkout {\"id\":2}"));
}

#[wasm_bindgen_test]
fn what_a_page_may_open() {
    let open = |url: JsValue| call("openable", &[url]).unwrap();
    for url in ["https://shop.example/c?a=b", "https://shop.example/c?a=b#d", &[&origin(), "/checkout"].concat()] {
        assert_eq!(open(url.into()), url);
    }
    let object = object([("href", "https://shop.example/".into())]);
    let list = Array::of1(&"https://shop.example/".into());
    for url in [JsValue::UNDEFINED, JsValue::NULL, 7.into(), object, list.into()] {
        assert!(open(url.clone()).is_undefined(), "{url:?}");
    }
    for url in [
        "",
        "/checkout",
        "//shop.example/",
        "http://shop.example/",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "https://shop.example@evil.example/",
        "https://shop.example\\evil",
        " https://shop.example/",
        "blob:https://shop.example/1",
    ] {
        assert!(open(url.into()).is_undefined(), "{url:?}");
    }
}

#[wasm_bindgen_test]
fn an_answer_and_its_resource_are_the_very_objects_that_came() {
    let envelope = parse(r#"{"jsonrpc":"2.0","id":1,"result":{"structuredContent":{"ucp":{},"id":"c","new":[]}}}"#);
    let result = call("readUcpAnswer", &[1.into(), 200.into(), JsValue::NULL, envelope.clone()]).unwrap();
    assert!(result == member(&envelope, "result"));
    let resource = call("readUcpResource", &["get_cart".into(), result.clone()]).unwrap();
    assert!(resource == member(&result, "structuredContent"));

    let refusal =
        parse(r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"m","data":{"code":"key_not_found"}}}"#);
    assert_eq!(refused("readUcpAnswer", &[1.into(), 401.into(), JsValue::NULL, refusal]).0, Problem::KeyNotFound);
    let Err(limit) = call("readUcpAnswer", &[1.into(), 429.into(), "7".into(), JsValue::UNDEFINED]) else { panic!() };
    assert_eq!((problem_of(&limit).0, member(&limit, "retryAfterMs")), (Problem::RateLimited, 7_000.into()));
    let not_json = refused("readUcpAnswer", &[1.into(), 200.into(), JsValue::NULL, JsValue::UNDEFINED]);
    assert_eq!(not_json.0, Problem::AnswerNotJson);
    refuses("readUcpResource", &["get_cart".into(), object([])], Problem::ResourceMissing, "structuredContent");
}

/// Nothing that throws when it is looked at gets further than a refusal of ours.
#[wasm_bindgen_test]
fn what_throws_when_it_is_looked_at_is_refused() {
    let refusing = |name: &str, member: &str, arguments: &dyn Fn(JsValue) -> Vec<JsValue>| {
        for value in hostile_values(member).iter() {
            refused(name, &arguments(value));
        }
    };
    refusing("chooseUcpVersion", "ucp", &|value| vec![value, agents()]);
    refusing("chooseUcpVersion", VERSION, &|value| vec![shop_profile(VERSION), value]);
    refusing("readUcpEndpoint", "ucp", &|value| vec![value, VERSION.into()]);
    refusing("readUcpAnswer", "result", &|value| vec![1.into(), 200.into(), JsValue::NULL, value]);
    refusing("readUcpResource", "structuredContent", &|value| vec!["get_cart".into(), value]);
    refusing("readAgent", VERSION, &|value| vec![object([("agent", object([("profiles", value)]))])]);
    for value in hostile_values("profiles") {
        if let Err(error) = call("readAgent", &[object([("agent", value)])]) {
            problem_of(&error);
        }
    }
    for value in hostile_values("x") {
        assert!(call("openable", std::slice::from_ref(&value)).unwrap().is_undefined());
        assert_eq!(call("repeatable", &["x".into(), value]).unwrap(), 0);
    }
}
