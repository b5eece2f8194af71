//! The Model Context Protocol: what an answer holds and what a tool's answer means.

pub mod jsonrpc;
pub mod tool;
