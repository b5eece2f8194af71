//! The options of a page that calls as an agent, as the room of the customer sees them.

use serde_json::{Value as Serde, json};
use shopper_mcp::error::{Problem, Result};
use shopper_mcp::options::Settings;
use shopper_mcp::ucp::setup::OPTIONS;

use super::ucp_setup::{AUGUST, HIDDEN, PROFILE};
use crate::support::shop::{code_and_field, options_with, refused};
use crate::support::tree::Tree;
use crate::support::world::World;

fn settings(options: Serde, others: &[&str]) -> Result<Settings> {
    Settings::read(&World::new(), &Tree(options), true, others)
}

fn agent() -> Serde {
    json!({ "profiles": { AUGUST: PROFILE } })
}

#[test]
fn an_agent_needs_no_client() {
    let read = settings(json!({ "shop": "shop.example", "agent": agent() }), &OPTIONS).unwrap();
    assert_eq!(
        (read.shop.as_str(), read.client_id.as_str(), read.redirect_uri.as_str()),
        ("https://shop.example", "", "")
    );
    let read = settings(options_with(json!({ "agent": agent() })), &OPTIONS).unwrap();
    assert_eq!(read.client_id, "client-1", "it may have one");
    for (options, field) in [
        (json!({ "shop": "shop.example", "agent": agent(), "clientId": "client-1" }), "redirectUri"),
        (json!({ "shop": "shop.example", "agent": agent(), "redirectUri": "https://shop.example/" }), "clientId"),
        (json!({ "shop": "shop.example", "agent": null }), "clientId"),
        (json!({ "shop": "shop.example", "proxy": "/p" }), "clientId"),
        (json!({ "agent": agent() }), "shop"),
    ] {
        assert_eq!(code_and_field(settings(options, &OPTIONS)), ("option_invalid", field.to_owned()));
    }
}

#[test]
fn options_of_another_room_are_known_where_it_is_there() {
    for (name, value) in
        [("agent", agent()), ("proxy", json!("/p")), ("ucpEndpoint", json!("/mcp")), ("catalog", json!({}))]
    {
        let options = options_with(json!({ name: value }));
        assert!(settings(options.clone(), &OPTIONS).is_ok(), "{name}");
        let error = refused(settings(options, &[]));
        assert_eq!(error.fault().problem, Problem::OptionUnknown, "the customer's entry has no `{name}`");
        assert_eq!(error.fault().field.as_deref(), Some(name));
    }
    for name in ["agents", "Proxy", "ucp", "catalogs"] {
        let unknown = code_and_field(settings(options_with(json!({ name: "x" })), &OPTIONS));
        assert_eq!(unknown, ("option_invalid", name.to_owned()));
    }
    let secret = json!({ "shop": "shop.example", "agent": agent(), "clientSecret": HIDDEN });
    assert_eq!(code_and_field(settings(secret, &OPTIONS)), ("secret_in_page", "clientSecret".to_owned()));
}
