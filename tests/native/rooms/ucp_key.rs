//! The private half of a signing key.

use serde_json::{Value as Serde, json};
use shopper_mcp::ucp::key::refuse_private;

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

#[test]
fn a_private_half_is_refused_by_its_name() {
    for member in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
        for mut jwk in [jwk(), json!({ "kty": "RSA" }), json!({})] {
            for value in [json!("SECRETSECRET"), json!([]), json!({}), json!(0), json!(null)] {
                jwk[member] = value;
                let error = refused(refuse_private(&Tree(jwk.clone())));
                assert_eq!(error.code().text(), "secret_in_page");
                let sentence = error.sentence();
                assert!(sentence.contains("private half") && sentence.contains(member), "{sentence}");
                assert!(!sentence.contains("SECRET"), "{sentence}");
            }
        }
    }
    let both = Tree(json!({ "k": "SECRET", "d": "SECRET" }));
    assert_eq!(code_and_field(refuse_private(&both)), ("secret_in_page", "d".to_owned()), "the first one is named");
    for harmless in [jwk(), with("key_ops", json!(["verify"])), json!({ "D": 1 }), json!(null), json!("d")] {
        assert!(refuse_private(&Tree(harmless.clone())).is_ok(), "{harmless}");
    }
}
