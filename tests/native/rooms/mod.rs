//! The pure rooms, one by one.

mod error;
mod json;
mod mcp;
mod oauth;
mod options;
mod secrets;
mod session;
mod wait;
