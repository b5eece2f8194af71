//! The synchronous core: it decides and keeps nothing. A map of the rooms.
//!
//! JavaScript waits, fetches, stores and navigates. It asks here before it believes or sends anything: what reads
//! untrusted input, mints a credential or judges an answer is in these rooms.
//!
//! Arrows point one way: `js → (session, call, ucp) → options → (oauth, mcp) → platform → (json, error, words)`, and
//! `ucp → call`.
//! `web` implements [`platform`] and only `js` uses it. Everything but `web` and `js` is pure: it builds and tests
//! natively, on a fake platform.

#![no_std]

extern crate alloc;
#[cfg(any(test, feature = "std", not(target_arch = "wasm32")))]
extern crate std;

pub mod call;
pub mod error;
pub mod json;
pub mod mcp;
pub mod oauth;
pub mod options;
pub mod platform;
pub mod session;
pub mod ucp;
pub mod words;

#[cfg(target_arch = "wasm32")]
mod js;
#[cfg(target_arch = "wasm32")]
pub mod web;
