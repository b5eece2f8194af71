//! Who signs a page's requests: somebody else, or keys of this browser whose private half nobody can export.

use serde_json::{Value as Serde, json};

use super::ucp_setup::{HIDDEN, accepted, agent, refusal};

const PEM: &str = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEH\n-----END PRIVATE KEY-----\n";
const SECRET_NAMES: [&str; 6] = ["clientSecret", "SECRET", "private", "privatekey", "private_key_pem", "keyPassword"];
const PRIVATE_MEMBERS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

fn invalid(field: &str) -> (&'static str, String) {
    ("option_invalid", field.to_owned())
}

fn secret(field: &str) -> (&'static str, String) {
    ("secret_in_page", field.to_owned())
}

fn remote() -> Serde {
    json!({ "kid": "key-1", "sign": {} })
}

fn public() -> Serde {
    json!({ "kty": "EC", "crv": "P-256", "kid": "key-1", "x": "A".repeat(43), "y": "A".repeat(43) })
}

/// A `CryptoKey` has no members of its own, just as a function.
fn key() -> Serde {
    json!({ "kid": "key-1", "publicJwk": public(), "privateKey": {} })
}

fn with(mut object: Serde, member: &str, value: Serde) -> Serde {
    object[member] = value;
    object
}

/// A wrong key, alone and in both places of a list.
#[track_caller]
fn refused_wherever(wrong: &Serde, expected: &(&'static str, String)) {
    for signer in [wrong.clone(), json!([wrong]), json!([key(), wrong])] {
        assert_eq!(refusal(agent("signer", signer.clone())), *expected, "{signer}");
    }
}

/// Whether a signer signs, and whether there is a key, is not seen here.
#[test]
fn what_holds_no_secret() {
    for signer in [
        json!(null),
        json!({}),
        json!([]),
        remote(),
        with(remote(), "key_ops", json!(["sign"])),
        key(),
        with(key(), "privateKey", json!(null)),
        json!({ "publicJwk": public() }),
        json!([key()]),
        json!([key(), key(), key()]),
    ] {
        accepted(agent("signer", signer));
    }
}

#[test]
fn what_is_no_object() {
    for item in [json!(PEM), json!("key-1"), json!(""), json!(7), json!(true), json!(null), json!([key()])] {
        assert_eq!(refusal(agent("signer", json!([item]))), invalid(""), "{item}");
        assert_eq!(refusal(agent("signer", json!([key(), item]))), invalid(""), "{item}");
        if !item.is_array() && !item.is_null() {
            assert_eq!(refusal(agent("signer", item.clone())), invalid(""), "{item}");
        }
    }
}

#[test]
fn secrets_by_their_names() {
    for name in SECRET_NAMES {
        assert_eq!(refusal(agent("signer", with(remote(), name, json!(HIDDEN)))), secret(name));
        refused_wherever(&with(key(), name, json!(HIDDEN)), &secret(name));
    }
    for half in [json!(HIDDEN), json!(PEM), public()] {
        assert_eq!(refusal(agent("signer", with(remote(), "privateKey", half))), secret("privateKey"));
    }
}

#[test]
fn private_members_of_a_jwk() {
    for member in PRIVATE_MEMBERS {
        assert_eq!(refusal(agent("signer", with(remote(), member, json!(HIDDEN)))), secret(member));
        assert_eq!(refusal(agent("signer", with(public(), member, json!(HIDDEN)))), secret(member), "a bare JWK");
        refused_wherever(&with(key(), "publicJwk", with(public(), member, json!(HIDDEN))), &secret(member));
    }
}

/// Beside the halves, and where a list has private JWKs in the place of keys.
#[test]
fn private_members_beside_the_halves() {
    for member in PRIVATE_MEMBERS {
        refused_wherever(&with(key(), member, json!(HIDDEN)), &secret(member));
        for signer in [json!([with(public(), member, json!(HIDDEN))]), json!([key(), { member: HIDDEN }])] {
            assert_eq!(refusal(agent("signer", signer.clone())), secret(member), "{signer}");
        }
    }
}

#[test]
fn a_private_half_that_somebody_exported() {
    for half in [
        json!(PEM),
        json!("MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEH"),
        with(public(), "d", json!(HIDDEN)),
        json!({ "extractable": true }),
        json!([48, 129, 135]),
        json!([]),
        json!(7),
        json!(true),
    ] {
        refused_wherever(&with(key(), "privateKey", half), &secret("privateKey"));
    }
}
