//! What JavaScript sees of the rooms of `ucp`: each export called.

use js_sys::{Array, JSON, Object};
use shopper_mcp::error::{Problem, Subject};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{call, member, object, origin, parse, text_member};

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = hostileValues)]
    fn hostile_values(key: &str) -> Array;
}

pub(crate) const AGENT: &str = "https://agent.example/2026-08-25.json";
pub(crate) const KEY: &str = "8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d6e";
pub(crate) const VERSION: &str = "2026-08-25";

pub(crate) fn json(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

/// The JSON of what an export gives.
#[track_caller]
pub(crate) fn given(name: &str, arguments: &[JsValue]) -> String {
    json(&call(name, arguments).unwrap_or_else(|error| panic!("{name} throws {}", json(&error))))
}

/// A problem as it is thrown, and the field that it names.
#[track_caller]
fn problem_of(error: &JsValue) -> (Problem, Option<String>) {
    let number = member(error, "problem").as_f64().unwrap_or_else(|| panic!("not a problem of ours: {error:?}"));
    (Problem::ALL[number as usize], member(error, "field").as_string())
}

#[track_caller]
pub(crate) fn refused(name: &str, arguments: &[JsValue]) -> (Problem, Option<String>) {
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
            {{"version":"{version}","transport":"mcp","endpoint":"{origin}/api/ucp/mcp"}}]}},
        "capabilities":{{
            "dev.ucp.shopping.cart":[{{"version":"2026-04-08"}},{{"version":"{version}"}}],
            "dev.ucp.shopping.order":[{{"version":"{version}"}}],
            "dev.ucp.shopping.discount":[{{"version":"{version}","extends":"dev.ucp.shopping.checkout"}}]}}}}}}"#
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
fn what_both_can_do() {
    let agent = call("agentDocument", &[object([("version", VERSION.into())])]).unwrap().as_string().unwrap();
    let shared = call("sharedCapabilities", &[shop_profile(VERSION), parse(&agent)]).unwrap();
    let expected = format!(r#"{{"dev.ucp.shopping.cart":"{VERSION}","dev.ucp.shopping.order":"{VERSION}"}}"#);
    assert_eq!(json(&shared), expected, "a discount extends a checkout, which the shop does not have");
    assert_eq!(given("sharedCapabilities", &[shop_profile(VERSION), parse(r#"{"ucp":{}}"#)]), "{}");

    let named = parse(r#"{"ucp":{"capabilities":{"__proto__":[{"version":"2026-08-25"}]}}}"#);
    let shared = call("sharedCapabilities", &[named.clone(), named]).unwrap();
    assert!(Object::get_prototype_of(&shared) == Object::get_prototype_of(&Object::new()), "nobody's prototype");
}

#[wasm_bindgen_test]
fn the_tiers() {
    let check = |tier: &str, tool: &str, scope: JsValue| {
        call("checkTier", &["shop".into(), tier.into(), tool.into(), scope]).map(|given| assert!(given.is_undefined()))
    };
    check("anonymous", "create_checkout", JsValue::NULL).unwrap();
    check("token", "get_order", JsValue::UNDEFINED).unwrap();
    check("token", "get_order", "a read_global_api_orders".into()).unwrap();
    let orders = |scope: &str| problem_of(&check("token", "get_order", scope.into()).unwrap_err());
    assert_eq!(orders(""), (Problem::OrderScopeMissing, Some("get_order".into())));
    let completion = problem_of(&check("signed", "complete_checkout", JsValue::NULL).unwrap_err());
    assert_eq!(completion, (Problem::CompletionNeedsToken, Some("complete_checkout".into())));

    for (server, tier, tool, problem) in [
        ("shop", "token", "complete_checkout", Problem::CompletionNotGranted),
        ("shop", "signed", "get_cart", Problem::TokenWanted),
        ("catalog", "token", "get_product", Problem::TokenRefused),
    ] {
        refuses("explainTier", &[server.into(), tier.into(), tool.into()], problem, tool);
    }

    refuses("checkTier", &["shop".into(), "Signed".into(), "x".into(), JsValue::NULL], Problem::Missing, "tier");
    refuses("explainTier", &["global".into(), "signed".into(), "x".into()], Problem::Missing, "server");
}

#[wasm_bindgen_test]
fn a_call_is_bound_to_its_agent() {
    let bound = |tool: &str, key: JsValue| call("bindUcp", &[tool.into(), AGENT.into(), key]).unwrap();
    let plain = bound("get_cart", JsValue::UNDEFINED);
    let meta = format!(r#"{{"ucp-agent":{{"profile":"{AGENT}"}}}}"#);
    assert_eq!((text_member(&plain, "meta"), member(&plain, "idempotencyKey")), (meta, JsValue::NULL));

    let first = bound("complete_checkout", JsValue::NULL);
    let key = text_member(&first, "idempotencyKey");
    assert_eq!(text_member(&parse(&text_member(&first, "meta")), "idempotency-key"), key);
    assert_eq!(json(&bound("complete_checkout", key.as_str().into())), json(&first), "the same call again");
    assert_ne!(text_member(&bound("complete_checkout", JsValue::NULL), "idempotencyKey"), key);

    let field = "idempotency-key";
    for key in [5.into(), "".into(), "x".into(), parse("{}"), false.into()] {
        let arguments = ["complete_checkout".into(), AGENT.into(), key];
        refuses("bindUcp", &arguments, Problem::IdempotencyKeyInvalid, field);
    }
    refuses("bindUcp", &["get_cart".into(), AGENT.into(), KEY.into()], Problem::IdempotencyKeyUnused, field);
    let nowhere = ["get_cart".into(), "http://agent.example/".into(), JsValue::NULL];
    refuses("bindUcp", &nowhere, Problem::ProfileUrlInvalid, "ucp-agent");

    let repeatable = |tool: &str, listed: JsValue| call("isRepeatable", &[tool.into(), listed]).unwrap();
    assert_eq!(repeatable("get_cart", JsValue::NULL), true);
    assert_eq!(repeatable("complete_checkout", JsValue::UNDEFINED), true);
    let reads = parse(r#"{"annotations":{"readOnlyHint":true}}"#);
    assert_eq!(repeatable("update_cart", reads.clone()), false);
    assert_eq!(repeatable("x", reads), true);
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

#[wasm_bindgen_test]
fn messages_in_the_order_of_handling() {
    let resource = parse(
        r#"{"continue_url":"https://shop.example/cart","messages":[{"type":"info","content":"é"},
        {"type":"error","severity":"requires_buyer_input"},{"type":"error","severity":"recoverable"}]}"#,
    );
    let came: Array = member(&resource, "messages").unchecked_into();
    let outcome = call("readOutcome", &[resource]).unwrap();
    let sorted: Array = member(&outcome, "messages").dyn_into().unwrap();
    assert_eq!(sorted.length(), 3);
    for (place, from) in [(0, 2), (1, 1), (2, 0)] {
        assert!(sorted.get(place) == came.get(from), "the very message {from}");
    }
    assert_eq!(text_member(&outcome, "outcome"), "recoverable");
    assert_eq!(text_member(&outcome, "continueUrl"), "https://shop.example/cart");

    let silent = r#"{"outcome":"success","continueUrl":null,"messages":[]}"#;
    for resource in [parse(r#"{"continue_url":"javascript:alert(1)"}"#), JsValue::UNDEFINED, parse("[]")] {
        assert_eq!(given("readOutcome", &[resource]), silent);
    }
    let here = given("readOutcome", &[object([("continue_url", origin().into())])]);
    assert!(here.contains(&origin()), "http on loopback, for a page there: {here}");
}

#[wasm_bindgen_test]
fn money() {
    let decimal = |amount: JsValue, currency: &str| call("moneyToDecimal", &[amount, currency.into()]).unwrap();
    let minor = |text: &str, currency: &str| call("moneyToMinor", &[text.into(), currency.into()]).unwrap();
    for (amount, currency, text) in [
        (-1230.0, "USD", "-12.30"),
        (5.0, "JPY", "5"),
        (5.0, "KWD", "0.005"),
        (9_007_199_254_740_991.0, "USD", "90071992547409.91"),
    ] {
        assert_eq!(decimal(amount.into(), currency), text);
        assert_eq!(minor(text, currency), amount);
    }
    // Each of these would be a number for `Number()`.
    for amount in [JsValue::NULL, "12".into(), "".into(), true.into(), Array::new().into()] {
        refuses("moneyToDecimal", &[amount, "USD".into()], Problem::AmountInvalid, "amount");
    }
    for amount in [f64::NAN, f64::INFINITY, 0.5, 9_007_199_254_740_992.0] {
        refuses("moneyToDecimal", &[amount.into(), "USD".into()], Problem::AmountInvalid, "amount");
    }
    for text in [JsValue::UNDEFINED, 12.into(), "1e3".into(), "1.001".into()] {
        refuses("moneyToMinor", &[text, "USD".into()], Problem::AmountInvalid, "amount");
    }
    for currency in [JsValue::UNDEFINED, 840.into(), "usd".into()] {
        refuses("moneyToDecimal", &[1.into(), currency.clone()], Problem::CurrencyInvalid, "currency");
        refuses("moneyToMinor", &["1".into(), currency], Problem::CurrencyInvalid, "currency");
    }
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
    refusing("sharedCapabilities", "ucp", &|value| vec![value, shop_profile(VERSION)]);
    refusing("sharedCapabilities", "ucp", &|value| vec![shop_profile(VERSION), value]);
    refusing("readUcpAnswer", "result", &|value| vec![1.into(), 200.into(), JsValue::NULL, value]);
    refusing("readUcpResource", "structuredContent", &|value| vec!["get_cart".into(), value]);
    refusing("signatureOf", "url", &|value| vec![value, "k".into()]);
    refusing("readPublicKey", "kty", &|value| vec![value]);
    refusing("isPublished", "kty", &|value| vec![object([]), value]);
    refusing("agentDocument", "version", &|value| vec![value]);
    refusing("moneyToDecimal", "x", &|value| vec![value, "USD".into()]);
    refusing("moneyToDecimal", "x", &|value| vec![1.into(), value]);
    refusing("moneyToMinor", "x", &|value| vec![value, "USD".into()]);
    for value in hostile_values("ucp-agent").iter().take(1) {
        let request = object([("method", "GET".into()), ("url", "https://shop.example/".into()), ("headers", value)]);
        refuses("signatureOf", &[request, "k".into()], Problem::NotAString, "ucp-agent");
    }
    for value in hostile_values("messages") {
        assert_eq!(text_member(&call("readOutcome", std::slice::from_ref(&value)).unwrap(), "outcome"), "success");
        assert_eq!(call("isRepeatable", &["x".into(), value]).unwrap(), false);
    }
    let subject = |arguments: &[JsValue]| member(&call("signatureOf", arguments).unwrap_err(), "subject");
    assert_eq!(subject(&[JsValue::NULL, "k".into()]), f64::from(Subject::SignedRequest.number()));
}
