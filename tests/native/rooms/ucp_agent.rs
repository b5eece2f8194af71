//! What an agent publishes: its keys and its profile.

use serde_json::{Value as Serde, json};
use shopper_mcp::error::Result;
use shopper_mcp::ucp::agent::document;
use shopper_mcp::ucp::capabilities::Shared;
use shopper_mcp::ucp::key::{PublicKey, is_published};

use crate::support::shop::{code_and_field, refused};
use crate::support::tree::Tree;

/// RFC 9421 appendix B.1.3.
fn jwk() -> Serde {
    json!({
        "kty": "EC",
        "crv": "P-256",
        "kid": "test-key-ecc-p256",
        "x": "qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA",
        "y": "Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0",
    })
}

fn with(key: &str, value: Serde) -> Serde {
    let mut jwk = jwk();
    jwk[key] = value;
    jwk
}

fn read(jwk: Serde) -> Result<Serde> {
    PublicKey::read(&Tree(jwk)).map(|key| Tree::written(&key).0)
}

fn published() -> Serde {
    let mut published = jwk();
    published["use"] = json!("sig");
    published["alg"] = json!("ES256");
    published
}

#[test]
fn a_public_key_and_nothing_else() {
    assert_eq!(read(jwk()).unwrap(), published());
    let exported = json!({ "key_ops": ["verify"], "ext": true, "use": "sig", "alg": "ES256" });
    let mut more = jwk();
    exported.as_object().unwrap().iter().for_each(|(key, value)| more[key] = value.clone());
    assert_eq!(read(more.clone()).unwrap(), published(), "members that nobody asked for are not published");
    assert_eq!(serde_json::from_str::<Serde>(&PublicKey::read(&Tree(more)).unwrap().json()).unwrap(), published());
}

#[test]
fn a_key_without_a_name_is_called_by_its_thumbprint() {
    let named = read(with("kid", json!(null))).unwrap();
    assert_eq!(named["kid"], "ydQXMtvbsOsZyFir-Y7A8t7fKEM1gbKPvyFkdpu4fvI");
}

#[test]
fn a_private_key_is_refused_before_anything_else() {
    for member in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
        for mut jwk in [jwk(), json!({ "kty": "RSA" }), json!({})] {
            jwk[member] = json!("SECRETSECRET");
            let error = refused(read(jwk));
            assert_eq!(error.code().text(), "secret_in_page");
            let sentence = error.sentence();
            assert!(sentence.contains("private half") && sentence.contains(member), "{sentence}");
            assert!(!sentence.contains("SECRET"), "{sentence}");
        }
    }
    assert_eq!(code_and_field(read(with("d", json!(null)))), ("secret_in_page", "d".to_owned()));
}

#[test]
fn keys_that_do_not_verify_es256() {
    for (jwk, field) in [
        (json!(null), ""),
        (json!([]), ""),
        (json!({}), "kty"),
        (with("kty", json!("RSA")), "kty"),
        (with("kty", json!("OKP")), "kty"),
        (with("crv", json!("P-384")), "crv"),
        (with("crv", json!(256)), "crv"),
        (with("use", json!("enc")), "use"),
        (with("alg", json!("ES384")), "alg"),
        (with("key_ops", json!(["sign"])), "key_ops"),
        (with("key_ops", json!("verify")), "key_ops"),
        (with("x", json!(null)), "x"),
        (with("x", json!("AAAA")), "x"),
        (with("y", json!("Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0=")), "y"),
        (with("y", json!("Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0A")), "y"),
        (with("kid", json!("a\nb")), "kid"),
        (with("kid", json!("\u{e9}")), "kid"),
        (with("kid", json!(7)), "kid"),
    ] {
        assert_eq!(code_and_field(read(jwk.clone())), ("option_invalid", field.to_owned()), "{jwk}");
    }
}

