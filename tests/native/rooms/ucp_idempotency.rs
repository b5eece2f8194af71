//! What may be sent again.

use serde_json::json;
use shopper_mcp::ucp::idempotency::{Repeatable, repeatable};
use shopper_mcp::ucp::tools::TOOLS;

use crate::support::tree::Tree;

const WITH_KEY: [&str; 3] = ["cancel_cart", "complete_checkout", "cancel_checkout"];
const READS: [&str; 6] = ["search_catalog", "lookup_catalog", "get_product", "get_cart", "get_checkout", "get_order"];

#[test]
fn by_a_key_that_goes_with_three_tools_or_since_it_only_reads() {
    let says_it_reads = Tree(json!({ "annotations": { "readOnlyHint": true } }));
    let says_it_writes = Tree(json!({ "annotations": { "readOnlyHint": false, "idempotentHint": true } }));
    for tool in TOOLS.map(|tool| tool.name) {
        let expected = match tool {
            _ if WITH_KEY.contains(&tool) => Repeatable::ByKey,
            _ if READS.contains(&tool) => Repeatable::Reads,
            _ => Repeatable::No,
        };
        for listed in [None, Some(&says_it_reads), Some(&says_it_writes)] {
            assert_eq!(repeatable(tool, listed), expected, "the protocol knows {tool}");
        }
    }
    for tool in ["track_parcel", "search_shop_policies_and_faqs", "", "CANCEL_CART", "get_cart "] {
        assert_eq!(repeatable::<Tree>(tool, None), Repeatable::No, "{tool:?}");
        assert_eq!(repeatable(tool, Some(&says_it_writes)), Repeatable::No, "{tool:?}");
        assert_eq!(repeatable(tool, Some(&says_it_reads)), Repeatable::Reads, "{tool:?}");
    }
}

/// The shell knows them by these numbers.
#[test]
fn numbers() {
    assert_eq!([Repeatable::No, Repeatable::Reads, Repeatable::ByKey].map(|one| one as u8), [0, 1, 2]);
}
