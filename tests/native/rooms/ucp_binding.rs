//! How a call is bound to its agent.

use std::collections::BTreeSet;

use serde_json::{Value as Serde, json};
use shopper_mcp::error::Result;
use shopper_mcp::ucp::binding::{Binding, is_repeatable, new_key, only_reads, takes_key};
use shopper_mcp::ucp::tools::TOOLS;

use crate::support::shop::code_and_field;
use crate::support::tree::Tree;
use crate::support::world::World;

const AGENT: &str = "https://agent.example/2026-08-25.json";
const KEY: &str = "8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d6e";
const WITH_KEY: [&str; 3] = ["cancel_cart", "complete_checkout", "cancel_checkout"];
const READS: [&str; 6] = ["search_catalog", "lookup_catalog", "get_product", "get_cart", "get_checkout", "get_order"];

fn meta(tool: &str, profile: &str, key: Option<&str>) -> Result<Serde> {
    let binding = Binding::new(&World::new(), tool, profile, key.map(str::to_owned), false)?;
    Ok(serde_json::from_str(&binding.meta()).expect("JSON"))
}

#[test]
fn the_profile_goes_with_every_call_and_the_key_with_three() {
    for tool in TOOLS.map(|tool| tool.name).into_iter().chain(["search_shop_policies_and_faqs", ""]) {
        let meta = meta(tool, AGENT, None).unwrap();
        assert_eq!(meta["ucp-agent"], json!({ "profile": AGENT }), "{tool}");
        assert_eq!(meta.get("idempotency-key").is_some(), WITH_KEY.contains(&tool), "{tool}");
        assert_eq!(takes_key(tool), WITH_KEY.contains(&tool), "{tool}");
    }
}

#[test]
fn what_is_handed_out() {
    let written = |tool: &str, key: Option<&str>| {
        let binding = Binding::new(&World::new(), tool, AGENT, key.map(str::to_owned), false).unwrap();
        Tree::written(&binding).0
    };
    let meta = format!(r#"{{"ucp-agent":{{"profile":"{AGENT}"}}"#);
    let with_key = format!(r#"{meta},"idempotency-key":"{KEY}"}}"#);
    assert_eq!(written("cancel_cart", Some(KEY)), json!({ "meta": with_key, "idempotencyKey": KEY }));
    assert_eq!(written("get_cart", None), json!({ "meta": format!("{meta}}}"), "idempotencyKey": null }));
}

#[test]
fn a_retry_has_the_same_key() {
    assert_eq!(meta("complete_checkout", AGENT, Some(KEY)).unwrap()["idempotency-key"], KEY);
    for key in [
        "",
        "1",
        "8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d6",
        "8b7c6a5201a6a04b5e09c8e01f2a3b4c5d6e",
        "8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d6\n",
        "8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d\u{e9}",
    ] {
        let expected = ("option_invalid", "idempotency-key".to_owned());
        assert_eq!(code_and_field(meta("complete_checkout", AGENT, Some(key))), expected, "{key:?}");
    }
    assert_eq!(code_and_field(meta("update_cart", AGENT, Some(KEY))).1, "idempotency-key", "it takes none");
}

#[test]
fn the_profile_is_plainly_https() {
    for profile in [
        "",
        "agent.json",
        "http://agent.example/",
        "https://agent.example/\"",
        "https://agent.example/\\u0022",
        "https://a@b.example/",
    ] {
        assert_eq!(code_and_field(meta("get_cart", profile, None)), ("option_invalid", "ucp-agent".to_owned()));
    }
}

#[test]
fn keys_are_random_and_of_version_4() {
    let world = World::new();
    let keys: BTreeSet<String> = (0..500).map(|_| new_key(&world).unwrap()).collect();
    assert_eq!(keys.len(), 500);
    for key in &keys {
        let parts: Vec<&str> = key.split('-').collect();
        assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12], "{key}");
        assert!(key.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-')), "{key}");
        assert!(parts[2].starts_with('4') && parts[3].starts_with(['8', '9', 'a', 'b']), "{key}");
    }
    for place in (0..36).filter(|place| ![8, 13, 14, 18, 19, 23].contains(place)) {
        let digits: BTreeSet<u8> = keys.iter().map(|key| key.as_bytes()[place]).collect();
        assert_eq!(digits.len(), 16, "each digit of place {place} is random");
    }
    world.has_randomness.set(false);
    assert_eq!(code_and_field(new_key(&world)).0, "randomness_unavailable");
    let binding = Binding::new(&world, "cancel_cart", AGENT, None, false);
    assert_eq!(code_and_field(binding.map(|_| ())).0, "randomness_unavailable");
}

#[test]
fn what_may_be_sent_again() {
    let nothing: Option<&Tree> = None;
    let says_it_reads = Tree(json!({ "annotations": { "readOnlyHint": true } }));
    for tool in TOOLS.map(|tool| tool.name) {
        assert_eq!(only_reads(tool, nothing), READS.contains(&tool), "{tool}");
        assert_eq!(only_reads(tool, Some(&says_it_reads)), READS.contains(&tool), "the protocol knows {tool}");
        assert_eq!(is_repeatable(tool, nothing), READS.contains(&tool) || WITH_KEY.contains(&tool), "{tool}");
    }
    assert!(!only_reads("track_parcel", nothing) && only_reads("track_parcel", Some(&says_it_reads)));
    assert!(!is_repeatable("track_parcel", nothing) && is_repeatable("track_parcel", Some(&says_it_reads)));
}
