//! The synchronous core.

pub mod error;
pub mod json;
