//! What makes a call the same call (UCP, MCP binding: "Idempotency"): a key in `arguments.meta["idempotency-key"]` of
//! exactly those that must not happen twice.

use alloc::string::String;

use super::tools::{Effect, find};
use crate::error::{Error, Problem, Result, Subject};
use crate::json::Value;
use crate::mcp::tool;
use crate::platform::Platform;

/// The key of a call of `tool`, or `None` where the tool takes none. `known` is that of a call which was made before: a
/// retry sends the same bytes with the same key, a changed call takes a new one.
///
/// Errors: `option_invalid`, `randomness_unavailable`.
pub fn key_of(platform: &impl Platform, tool: &str, known: Option<String>) -> Result<Option<String>> {
    match (takes_key(tool), known) {
        (true, Some(key)) if is_uuid(&key) => Ok(Some(key)),
        (true, Some(_)) => Err(refusal(Problem::IdempotencyKeyInvalid)),
        (true, None) => new_key(platform).map(Some),
        (false, Some(_)) => Err(refusal(Problem::IdempotencyKeyUnused)),
        (false, None) => Ok(None),
    }
}

fn refusal(problem: Problem) -> Error {
    Error::shape(problem, Subject::CallOptions, Some("idempotencyKey"))
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

/// The two hexadecimal digits of a byte, lower case.
fn hex(byte: u8) -> [char; 2] {
    [byte >> 4, byte & 15].map(|nibble| char::from(if nibble < 10 { b'0' + nibble } else { b'a' - 10 + nibble }))
}

/// Whether this is a UUID in its text form (RFC 9562 section 4), of any version.
fn is_uuid(text: &str) -> bool {
    let fits = |(index, byte): (usize, u8)| match index {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(fits)
}
