//! The public half of a signing key, as agents publish it (RFC 7517, RFC 7518 section 6.2).

use crate::error::{Error, Problem, Result};
use crate::json::Value;

/// Members that only whoever signs may know, of every kind of key.
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// Refuses a JWK with members that only whoever signs may know.
///
/// Errors: `secret_in_page`, naming the first one.
pub fn refuse_private<V: Value>(jwk: &V) -> Result<()> {
    match PRIVATE.into_iter().find(|member| jwk.kind_of(member).is_some()) {
        Some(member) => Err(Error::at(Problem::PrivateKeyInPage, member)),
        None => Ok(()),
    }
}
