//! The pure rooms, one by one.

mod answer;
mod callback;
mod discovery;
mod error;
mod id_token;
mod json;
mod mcp;
mod oauth;
mod options;
mod secrets;
mod session;
