//! The Universal Commerce Protocol over MCP: what a page and a shop's server share, who may call what, how a call is
//! bound to its agent, what is signed, and what the answers mean. Versions 2026-04-08 and 2026-08-25.

pub mod answer;
pub mod idempotency;
pub mod key;
pub mod profile;
pub mod setup;
pub mod signature;
pub mod tier;
pub mod tools;
