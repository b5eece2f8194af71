//! How a page calls as an agent: what it may configure, and what is refused by its name.
//! Signers: `ucp_signer.rs`; endpoints and the catalog: `ucp_endpoints.rs`.

use serde_json::{Value as Serde, json};
use shopper_mcp::error::{Error, Result};
use shopper_mcp::ucp::setup::Setup;

use crate::support::shop::{ACCOUNT_PAGE, options};
use crate::support::tree::Tree;
use crate::support::world::World;

pub const APRIL: &str = "2026-04-08";
pub const AUGUST: &str = "2026-08-25";
pub const PROFILE: &str = "https://agent.example/august.json";
const LOCAL_PAGE: &str = "http://localhost:3000/";

/// What stands for every value that must not be repeated.
pub const HIDDEN: &str = "SECRETSECRET";

fn read_at(address: &str, options: Serde) -> Result<Serde> {
    Ok(Tree::written(&Setup::read(&World::at(address), &Tree(options))?).0)
}

/// An agent with a profile, and this member.
pub fn agent(member: &str, value: Serde) -> Serde {
    json!({ "agent": { "profiles": { AUGUST: PROFILE }, member: value } })
}

/// What is made of an agent, with nulls left out.
#[track_caller]
pub fn accepted(options: Serde) -> Serde {
    let mut setup = read_at(ACCOUNT_PAGE, options).unwrap();
    setup.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    setup
}

/// The refusal's code and field. Nothing that it says is a value of an option.
#[track_caller]
pub fn refusal(options: Serde) -> (&'static str, String) {
    refusal_at(ACCOUNT_PAGE, options)
}

#[track_caller]
fn refusal_at(address: &str, options: Serde) -> (&'static str, String) {
    let outcome = read_at(address, options.clone());
    let error = match outcome {
        Ok(setup) => panic!("{options} is taken: {setup:?}"),
        Err(error) => error,
    };
    repeats_nothing(&error, &options);
    (error.code().text(), error.fault().field.clone().unwrap_or_default().into_owned())
}

#[track_caller]
pub fn repeats_nothing(error: &Error, of: &Serde) {
    let shown = format!("{error:?} {:?} {:?}", error.fault().field, error.fault().words);
    match of {
        Serde::String(text) => assert!(text.len() < 6 || !shown.contains(text.as_str()), "{shown} repeats {text}"),
        Serde::Array(items) => items.iter().for_each(|item| repeats_nothing(error, item)),
        Serde::Object(members) => members.values().for_each(|value| repeats_nothing(error, value)),
        _ => {}
    }
}

fn invalid(field: &str) -> (&'static str, String) {
    ("option_invalid", field.to_owned())
}

#[test]
fn the_least_and_the_most() {
    let least = json!({ "proxy": null, "endpoint": null, "version": AUGUST, "catalogEndpoint": null });
    assert_eq!(read_at(ACCOUNT_PAGE, json!({ "agent": { "profiles": { AUGUST: PROFILE } } })).unwrap(), least);
    let most = json!({
        "agent": {
            "profiles": { AUGUST: PROFILE, APRIL: "https://agent.example/april.json?v=1" },
            "tier": "signed",
            "token": "customer",
            "agentWideToken": true,
            "signer": { "kid": "k", "sign": {} },
        },
        "ucpEndpoint": "/api/ucp/mcp",
    });
    let expected = json!({
        "proxy": null,
        "endpoint": "https://shop.example/api/ucp/mcp",
        "version": AUGUST,
        "catalogEndpoint": null,
    });
    assert_eq!(read_at(ACCOUNT_PAGE, most).unwrap(), expected);
}

