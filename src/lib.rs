//! The front door: a map of the rooms, nothing else.
//!
//! Arrows point one way: `js → client → call → session → exchange → (oauth, mcp) → platform → (json, wait, error, words)`.
//! `web` implements [`platform`] and only `js` assembles it. Everything but `web` and `js` is pure: it builds and tests
//! natively, on a fake platform with a clock that tests move.

pub mod call;
pub mod client;
pub mod error;
pub mod exchange;
pub mod json;
pub mod mcp;
pub mod oauth;
pub mod platform;
pub mod session;
pub mod wait;
pub mod words;

#[cfg(target_arch = "wasm32")]
mod js;
#[cfg(target_arch = "wasm32")]
pub mod web;
