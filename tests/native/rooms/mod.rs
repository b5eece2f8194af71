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
mod ucp_answer;
mod ucp_endpoints;
mod ucp_hostile;
mod ucp_idempotency;
mod ucp_key;
mod ucp_options;
mod ucp_profile;
mod ucp_setup;
mod ucp_signature;
mod ucp_signer;
mod ucp_tier;
