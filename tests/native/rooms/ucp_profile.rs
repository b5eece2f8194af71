//! What a shop and an agent share, from documents of any kind.

use serde_json::{Value as Serde, json};
use shopper_mcp::error::Result;
use shopper_mcp::ucp::profile::{choose_version, is_version, read_endpoint};

use crate::support::shop::{code, code_and_field};
use crate::support::tree::Tree;
use crate::support::world::World;

const APRIL: &str = "2026-04-08";
const AUGUST: &str = "2026-08-25";
const LEAF: &str = "https://shop.example/.well-known/ucp/2026-04-08";
const ENDPOINT: &str = "https://shop.myshopify.com/api/ucp/mcp";

fn agents() -> Serde {
    json!({ APRIL: "https://agent.example/april.json", AUGUST: "https://agent.example/august.json" })
}

fn profile() -> Serde {
    json!({ "ucp": {
        "version": AUGUST,
        "supported_versions": { APRIL: LEAF },
        "services": { "dev.ucp.shopping": [
            { "version": AUGUST, "transport": "embedded" },
            { "version": APRIL, "transport": "mcp", "endpoint": "https://shop.example/old" },
            { "version": AUGUST, "transport": "mcp", "endpoint": ENDPOINT },
        ] },
        "payment_handlers": {},
    } })
}

/// The profile with one member of `ucp` replaced.
fn with(key: &str, value: Serde) -> Serde {
    let mut profile = profile();
    profile["ucp"][key] = value;
    profile
}

fn choose(document: Serde, agents: Serde) -> Result<Serde> {
    choose_version(&World::new(), &Tree(document), &Tree(agents), false).map(|choice| Tree::written(&choice).0)
}

fn endpoint(document: Serde, version: &str) -> Result<String> {
    read_endpoint(&World::new(), &Tree(document), version, false)
}

#[test]
fn the_newest_shared_version() {
    let august = json!({ "version": AUGUST, "agentProfile": "https://agent.example/august.json", "leaf": null });
    assert_eq!(choose(profile(), agents()).unwrap(), august);
    let april = json!({ "version": APRIL, "agentProfile": "https://agent.example/april.json", "leaf": LEAF });
    assert_eq!(choose(profile(), json!({ APRIL: "https://agent.example/april.json" })).unwrap(), april);
    assert_eq!(
        choose(with("version", json!("2027-01-01")), agents()).unwrap(),
        april,
        "the newest may be the shop's alone"
    );

    let leaves = json!({ APRIL: LEAF, "2026-01-23": "https://shop.example/a", "2027-01-01": "https://shop.example/b" });
    let many = json!({ "2026-01-23": "https://a.example/1", "2027-01-01": "https://a.example/2", AUGUST: "https://a.example/3" });
    let chosen = choose(with("supported_versions", leaves), many).unwrap();
    assert_eq!((&chosen["version"], &chosen["leaf"]), (&json!("2027-01-01"), &json!("https://shop.example/b")));
    let itself = with("supported_versions", json!({ AUGUST: "https://shop.example/a" }));
    assert_eq!(choose(itself, agents()).unwrap(), august, "what was read is not fetched again");
    assert_eq!(choose(with("supported_versions", json!(null)), agents()).unwrap(), august);
}

#[test]
fn no_shared_version() {
    for agents in [json!({}), json!({ "2026-01-23": "https://agent.example/" })] {
        assert_eq!(code(choose(profile(), agents)), "version_unsupported");
    }
}

#[test]
fn the_leaf_is_a_url_that_may_be_fetched() {
    let only_april = json!({ APRIL: "https://agent.example/april.json" });
    for leaf in [
        json!(null),
        json!(1),
        json!({}),
        json!(""),
        json!("/leaf"),
        json!("http://shop.example/"),
        json!("https://a@shop.example/"),
        json!("javascript:1"),
        json!("https://shop.example/#a"),
    ] {
        let document = with("supported_versions", json!({ APRIL: leaf }));
        let expected = ("endpoint_not_secure", "supported_versions".to_owned());
        assert_eq!(code_and_field(choose(document, only_april.clone())), expected, "{leaf}");
    }
}

