//! What may be sent again when nobody knows what became of it (RFC 9110 section 9.2.2; UCP, MCP binding: "Idempotency").

use super::tools::{Effect, find};
use crate::json::Value;
use crate::mcp::tool;

/// Whether the same bytes may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Repeatable {
    /// They might do it twice.
    No,
    /// They change nothing.
    Reads,
    /// They carry a key in `arguments.meta["idempotency-key"]`, by which a server knows a call that it has seen. Schemas
    /// are closed: the key is nowhere else.
    ByKey,
}

/// What holds for a tool. One that the protocol does not know goes by its entry in the server's list.
pub fn repeatable<V: Value>(tool: &str, listed: Option<&V>) -> Repeatable {
    match find(tool).map(|tool| tool.effect) {
        Some(Effect::WritesOnce) => Repeatable::ByKey,
        Some(Effect::Reads) => Repeatable::Reads,
        None if tool::only_reads(tool, listed) => Repeatable::Reads,
        _ => Repeatable::No,
    }
}