#[test]
fn a_page_that_calls_as_no_agent() {
    for options in [json!({}), json!({ "agent": null }), json!({ "proxy": "/p", "ucpEndpoint": "/mcp" }), options()] {
        assert_eq!(read_at(ACCOUNT_PAGE, options).unwrap()["version"], json!(null));
    }
    assert_eq!(refusal(json!({ "proxy": "https://other.example/p" })), invalid("proxy"), "it is judged all the same");
    for options in [json!(null), json!([]), json!("agent"), json!(7)] {
        assert_eq!(refusal(options), invalid(""));
    }
}

#[test]
fn an_agent_is_an_object_of_known_members() {
    for value in [json!("https://agent.example/"), json!([]), json!(7), json!(true), json!(false)] {
        assert_eq!(refusal(json!({ "agent": value })), invalid(""), "{value}");
    }
    for name in ["profile", "Token", "tiers", "version", "__proto__", "constructor", ""] {
        assert_eq!(refusal(agent(name, json!(HIDDEN))), invalid(name));
    }
    for agent in
        [json!({}), json!({ "profiles": null }), json!({ "profiles": {} }), json!({ "tier": "token", "token": {} })]
    {
        assert_eq!(refusal(json!({ "agent": agent })), invalid("profiles"));
    }
}

#[test]
fn a_secret_is_refused_by_its_name_before_all_else() {
    for name in ["clientSecret", "client_secret", "SECRET", "privateKey", "private_key_pem", "apiPassword", "PASSWORD"]
    {
        assert_eq!(refusal(agent(name, json!(HIDDEN))), ("secret_in_page", name.to_owned()));
        let wrong = json!({ "tier": "root", "stranger": 1, name: HIDDEN });
        assert_eq!(refusal(json!({ "agent": wrong })), ("secret_in_page", name.to_owned()));
    }
}

#[test]
fn profiles_are_https_urls_by_their_versions() {
    let profiles = |profiles: Serde| json!({ "agent": { "profiles": profiles } });
    for (given, newest) in [
        (json!({ APRIL: PROFILE }), APRIL),
        (json!({ APRIL: PROFILE, AUGUST: PROFILE }), AUGUST),
        (json!({ "2027-01-01": PROFILE, AUGUST: PROFILE }), "2027-01-01"),
    ] {
        assert_eq!(accepted(profiles(given))["version"], newest);
    }
    for given in [json!(PROFILE), json!([PROFILE]), json!(7), json!(true)] {
        assert_eq!(refusal(profiles(given)), invalid("profiles"));
    }
    for version in ["latest", "2026-8-25", "20260825", "2026-08-25 ", "__proto__", ""] {
        assert_eq!(refusal(profiles(json!({ version: PROFILE }))), invalid("version"), "{version:?}");
    }
    for url in [
        json!(null),
        json!(7),
        json!({}),
        json!(""),
        json!("/agent.json"),
        json!("agent.example/august.json"),
        json!("http://agent.example/august.json"),
        json!("http://127.0.0.1:8080/august.json"),
        json!("https://user:word@agent.example/"),
        json!("https://agent.example/#august"),
        json!("https://agent.example/\"august\""),
        json!("https://agent.example\\august"),
        json!("https://agent.example/a b.json"),
        json!("https://agent.example/\u{e9}"),
        json!("javascript:alert(1)"),
        json!("data:application/json,{}"),
    ] {
        assert_eq!(refusal(profiles(json!({ APRIL: PROFILE, AUGUST: url }))), invalid(AUGUST), "{url}");
    }
}

#[test]
fn plain_http_is_for_loopback_pages() {
    for url in ["http://127.0.0.1:8080/a.json", "http://localhost:8080/a.json", "http://[::1]/a.json", PROFILE] {
        let options = json!({ "agent": { "profiles": { AUGUST: url } }, "ucpEndpoint": "http://127.0.0.1:1/mcp" });
        assert!(read_at(LOCAL_PAGE, options).unwrap()["version"].is_string(), "{url}");
    }
    for url in ["http://agent.example/a.json", "http://127.0.0.1.example/a.json", "ftp://127.0.0.1/a.json"] {
        assert_eq!(
            refusal_at(LOCAL_PAGE, json!({ "agent": { "profiles": { AUGUST: url } } })),
            invalid(AUGUST),
            "{url}"
        );
    }
}

