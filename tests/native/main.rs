//! The pure rooms, one by one, on a fake platform.

#![cfg(not(target_arch = "wasm32"))]
// Here a panic is how a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod rooms;
mod support;
