//! From a request to its answer, over everything that can be waited for without the shopper.

use std::rc::Rc;

use super::limit::Patience;
use super::server::{Message, Reply, Server, unauthorized};
use crate::error::{Code, Error, Result};
use crate::platform::Platform;
use crate::session::Session;

/// How far a call got.
pub enum Attempt<V> {
    /// To its answer.
    Answered(V),
    /// Nobody is signed in, or not any more. The call was not executed.
    SignInNeeded,
}

/// Sends without a session: without a token, or with one that the caller brings.
///
/// Errors: `sign_in_needed` when the server wants another; `rate_limited` when it takes too long; of the network.
pub async fn without_session<P: Platform>(
    platform: &P,
    server: &Server,
    message: &Message<'_, P::Text>,
    token: Option<&str>,
) -> Result<P::Value> {
    let mut patience = Patience::new(message.patience_ms);
    loop {
        match server.post(platform, message, token).await? {
            Reply::Result(result) => return Ok(result),
            Reply::Unauthorized(error) => return Err(error),
            // A limited call was not executed.
            Reply::Limited(refusal) => patience.wait(platform, refusal).await?,
        }
    }
}

/// Sends with the session's token; after a 401 once more with a renewed one.
///
/// `sub`: the customer on whose behalf the call was made, when that is known. It is never sent for another.
///
/// Errors: `customer_changed`, `rate_limited`, of the renewal, of the network.
pub async fn as_customer<P: Platform>(
    platform: &P,
    session: &Rc<Session<P>>,
    server: &Server,
    message: &Message<'_, P::Text>,
    sub: Option<&str>,
) -> Result<Attempt<P::Value>> {
    let mut patience = Patience::new(message.patience_ms);
    let mut renewed = false;
    loop {
        let Some(credential) = session.credential().await? else { return Ok(Attempt::SignInNeeded) };
        if sub.is_some() && credential.sub.as_deref() != sub {
            return Err(customer_changed());
        }
        match server.post(platform, message, Some(&credential.token)).await? {
            Reply::Result(result) => return Ok(Attempt::Answered(result)),
            // Who is signed in is asked again after the wait: a sign-out in it ends the call too.
            Reply::Limited(refusal) => {
                patience.wait(platform, refusal).await?;
                continue;
            }
            // A fresh token that is refused will be refused again: this is a setting, not a session.
            Reply::Unauthorized(error) if renewed => return Err(error),
            Reply::Unauthorized(_) => renewed = true,
        }
        match session.renew(credential.stamp).await {
            Ok(()) => {}
            Err(error) if matches!(error.code(), Code::SessionEnded | Code::SignInNeeded) => {
                return Ok(Attempt::SignInNeeded);
            }
            Err(error) => return Err(error),
        }
    }
}

/// The call was made on behalf of somebody else than who is signed in now.
#[must_use]
pub fn customer_changed() -> Error {
    Error::new(
        Code::CustomerChanged,
        "Another customer is signed in than the one this call was made for: it was not sent.",
    )
}

/// The server still wants a sign-in after one.
#[must_use]
pub fn still_unauthorized() -> Error {
    let told = unauthorized();
    Error::new(Code::SignInRepeated, told.fault().message.clone())
}
