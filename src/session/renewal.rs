//! The refresh: once for all calls and all tabs (RFC 6749 section 6, RFC 9700 section 2.2.2).

use std::rc::Rc;

use super::record::Record;
use super::shared::{Session, Stamp, ended};
use crate::error::{Code, Error, Result};
use crate::exchange::{DOCUMENT_LIMIT, exchange};
use crate::json::Value;
use crate::oauth::id_token::IdToken;
use crate::oauth::token::{TokenAnswer, Verdict, judge, refresh_form};
use crate::platform::{Body, Platform, Request};

/// Time limit of one token request, ms.
const TOKEN_TIMEOUT: f64 = 30_000.0;
/// How long to wait for another tab's renewal, ms: a bit more than one request may take.
const LOCK_WAIT: u32 = 35_000;
/// Requests in one renewal.
const TRIES: u32 = 3;

/// A token request that brought no tokens.
pub struct Refused {
    /// What it means for the tokens at hand.
    pub verdict: Verdict,
    /// What to tell.
    pub error: Error,
}

/// Sends one token request, exactly once.
pub async fn request_tokens<P: Platform>(
    platform: &P,
    token_endpoint: &str,
    form: String,
) -> core::result::Result<TokenAnswer, Refused> {
    let body = Some(Body::Form(form));
    let headers = vec![("accept", "application/json".to_owned())];
    let request = Request { url: token_endpoint.to_owned(), headers, body };
    let answered = match exchange(platform, request, DOCUMENT_LIMIT, TOKEN_TIMEOUT).await {
        Ok(answered) => answered,
        Err(error) => return Err(Refused { verdict: Verdict::Transient, error }),
    };
    let misconfigured = |error| Refused { verdict: Verdict::Misconfigured, error };
    match (answered.status, answered.value) {
        (200, Some(answer)) => TokenAnswer::read(&answer).map_err(misconfigured),
        (200, None) => Err(misconfigured(Error::new(Code::TokenInvalid, "The token answer is not JSON.").status(200))),
        (0, _) => {
            Err(misconfigured(Error::new(Code::RedirectRefused, "The token endpoint redirects: that is not followed.")))
        }
        (status, answer) => {
            let (verdict, error) = judge(status, answer.as_ref());
            Err(Refused { verdict, error })
        }
    }
}

impl<P: Platform> Session<P> {
    /// Makes sure that the record `stale` is not the newest any more: by a sibling's renewal, or by our own.
    ///
    /// Errors: `session_ended`, `sign_in_needed` when this client cannot renew, and what the token endpoint says; only
    /// `invalid_grant` ends the session.
    pub async fn renew(self: &Rc<Self>, stale: Stamp) -> Result<()> {
        let session = self.clone();
        let renewal = Box::pin(async move { session.renew_now(stale).await });
        self.renewals.join(&|task| self.platform.spawn(task), renewal).await
    }

    async fn renew_now(&self, stale: Stamp) -> Result<()> {
        // Without the lock (none here, or its holder is frozen) the siblings' answers still prevent most races.
        let _held_until_told = self.platform.lock(&self.keys.renewal(), LOCK_WAIT).await;
        if self.moved_on(&stale).await {
            return Ok(());
        }
        let Some(record) = self.record() else { return Err(ended()) };
        let Some(refresh_token) = record.refresh_token.clone() else {
            return Err(cannot_renew());
        };
        let mut tries = 1;
        loop {
            let form = refresh_form(&self.client_id, &refresh_token);
            let refused = match request_tokens(&*self.platform, &record.token_endpoint, form).await {
                Ok(answer) => return self.take_over(record, &answer),
                Err(refused) => refused,
            };
            match refused.verdict {
                // The loser of a race must not end what the winner renewed.
                Verdict::Dead if self.moved_on(&stale).await => return Ok(()),
                Verdict::Dead => {
                    self.end("ended");
                    return Err(ended());
                }
                Verdict::Unsupported => {
                    self.amend(|record| record.refresh_token = None);
                    return Err(cannot_renew());
                }
                Verdict::Misconfigured => return Err(refused.error),
                Verdict::Transient => {
                    let worth_it = !matches!(refused.error.code(), Code::Offline | Code::Timeout);
                    if tries == TRIES || !worth_it {
                        return Err(refused.error);
                    }
                    self.platform.sleep(f64::from(500 << tries)).await;
                    tries += 1;
                    if self.stamp().as_ref() != Some(&stale) {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// Whether another tab has renewed or ended it already.
    async fn moved_on(&self, stale: &Stamp) -> bool {
        self.reload();
        if self.stamp().as_ref() == Some(stale) {
            self.ask_siblings().await;
        }
        self.stamp().as_ref() != Some(stale)
    }

    fn take_over(&self, mut record: Record, answer: &TokenAnswer) -> Result<()> {
        if let Some(id_token) = &answer.id_token {
            self.same_customer(&record, id_token)?;
        }
        record.take(answer, self.platform.now());
        record.generation += 1.0;
        self.succeed(record)
    }

    /// An ID token in a refresh answer names the same issuer and customer (OpenID Connect Core section 12.2). The
    /// session keeps the one it has, whose signature was checked.
    fn same_customer(&self, record: &Record, id_token: &str) -> Result<()> {
        let renewed = IdToken::parse(&*self.platform, id_token)?;
        let says = |claim: &str| renewed.claims.get(claim).and_then(|value| value.text());
        if says("iss").as_ref() == Some(&record.issuer) && (record.sub.is_none() || says("sub") == record.sub) {
            return Ok(());
        }
        Err(Error::new(Code::IdTokenInvalid, "The renewed ID token names another customer or issuer: sign in again.")
            .field("sub"))
    }
}

fn cannot_renew() -> Error {
    Error::new(Code::SignInNeeded, "This client cannot renew its tokens: sign in again.")
}
