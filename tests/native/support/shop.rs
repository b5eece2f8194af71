//! What a page configures, what its shop answers, and what comes of it.

use serde_json::{Value as Serde, json};
use shopper_mcp::error::{Error, Result};
use shopper_mcp::oauth::authorize::Wishes;
use shopper_mcp::oauth::base64url;
use shopper_mcp::oauth::discovery::Login;
use shopper_mcp::options::Target;
use shopper_mcp::session::pending::Pending;

use super::tree::Tree;
use super::world::World;

pub const CLIENT: &str = "client-1";
pub const ACCOUNT_PAGE: &str = "https://shop.example/pages/account";
pub const ISSUER: &str = "https://shopify.com/authentication/1234";
pub const AUTHORIZATION_ENDPOINT: &str = "https://shopify.com/authentication/1234/oauth/authorize";
pub const TOKEN_ENDPOINT: &str = "https://shopify.com/authentication/1234/oauth/token";
pub const KEYS_ENDPOINT: &str = "https://shopify.com/authentication/1234/.well-known/jwks.json";
pub const LOGOUT_ENDPOINT: &str = "https://shopify.com/authentication/1234/logout";

/// Options of a shop with `openid`, so that it is known who signs in.
pub fn options() -> Serde {
    json!({
        "shop": "shop.example",
        "clientId": CLIENT,
        "redirectUri": ACCOUNT_PAGE,
        "scope": "openid customer-account-mcp-api:full",
    })
}

/// The same with some others.
pub fn options_with(more: Serde) -> Serde {
    let mut options = options();
    for (key, value) in more.as_object().expect("an object") {
        options[key] = value.clone();
    }
    options
}

/// The shop's `openid-configuration`.
pub fn login_document() -> Serde {
    json!({
        "issuer": ISSUER,
        "authorization_endpoint": AUTHORIZATION_ENDPOINT,
        "token_endpoint": TOKEN_ENDPOINT,
        "jwks_uri": KEYS_ENDPOINT,
        "end_session_endpoint": LOGOUT_ENDPOINT,
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    })
}

/// The page's configured shop.
pub fn target(world: &World, options: Serde) -> Box<Target<Tree>> {
    Target::read(world, &Tree(options)).expect("options")
}

/// Where the shop signs in, read from its document.
pub fn read_login(world: &World, document: Serde) -> Result<Box<Login>> {
    Login::read(world, &Tree(document), &target(world, options()).policy())
}

/// Begins a login without wishes.
pub fn begin(world: &World, login: Box<Login>) -> Result<Pending> {
    let nothing = Tree(json!({}));
    Pending::begin(world, target(world, options()), login, &Wishes::read(&nothing)?, "sm1r.")
}

/// A login that has just begun.
pub fn pending(world: &World) -> Box<Pending> {
    let login = read_login(world, login_document()).expect("a login server");
    Box::new(begin(world, login).expect("a login"))
}

/// An ID token that nobody signed.
pub fn id_token(header: &Serde, claims: &Serde) -> String {
    let part = |value: &Serde| base64url::encode(value.to_string().as_bytes());
    format!("{}.{}.AAAA", part(header), part(claims))
}

/// The stable code of a failure.
#[track_caller]
pub fn code<T>(outcome: Result<T>) -> &'static str {
    refused(outcome).code().text()
}

/// The stable code and the field of a failure.
#[track_caller]
pub fn code_and_field<T>(outcome: Result<T>) -> (&'static str, String) {
    let error = refused(outcome);
    (error.code().text(), error.fault().field.clone().unwrap_or_default().into_owned())
}

/// The failure.
#[track_caller]
pub fn refused<T>(outcome: Result<T>) -> Error {
    match outcome {
        Ok(_) => panic!("this should have failed"),
        Err(error) => error,
    }
}
