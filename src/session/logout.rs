//! The end of a session at the shop (OpenID Connect RP-Initiated Logout 1.0), and pages of this origin to go to.

use alloc::string::String;

use super::record::Record;
use crate::error::{Error, Problem, Result};
use crate::oauth::pkce::random_text;
use crate::oauth::query;
use crate::platform::Platform;
use crate::words::{copy, join};

/// Our mark on the `state` that a logout brings back: nothing waits for it, it is only cleaned away.
pub const LOGOUT_MARK: &str = "sm1o.";

/// Where to sign out at the shop and come `back`; `None` without an ID token or where the shop names no such place.
pub fn logout_url(platform: &impl Platform, record: &Record, back: &str) -> Option<String> {
    let mut url = query::open(record.end_session_endpoint.as_deref()?);
    query::push_pair(&mut url, "id_token_hint", record.id_token.as_deref()?);
    query::push_pair(&mut url, "post_logout_redirect_uri", back);
    if let Ok(random) = random_text(platform) {
        query::push_pair(&mut url, "state", &join(&[LOGOUT_MARK, &random]));
    }
    Some(url)
}

/// A page of this origin, absolute.
///
/// Errors: `return_to_invalid`.
pub fn own_page(platform: &impl Platform, text: &str) -> Result<String> {
    let address = platform.address();
    let page = platform.parse_url(&address, None).unwrap_or_default();
    match platform.parse_url(text, Some(&address)) {
        Some(url)
            if url.origin() == page.origin() && url.after_origin().is_some() && url.href().starts_with("http") =>
        {
            Ok(copy(url.href()))
        }
        _ => Err(Error::at(Problem::ReturnToElsewhere, "returnTo")),
    }
}
