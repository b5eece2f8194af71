//! The authorization request (RFC 6749 section 4.1.1, RFC 7636 section 4.3, OpenID Connect Core section 3.1.2.1).

use super::discovery::query_holds;
use super::query;
use crate::error::{Code, Error, Result};

/// What a page may say about one sign-in. None of it can replace a protocol parameter.
#[derive(Clone, Default)]
pub struct Wishes {
    /// Language of the sign-in page.
    pub locale: Option<String>,
    /// ISO 3166-1 alpha-2 country.
    pub region_country: Option<String>,
    /// E-mail address to fill in.
    pub login_hint: Option<String>,
    /// `submit`
    pub login_hint_mode: Option<String>,
    /// `none` or `login`
    pub prompt: Option<String>,
    /// For instance `provider:google`.
    pub acr_values: Option<String>,
}

/// The protocol half of the request.
pub struct Request<'a> {
    /// From discovery; its own query is kept.
    pub authorization_endpoint: &'a str,
    /// The public client.
    pub client_id: &'a str,
    /// The configured constant.
    pub redirect_uri: &'a str,
    /// Space-separated.
    pub scope: &'a str,
    /// Bound to this browser, unique.
    pub state: &'a str,
    /// S256 of the verifier.
    pub code_challenge: &'a str,
    /// Only with `openid`.
    pub nonce: Option<&'a str>,
}

/// The URL to send the browser to.
///
/// Errors: `discovery_invalid` when the endpoint's own query holds a parameter of the request.
pub fn authorization_url(request: &Request<'_>, wishes: &Wishes) -> Result<String> {
    let parameters = [
        ("client_id", Some(request.client_id)),
        ("response_type", Some("code")),
        ("redirect_uri", Some(request.redirect_uri)),
        ("scope", Some(request.scope)),
        ("state", Some(request.state)),
        ("code_challenge", Some(request.code_challenge)),
        ("code_challenge_method", Some("S256")),
        ("nonce", request.nonce),
        ("prompt", wishes.prompt.as_deref()),
        ("locale", wishes.locale.as_deref()),
        ("region_country", wishes.region_country.as_deref()),
        ("login_hint", wishes.login_hint.as_deref()),
        ("login_hint_mode", wishes.login_hint_mode.as_deref()),
        ("acr_values", wishes.acr_values.as_deref()),
    ];
    if query_holds(request.authorization_endpoint, &parameters.map(|(key, _)| key)) {
        let sentence = "The shop's authorization endpoint already carries a parameter of the request in its own query.";
        return Err(Error::new(Code::DiscoveryInvalid, sentence).field("authorization_endpoint"));
    }
    let mut url = String::from(request.authorization_endpoint);
    if !url.contains('?') {
        url.push('?');
    }
    for (key, value) in parameters {
        if let Some(value) = value {
            query::push_pair(&mut url, key, value);
        }
    }
    Ok(url)
}
