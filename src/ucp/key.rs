//! The public half of a signing key, as agents publish it (RFC 7517, RFC 7518 section 6.2).

use crate::error::{Error, Problem, Result};
use crate::json::Value;

/// Members that only whoever signs may know, of every kind of key.
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// What tells one key from another.
const NAMED_BY: [&str; 3] = ["kid", "x", "y"];

/// Refuses a JWK with members that only whoever signs may know.
///
/// Errors: `secret_in_page`, naming the first one.
pub fn refuse_private<V: Value>(jwk: &V) -> Result<()> {
    match PRIVATE.into_iter().find(|member| jwk.kind_of(member).is_some()) {
        Some(member) => Err(Error::at(Problem::PrivateKeyInPage, member)),
        None => Ok(()),
    }
}

/// Whether a published profile holds this very key, in the place of either version: `keys` (2026-08-25) or
/// `signing_keys` (2026-04-08). A key that is not published is not used.
pub fn is_published<V: Value>(profile: &V, key: &V) -> bool {
    let is_same =
        |jwk: &V| NAMED_BY.iter().all(|member| key.text_of(member).is_some_and(|text| jwk.holds(member, &text)));
    ["keys", "signing_keys"].iter().any(|place| {
        let list = profile.get(place);
        (0..).map_while(|index| list.as_ref()?.at(index)).any(|jwk| is_same(&jwk))
    })
}
