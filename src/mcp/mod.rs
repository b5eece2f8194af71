//! The Model Context Protocol over one POST: JSON-RPC envelopes, event-stream answers, tools and their errors. Pure.

pub mod event_stream;
pub mod jsonrpc;
pub mod tool;
