//! Endpoints of a page's own, and which catalog it searches.

use serde_json::{Value as Serde, json};

use super::ucp_setup::{AUGUST, HIDDEN, PROFILE, accepted, refusal};

fn invalid(field: &str) -> (&'static str, String) {
    ("option_invalid", field.to_owned())
}

/// The options of an agent, and this one beside it.
fn beside(option: &str, value: Serde) -> Serde {
    json!({ "agent": { "profiles": { AUGUST: PROFILE } }, option: value })
}

fn catalog(member: &str, value: Serde) -> Serde {
    beside("catalog", json!({ member: value }))
}

#[test]
fn an_endpoint_is_https_or_of_this_origin() {
    for (given, endpoint) in [
        ("/api/ucp/mcp", "https://shop.example/api/ucp/mcp"),
        ("https://shop.myshopify.com/api/ucp/mcp?a=b", "https://shop.myshopify.com/api/ucp/mcp?a=b"),
    ] {
        assert_eq!(accepted(beside("ucpEndpoint", json!(given)))["endpoint"], endpoint);
        assert_eq!(accepted(catalog("endpoint", json!(given)))["catalogEndpoint"], endpoint);
    }
    for (given, code) in [
        (json!("http://shop.example/mcp"), "endpoint_not_secure"),
        (json!("http://127.0.0.1/mcp"), "endpoint_not_secure"),
        (json!("https://user:word@shop.example/"), "endpoint_not_secure"),
        (json!("/api/ucp/mcp#a"), "endpoint_not_secure"),
        (json!("javascript:alert(1)"), "endpoint_not_secure"),
        (json!("https://"), "option_invalid"),
        (json!(7), "option_invalid"),
        (json!(["/mcp"]), "option_invalid"),
    ] {
        assert_eq!(refusal(beside("ucpEndpoint", given.clone())), (code, "ucpEndpoint".to_owned()), "{given}");
        assert_eq!(refusal(catalog("endpoint", given.clone())), (code, "endpoint".to_owned()), "{given}");
    }
    for (option, member) in [("ucpEndpoint", "endpoint"), ("catalog", "catalogEndpoint")] {
        assert_eq!(accepted(beside(option, json!(null))).get(member), None);
    }
}

#[test]
fn which_catalog_is_searched() {
    for server in [json!("shop"), json!("global"), json!("discover"), json!(null), json!("")] {
        accepted(catalog("server", server.clone()));
        assert_eq!(accepted(json!({ "catalog": { "server": server } })), json!({}), "also without an agent");
    }
    for server in [json!("Global"), json!("shops"), json!("all-of-them"), json!(1), json!(["shop"])] {
        assert_eq!(refusal(catalog("server", server.clone())), invalid("server"), "{server}");
        assert_eq!(refusal(json!({ "catalog": { "server": server } })), invalid("server"));
    }
    for value in [json!("global"), json!(["global"]), json!(7), json!(true)] {
        assert_eq!(refusal(beside("catalog", value)), invalid(""));
    }
    for name in ["servers", "url", "Endpoint", "__proto__", ""] {
        assert_eq!(refusal(catalog(name, json!(HIDDEN))), invalid(name));
    }
    for name in ["clientSecret", "apiPassword", "privateKey"] {
        let wrong = json!({ "server": "all-of-them", name: HIDDEN });
        assert_eq!(refusal(beside("catalog", wrong)), ("secret_in_page", name.to_owned()));
    }
}

#[test]
fn a_catalogs_token_is_in_no_page() {
    for given in [json!({}), json!(null)] {
        accepted(catalog("token", given));
    }
    for text in ["opaque-token", "shpss_0123456789abcdef", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.AAAA", ""] {
        assert_eq!(refusal(catalog("token", json!(text))), ("secret_in_page", "token".to_owned()), "{text:?}");
    }
    let proxied = json!({ "proxy": "/proxy", "catalog": { "server": "discover", "token": {} } });
    assert_eq!(refusal(proxied), invalid("token"), "the proxy adds its own");
}
