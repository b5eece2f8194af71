//! OAuth 2.0 and OpenID Connect for a public client: pure, nothing here touches the network.

pub mod authorize;
pub mod base64url;
pub mod callback;
pub mod discovery;
pub mod id_token;
pub mod pkce;
pub mod query;
pub mod token;

/// Scope of the Customer Accounts MCP server: the default, and nothing more.
pub const CUSTOMER_MCP_SCOPE: &str = "customer-account-mcp-api:full";

/// Whether a scope string asks for an ID token.
#[must_use]
pub fn asks_for_id_token(scope: &str) -> bool {
    scope.as_bytes().split(|byte| *byte == b' ').any(|word| word == b"openid")
}
