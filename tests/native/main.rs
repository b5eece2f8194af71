//! The pure rooms, and whole flows through them, on a fake platform whose clock the tests move.

#![cfg(not(target_arch = "wasm32"))]
// Here a panic is how a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod flows;
mod rooms;
mod support;