#[test]
fn tiers() {
    for tier in [json!("anonymous"), json!("signed"), json!("token"), json!(null), json!("")] {
        accepted(agent("tier", tier));
    }
    for tier in [json!("Signed"), json!("signed "), json!("root-of-all"), json!(1), json!(["token"]), json!({})] {
        assert_eq!(refusal(agent("tier", tier.clone())), invalid("tier"), "{tier}");
    }
}

/// Whether an object is a function is not seen here.
#[test]
fn a_text_for_a_token_is_every_visitors() {
    for given in [json!("customer"), json!({}), json!(null)] {
        accepted(agent("token", given));
    }
    for token in [
        "",
        "Customer",
        "customer ",
        "opaque-token",
        "shpss_0123456789abcdef",
        "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.AAAA",
        "-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n",
    ] {
        assert_eq!(refusal(agent("token", json!(token))), ("secret_in_page", "token".to_owned()), "{token:?}");
    }
}

#[test]
fn a_risk_is_taken_by_a_plain_true() {
    for given in [json!(true), json!(false), json!(null)] {
        accepted(agent("agentWideToken", given));
    }
    for given in [json!("true-ish"), json!(1), json!({}), json!([])] {
        assert_eq!(refusal(agent("agentWideToken", given.clone())), invalid("agentWideToken"), "{given}");
    }
}

fn with_proxy(proxy: Serde) -> Serde {
    json!({ "agent": { "profiles": { AUGUST: PROFILE } }, "proxy": proxy })
}

#[test]
fn a_proxy_is_a_path_of_this_origin() {
    for (path, posted) in [
        ("/proxy", "https://shop.example/proxy"),
        ("/proxy/", "https://shop.example/proxy"),
        ("/", "https://shop.example"),
        ("/a/../b%20c", "https://shop.example/b%20c"),
        ("proxy", "https://shop.example/pages/proxy"),
        ("//shop.example/proxy", "https://shop.example/proxy"),
        ("HTTPS://SHOP.example:443/proxy", "https://shop.example/proxy"),
    ] {
        assert_eq!(accepted(with_proxy(json!(path)))["proxy"], posted, "{path}");
    }
    for absent in [json!(null), json!("")] {
        assert_eq!(accepted(with_proxy(absent)).get("proxy"), None);
    }
    for path in [
        json!("https://other.example/proxy"),
        json!("//other.example/proxy"),
        json!("\\\\other.example\\proxy"),
        json!("http://shop.example/proxy"),
        json!("https://shop.example:444/proxy"),
        json!("https://user@shop.example/proxy"),
        json!("/proxy?shop=1"),
        json!("/proxy?"),
        json!("/proxy/?/"),
        json!("?shop=1"),
        json!("/proxy#ucp"),
        json!("/proxy/#/"),
        json!("javascript:alert(1)"),
        json!("data:,proxy/"),
        json!("blob:https://shop.example/proxy"),
        json!("https://"),
        json!(7),
        json!(["/proxy"]),
        json!({}),
        json!(true),
    ] {
        assert_eq!(refusal(with_proxy(path.clone())), invalid("proxy"), "{path}");
    }
}

#[test]
fn a_proxy_adds_a_token_of_its_own() {
    for token in [json!("customer"), json!({})] {
        let mut options = with_proxy(json!("/proxy"));
        options["agent"]["token"] = token;
        assert_eq!(refusal(options), invalid("token"));
    }
    let mut options = with_proxy(json!("/proxy"));
    options["agent"] = json!({ "profiles": { AUGUST: PROFILE }, "token": null, "tier": "token", "signer": { "kid": "k", "sign": {} } });
    assert_eq!(accepted(options)["proxy"], "https://shop.example/proxy", "what the page does itself stays");
}
