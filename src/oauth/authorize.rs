//! The authorization request (RFC 6749 section 4.1.1, RFC 7636 section 4.3, OpenID Connect Core section 3.1.2.1).

use alloc::string::String;

use super::query;
use crate::error::{Error, Problem, Result, Subject};
use crate::json::{Fields, Value};
use crate::platform::Platform;
use crate::words::split;

/// What a page may say about one sign-in, and the parameter that each wish becomes.
const WISHES: [(&str, &str); 6] = [
    ("prompt", "prompt"),
    ("locale", "locale"),
    ("regionCountry", "region_country"),
    ("loginHint", "login_hint"),
    ("loginHintMode", "login_hint_mode"),
    ("acrValues", "acr_values"),
];

/// A page's wishes for one sign-in, checked. None of them can replace a protocol parameter.
pub struct Wishes<'a, V>(&'a V);

impl<'a, V: Value> Wishes<'a, V> {
    /// Reads the options of a login.
    ///
    /// Errors: `option_invalid`.
    pub fn read(options: &'a V) -> Result<Self> {
        let fields = Fields::of(options, Subject::LoginOptions);
        for (option, _) in WISHES {
            fields.optional_string(option);
        }
        fields.choice("prompt", &["none", "login"], Problem::PromptUnknown);
        if fields.optional_string("loginHintMode").is_some() && fields.optional_string("loginHint").is_none() {
            fields.refuse("loginHintMode", Problem::LoginHintMissing);
        }
        fields.end()?;
        Ok(Self(options))
    }
}

/// The protocol's own parameters, in their order in the URL.
const PARAMETERS: [&str; 8] = [
    "client_id",
    "response_type",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
    "nonce",
];

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
pub fn authorization_url<V: Value>(
    platform: &impl Platform,
    request: &Request<'_>,
    wishes: &Wishes<'_, V>,
) -> Result<String> {
    let (_, own) = split(request.authorization_endpoint, b'?').unwrap_or_default();
    let mut names = PARAMETERS.iter().chain(WISHES.iter().map(|(_, name)| name));
    if names.any(|name| platform.parameter(own, name, 0).is_some()) {
        return Err(Error::at(Problem::EndpointQueryInvalid, "authorization_endpoint"));
    }
    let values = [
        request.client_id,
        "code",
        request.redirect_uri,
        request.scope,
        request.state,
        request.code_challenge,
        "S256",
        request.nonce.unwrap_or_default(),
    ];
    let mut url = query::open(request.authorization_endpoint);
    for (name, value) in PARAMETERS.iter().zip(&values) {
        query::push_given(&mut url, name, value);
    }
    for (option, name) in &WISHES {
        query::push_given(&mut url, name, &wishes.0.text_of(option).unwrap_or_default());
    }
    Ok(url)
}
