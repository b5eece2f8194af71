//! How a call is bound to its agent (UCP, MCP binding): the profile in `arguments.meta["ucp-agent"].profile` of every
//! call, and a key in `arguments.meta["idempotency-key"]` of exactly those that must not happen twice.

use alloc::string::String;

use super::profile::is_profile_url;
use super::text::{hex, quoted};
use super::tools::{Effect, find};
use crate::error::{Error, Problem, Result, Subject};
use crate::json::{Object, Value, Write};
use crate::mcp::tool;
use crate::platform::Platform;
use crate::words::join;

/// What binds one call. A retry sends the same bytes with the same key; a changed call takes a new one.
pub struct Binding<'a> {
    profile: &'a str,
    /// Goes into the header `Idempotency-Key` too, where the call is signed.
    pub idempotency_key: Option<String>,
}

impl Write for Binding<'_> {
    fn write(&self, object: &mut impl Object) {
        object.text("meta", Some(&self.meta()));
        object.text("idempotencyKey", self.idempotency_key.as_deref());
    }
}

impl<'a> Binding<'a> {
    /// Binds a call of `tool` to the agent's profile. `key` is the page's own, for a call that it made before; without
    /// one there is a fresh one where the tool takes any.
    ///
    /// Errors: `option_invalid`, `randomness_unavailable`.
    pub fn new(
        platform: &impl Platform,
        tool: &str,
        profile: &'a str,
        key: Option<String>,
        loopback: bool,
    ) -> Result<Self> {
        if !is_profile_url(platform, profile, loopback) {
            return Err(refusal(Problem::ProfileUrlInvalid, "ucp-agent"));
        }
        let idempotency_key = match (takes_key(tool), key) {
            (true, Some(key)) if is_uuid(&key) => Some(key),
            (true, Some(_)) => return Err(refusal(Problem::IdempotencyKeyInvalid, "idempotency-key")),
            (true, None) => Some(new_key(platform)?),
            (false, Some(_)) => return Err(refusal(Problem::IdempotencyKeyUnused, "idempotency-key")),
            (false, None) => None,
        };
        Ok(Self { profile, idempotency_key })
    }

    /// `arguments.meta`, as JSON.
    #[must_use]
    pub fn meta(&self) -> String {
        let agent = join(&["{\"ucp-agent\":{\"profile\":", &quoted(self.profile), "}"]);
        match &self.idempotency_key {
            Some(key) => join(&[&agent, ",\"idempotency-key\":", &quoted(key), "}"]),
            None => join(&[&agent, "}"]),
        }
    }
}

fn refusal(problem: Problem, field: &'static str) -> Error {
    Error::shape(problem, Subject::UcpCall, Some(field))
}

/// Whether a tool takes an idempotency key. Schemas are closed: the key is nowhere else.
#[must_use]
pub fn takes_key(tool: &str) -> bool {
    find(tool).is_some_and(|tool| tool.effect == Effect::WritesOnce)
}

/// Whether a call of this tool changes nothing. What the protocol does not know goes by the server's list.
pub fn only_reads<V: Value>(tool: &str, listed: Option<&V>) -> bool {
    match find(tool) {
        Some(tool) => tool.effect == Effect::Reads,
        None => tool::only_reads(tool, listed),
    }
}

/// Whether the same bytes may be sent again when nobody knows what became of them (RFC 9110 section 9.2.2).
pub fn is_repeatable<V: Value>(tool: &str, listed: Option<&V>) -> bool {
    takes_key(tool) || only_reads(tool, listed)
}

/// A random UUID (RFC 9562 section 5.4): 122 random bits.
///
/// Errors: `randomness_unavailable`.
pub fn new_key(platform: &impl Platform) -> Result<String> {
    let random = platform.random()?;
    let mut key = String::new();
    for (index, byte) in random.into_iter().take(16).enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            key.push('-');
        }
        key.extend(hex(match index {
            6 => byte & 0x0f | 0x40,
            8 => byte & 0x3f | 0x80,
            _ => byte,
        }));
    }
    Ok(key)
}

/// Whether this is a UUID in its text form (RFC 9562 section 4), of any version.
fn is_uuid(text: &str) -> bool {
    let fits = |(index, byte): (usize, u8)| match index {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(fits)
}