#[test]
fn hostile_profiles_are_refused_by_the_field() {
    for (document, field) in [
        (json!(null), ""),
        (json!([]), ""),
        (json!("ucp"), ""),
        (json!({}), "ucp"),
        (json!({ "ucp": null }), "ucp"),
        (json!({ "ucp": [] }), "ucp"),
        (json!({ "ucp": {} }), "version"),
        (with("version", json!(20_260_825)), "version"),
        (with("version", json!("2026-8-25")), "version"),
        (with("version", json!("latest")), "version"),
        (with("supported_versions", json!([LEAF])), "supported_versions"),
        (with("supported_versions", json!("all")), "supported_versions"),
    ] {
        let shown = document.to_string();
        assert_eq!(code_and_field(choose(document, agents())), ("discovery_invalid", field.to_owned()), "{shown}");
    }
}

#[test]
fn the_agents_own_profiles_are_checked() {
    for (agents, field) in [
        (json!(null), ""),
        (json!("https://agent.example/"), ""),
        (json!({ "latest": "https://agent.example/" }), "version"),
        (json!({ AUGUST: "http://agent.example/" }), AUGUST),
        (json!({ AUGUST: "agent.json" }), AUGUST),
        (json!({ AUGUST: 1 }), AUGUST),
        (json!({ AUGUST: "https://agent.example/\"" }), AUGUST),
        (json!({ AUGUST: "https://agent.example/\u{e9}" }), AUGUST),
        (json!({ AUGUST: "https://agent.example/", APRIL: null }), APRIL),
    ] {
        let shown = agents.to_string();
        assert_eq!(code_and_field(choose(profile(), agents)), ("option_invalid", field.to_owned()), "{shown}");
    }
    let local = Tree(json!({ AUGUST: "http://127.0.0.1:1/a.json" }));
    let at = |loopback| choose_version(&World::new(), &Tree(profile()), &local, loopback).is_ok();
    assert!(at(true) && !at(false));
}

#[test]
fn the_service_is_chosen_by_transport_and_version() {
    assert_eq!(endpoint(profile(), AUGUST).unwrap(), ENDPOINT);
    assert_eq!(code_and_field(endpoint(profile(), APRIL)), ("discovery_invalid", "version".to_owned()));
    let entry = |version: &str, transport: &str, endpoint: Serde| {
        with(
            "services",
            json!({ "dev.ucp.shopping": [
            1, { "version": version, "transport": transport, "endpoint": endpoint },
        ] }),
        )
    };
    assert_eq!(endpoint(entry(AUGUST, "mcp", json!(ENDPOINT)), AUGUST).unwrap(), ENDPOINT);
    for document in [
        entry(APRIL, "mcp", json!(ENDPOINT)),
        entry(AUGUST, "rest", json!(ENDPOINT)),
        entry(AUGUST, "MCP", json!(ENDPOINT)),
        with("services", json!({})),
        with("services", json!({ "dev.ucp.shopping": [] })),
        with(
            "services",
            json!({ "dev.ucp.common": [{ "version": AUGUST, "transport": "mcp", "endpoint": ENDPOINT }] }),
        ),
        with("services", json!(null)),
    ] {
        let shown = document.to_string();
        assert_eq!(code(endpoint(document, AUGUST)), "ucp_endpoint_missing", "{shown}");
    }
    for (url, expected) in [
        (json!(null), ("discovery_invalid", "endpoint")),
        (json!(7), ("discovery_invalid", "endpoint")),
        (json!("http://shop.example/"), ("endpoint_not_secure", "endpoint")),
        (json!("//shop.example/"), ("endpoint_not_secure", "endpoint")),
        (json!("https://a:b@shop.example/"), ("endpoint_not_secure", "endpoint")),
        (json!("https://shop.example\\@evil.example/"), ("endpoint_not_secure", "endpoint")),
    ] {
        let (code, field) = code_and_field(endpoint(entry(AUGUST, "mcp", url.clone()), AUGUST));
        assert_eq!((code, field.as_str()), expected, "{url}");
    }
    for services in [json!([]), json!({ "dev.ucp.shopping": {} }), json!({ "dev.ucp.shopping": ENDPOINT })] {
        assert_eq!(code_and_field(endpoint(with("services", services), AUGUST)).0, "discovery_invalid");
    }
}

#[test]
fn versions_are_dates() {
    for text in ["2026-08-25", "0000-00-00"] {
        assert!(is_version(text), "{text}");
    }
    for text in ["", "2026-08-2", "2026-08-255", "2026/08/25", "2026-08-2x", "20260825", "2026-08-\u{662}"] {
        assert!(!is_version(text), "{text}");
    }
}
