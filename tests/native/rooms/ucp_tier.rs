//! The table of the tiers, cell by cell.

use shopper_mcp::ucp::tier::{Server, Tier, check, explain, named};
use shopper_mcp::ucp::tools::TOOLS;

use crate::support::shop::{code_and_field, refused};

const TIERS: [Tier; 3] = [Tier::Anonymous, Tier::Signed, Tier::Token];

fn may(tier: Tier, tool: &str, scope: Option<&str>) -> bool {
    check(Server::Shop, tier, tool, scope).is_ok()
}

#[test]
fn every_cell_at_a_shop() {
    for tool in TOOLS.map(|tool| tool.name) {
        for tier in TIERS {
            let expected = !matches!(tool, "complete_checkout" | "get_order") || tier == Tier::Token;
            assert_eq!(may(tier, tool, None), expected, "{tool} {tier:?}");
        }
    }
}

#[test]
fn orders_go_by_the_scope_where_it_is_known() {
    for (scope, expected) in [
        (None, true),
        (Some(""), false),
        (Some("read_global_api_orders"), true),
        (Some("a read_global_api_orders b"), true),
        (Some("read_global_api_orders_x"), false),
        (Some("READ_GLOBAL_API_ORDERS"), false),
        (Some("read_orders"), false),
    ] {
        assert_eq!(may(Tier::Token, "get_order", scope), expected, "{scope:?}");
        assert!(!may(Tier::Signed, "get_order", scope), "a scope is a token's");
        assert!(may(Tier::Token, "complete_checkout", scope), "only the server knows what was granted");
    }
}

#[test]
fn what_is_not_in_the_table_is_allowed() {
    for tier in TIERS {
        for tool in ["search_shop_policies_and_faqs", "", "COMPLETE_CHECKOUT", "complete_checkout "] {
            assert!(may(tier, tool, Some("")), "{tool}");
        }
        for tool in TOOLS.map(|tool| tool.name) {
            assert!(check(Server::GlobalCatalog, tier, tool, Some("")).is_ok(), "{tool}");
            let expected = if tier == Tier::Token { "refuses the token" } else { "wants a token" };
            assert!(explain(Server::GlobalCatalog, tier, tool).sentence().contains(expected), "live servers differ");
        }
    }
}

#[test]
fn the_former_catalog_takes_a_token_for_everything() {
    let scope = "read_global_api_catalog_search";
    for tool in ["search_global_products", "get_global_product_details", "search_catalog", "tools/list", ""] {
        for (tier, granted, expected) in [
            (Tier::Anonymous, None, Some("tier_insufficient")),
            (Tier::Signed, Some(scope), Some("tier_insufficient")),
            (Tier::Token, Some(""), Some("scope_missing")),
            (Tier::Token, Some("read_global_api_catalog_search_x"), Some("scope_missing")),
            (Tier::Token, Some("read_global_api_orders read_global_api_catalog_search"), None),
            (Tier::Token, None, None),
        ] {
            let refusal = check(Server::Discover, tier, tool, granted).err();
            assert_eq!(refusal.as_ref().map(|error| error.code().text()), expected, "{tool} {tier:?} {granted:?}");
            let told = explain(Server::Discover, tier, tool).sentence();
            assert!(told.contains(scope) && refusal.is_none_or(|error| error.sentence() == told), "{told}");
        }
    }
}

#[test]
fn a_refusal_says_what_would_allow_it() {
    for (tier, tool, scope, part) in [
        (Tier::Anonymous, "complete_checkout", None, "continueUrl"),
        (Tier::Signed, "complete_checkout", None, "configure `token`"),
        (Tier::Signed, "get_order", None, "configure `token`"),
        (Tier::Token, "get_order", Some(""), "read_global_api_orders"),
    ] {
        let error = refused(check(Server::Shop, tier, tool, scope));
        let code = if tier == Tier::Token { "scope_missing" } else { "tier_insufficient" };
        assert_eq!(error.code().text(), code);
        let sentence = error.sentence();
        assert!(sentence.contains(part) && sentence.contains(&format!("`{tool}`")), "{sentence}");
        assert_eq!(explain(Server::Shop, tier, tool).sentence(), sentence);
    }
    assert!(explain(Server::Shop, Tier::Token, "complete_checkout").sentence().contains("was granted"));
    assert!(explain(Server::Shop, Tier::Anonymous, "create_checkout").sentence().contains("`create_checkout`"));
}

#[test]
fn names() {
    assert_eq!(
        ["anonymous", "signed", "token", "Token", ""].map(Tier::named).map(|tier| tier.is_some()),
        [true, true, true, false, false]
    );
    assert_eq!(Tier::named("signed"), Some(Tier::Signed));
    assert_eq!((Server::named("shop"), Server::named("catalog")), (Some(Server::Shop), Some(Server::GlobalCatalog)));
    assert_eq!((Server::named("discover"), Server::named("global")), (Some(Server::Discover), None));
    assert_eq!(named("shop", "signed").unwrap(), (Server::Shop, Tier::Signed));
    assert_eq!(code_and_field(named("global", "signed")), ("option_invalid", "server".into()));
    assert_eq!(code_and_field(named("shop", "Signed")), ("option_invalid", "tier".into()));
}