#[test]
fn the_document_has_the_keys_where_either_version_looks() {
    let text = document(&Tree(json!({ "version": "2026-08-25", "keys": [jwk()] }))).unwrap();
    let written: Serde = serde_json::from_str(&text).unwrap();
    assert_eq!((&written["keys"], &written["signing_keys"]), (&json!([published()]), &json!([published()])));
    let ucp = &written["ucp"];
    assert_eq!((&ucp["version"], &ucp["payment_handlers"]), (&json!("2026-08-25"), &json!({})));
    assert_eq!(
        ucp["services"]["dev.ucp.shopping"][0],
        json!({
            "version": "2026-08-25",
            "transport": "mcp",
            "spec": "https://ucp.dev/2026-08-25/specification/overview",
            "schema": "https://ucp.dev/2026-08-25/services/shopping/mcp.openrpc.json",
        })
    );
    let capabilities = ucp["capabilities"].as_object().unwrap();
    assert_eq!(capabilities.len(), 8);
    assert_eq!(
        capabilities["dev.ucp.shopping.catalog.search"],
        json!([{
            "version": "2026-08-25",
            "spec": "https://ucp.dev/2026-08-25/specification/catalog/search",
            "schema": "https://ucp.dev/2026-08-25/schemas/shopping/catalog_search.json",
        }])
    );
    assert_eq!(capabilities["dev.ucp.shopping.fulfillment"][0]["extends"], "dev.ucp.shopping.checkout");
    let written = Tree(written);
    let shared = Tree::written(&Shared::of(&written, &written).unwrap()).0;
    assert_eq!(shared.as_object().unwrap().len(), 8, "it fits itself");
}

#[test]
fn a_document_of_what_was_asked_for() {
    let options = json!({
        "version": "2026-04-08",
        "capabilities": ["dev.ucp.shopping.cart", "dev.ucp.shopping.cart", "dev.ucp.shopping.order"],
        "keys": [jwk(), with("kid", json!("the \"next\""))],
    });
    let text = document(&Tree(options)).unwrap();
    assert_eq!(text.matches("dev.ucp.shopping.cart").count(), 1, "a name is there once");
    let written: Serde = serde_json::from_str(&text).unwrap();
    let names: Vec<&String> = written["ucp"]["capabilities"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["dev.ucp.shopping.cart", "dev.ucp.shopping.order"]);
    assert_eq!(written["keys"][1]["kid"], "the \"next\"");
    let without = document(&Tree(json!({ "version": "2026-04-08" }))).unwrap();
    assert_eq!(serde_json::from_str::<Serde>(&without).unwrap()["keys"], json!([]));
}

#[test]
fn a_document_that_nobody_should_host() {
    let version = "2026-08-25";
    for (options, expected) in [
        (json!({}), ("option_invalid", "version")),
        (json!({ "version": "1" }), ("option_invalid", "version")),
        (json!({ "version": version, "capabilities": "all" }), ("option_invalid", "capabilities")),
        (
            json!({ "version": version, "capabilities": ["dev.ucp.shopping.catalog"] }),
            ("option_invalid", "capabilities"),
        ),
        (json!({ "version": version, "keys": jwk() }), ("option_invalid", "keys")),
        (json!({ "version": version, "keys": [jwk(), jwk()] }), ("option_invalid", "kid")),
        (json!({ "version": version, "keys": [jwk(), with("d", json!("SECRET"))] }), ("secret_in_page", "d")),
    ] {
        let (code, field) = code_and_field(document(&Tree(options.clone())));
        assert_eq!((code, field.as_str()), expected, "{options}");
    }
}

#[test]
fn a_key_is_used_where_it_is_published() {
    let key = PublicKey::read(&Tree(jwk())).unwrap();
    for (profile, expected) in [
        (json!({ "keys": [jwk()] }), true),
        (json!({ "signing_keys": [{}, 1, jwk()] }), true),
        (json!({ "keys": [], "signing_keys": [jwk()] }), true),
        (json!({ "ucp": { "keys": [jwk()] } }), false),
        (json!({ "keys": [with("kid", json!("other"))] }), false),
        (json!({ "keys": [with("x", json!("Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0"))] }), false),
        (json!({ "keys": [with("y", json!("qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA"))] }), false),
        (json!({ "keys": jwk() }), false),
        (json!(null), false),
    ] {
        assert_eq!(is_published(&Tree(profile.clone()), &key), expected, "{profile}");
    }
}
