//! What makes a call the same call.

use std::collections::BTreeSet;

use serde_json::json;
use shopper_mcp::error::Result;
use shopper_mcp::ucp::idempotency::{is_repeatable, key_of, new_key, only_reads, takes_key};
use shopper_mcp::ucp::tools::TOOLS;

use crate::support::shop::code_and_field;
use crate::support::tree::Tree;
use crate::support::world::World;

const KEY: &str = "8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d6e";
const WITH_KEY: [&str; 3] = ["cancel_cart", "complete_checkout", "cancel_checkout"];
const READS: [&str; 6] = ["search_catalog", "lookup_catalog", "get_product", "get_cart", "get_checkout", "get_order"];

fn key(tool: &str, known: Option<&str>) -> Result<Option<String>> {
    key_of(&World::new(), tool, known.map(str::to_owned))
}

#[test]
fn a_key_goes_with_three_tools() {
    for tool in TOOLS.map(|tool| tool.name).into_iter().chain(["search_shop_policies_and_faqs", "", "CANCEL_CART"]) {
        assert_eq!(key(tool, None).unwrap().is_some(), WITH_KEY.contains(&tool), "{tool}");
        assert_eq!(takes_key(tool), WITH_KEY.contains(&tool), "{tool}");
    }
}

#[test]
fn a_retry_has_the_same_key() {
    for tool in WITH_KEY {
        for known in [KEY, &KEY.to_uppercase(), "00000000-0000-0000-0000-000000000000"] {
            assert_eq!(key(tool, Some(known)).unwrap().as_deref(), Some(known), "{tool}");
        }
    }
    let refused = ("option_invalid", "idempotencyKey".to_owned());
    for known in [
        "",
        "1",
        "8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d6",
        "8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d6e0",
        "8b7c6a5201a6a04b5e09c8e01f2a3b4c5d6e",
        "8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d6\n",
        "8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d6g",
        "8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d\u{e9}",
        "{8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d}",
    ] {
        assert_eq!(code_and_field(key("complete_checkout", Some(known))), refused, "{known:?}");
    }
    for tool in TOOLS.map(|tool| tool.name).into_iter().filter(|tool| !WITH_KEY.contains(tool)).chain(["x"]) {
        assert_eq!(code_and_field(key(tool, Some(KEY))), refused, "{tool} takes none");
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
    assert_eq!(code_and_field(key_of(&world, "cancel_cart", None)).0, "randomness_unavailable");
    assert_eq!(key_of(&world, "cancel_cart", Some(KEY.into())).unwrap().as_deref(), Some(KEY), "nothing is made up");
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
