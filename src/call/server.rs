//! One MCP server: a POST, its answer in whatever form it comes, and what the answer means.

use std::cell::Cell;

use super::limit::{header_wait, limited, rpc_limit};
use crate::error::{Code, Error, Result};
use crate::exchange::{Answered, exchange};
use crate::json::Value;
use crate::mcp::jsonrpc::{self, Answer, RpcError};
use crate::mcp::tool::speaks_of_sign_in;
use crate::platform::{Body, Clock, Platform, Request, header_safe};

/// How a token is written into the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorizationStyle {
    /// The bare token, as Shopify documents it for its customer server.
    Raw,
    /// `Bearer <token>` (RFC 6750)
    Bearer,
}

impl AuthorizationStyle {
    fn write(self, token: &str) -> String {
        match self {
            Self::Raw => token.to_owned(),
            Self::Bearer => ["Bearer ", token].concat(),
        }
    }
}

/// One request to a server, before it has an id.
pub struct Message<'a, T> {
    /// For instance `tools/call`.
    pub method: &'a str,
    /// JSON text.
    pub params: &'a T,
    /// Time limit of one request with its answer, ms.
    pub timeout_ms: f64,
    /// How long to wait for a rate limit to pass, ms.
    pub patience_ms: f64,
}

/// A server and how to talk to it.
pub struct Server {
    /// Checked.
    pub url: String,
    /// How the token is written.
    pub style: AuthorizationStyle,
    /// Largest answer, bytes.
    pub answer_limit: f64,
    ids: Cell<u32>,
    /// Whether it was found to insist on being offered event streams too.
    both_types: Cell<bool>,
}

/// What came back, told apart by what the caller can do about it.
pub enum Reply<V> {
    /// The `result`, untouched.
    Result(V),
    /// The token was missing, dead or refused. The call was not executed.
    Unauthorized(Error),
    /// Refused for now. The call was not executed.
    Limited(Error),
}

impl Server {
    /// A server at a checked URL.
    #[must_use]
    pub fn new(url: String, style: AuthorizationStyle, answer_limit: f64) -> Self {
        Self { url, style, answer_limit, ids: Cell::new(0), both_types: Cell::new(false) }
    }

    /// Whether the server was found to insist on both content types.
    #[must_use]
    pub fn wants_both_types(&self) -> bool {
        self.both_types.get()
    }

    /// Offers both content types from the first request on.
    pub fn offer_both_types(&self) {
        self.both_types.set(true);
    }

    /// Sends one request. A 406 is sent once more with both content types: it was not processed.
    ///
    /// Errors: of the network, and everything that is no JSON-RPC answer to this request.
    pub async fn post<P: Platform>(
        &self,
        platform: &P,
        message: &Message<'_, P::Text>,
        token: Option<&str>,
    ) -> Result<Reply<P::Value>> {
        loop {
            let both = self.wants_both_types();
            match self.post_once(platform, message, token, both).await? {
                Received::NotAcceptable if !both => self.offer_both_types(),
                Received::NotAcceptable => return Err(http_status(406)),
                Received::Reply(reply) => return Ok(reply),
            }
        }
    }

    async fn post_once<P: Platform>(
        &self,
        platform: &P,
        message: &Message<'_, P::Text>,
        token: Option<&str>,
        both: bool,
    ) -> Result<Received<P::Value>> {
        self.ids.set(self.ids.get().wrapping_add(1));
        let id = self.ids.get();
        let accept = if both { "application/json, text/event-stream" } else { "application/json" };
        let mut headers = vec![("accept", accept.to_owned())];
        if let Some(token) = token {
            if !header_safe(token) {
                let sentence = "The access token holds characters that no header may carry.";
                return Err(Error::new(Code::OptionInvalid, sentence).field("accessToken"));
            }
            headers.push(("authorization", self.style.write(token)));
        }
        let body = Some(Body::Json(jsonrpc::request(platform, id, message.method, message.params)));
        let request = Request { url: self.url.clone(), headers, body };
        let answered = exchange(platform, request, self.answer_limit, message.timeout_ms).await?;
        receive(platform, answered, id)
    }
}

enum Received<V> {
    NotAcceptable,
    Reply(Reply<V>),
}

/// What an answer to the request `id` means.
fn receive<V: Value>(clock: &impl Clock, answered: Answered<V>, id: u32) -> Result<Received<V>> {
    let status = answered.status;
    let told_wait = header_wait(clock, answered.retry_after.as_deref());
    let reply = |reply| Ok(Received::Reply(reply));
    match status {
        0 => {
            return Err(Error::new(
                Code::RedirectRefused,
                "The MCP server redirects, which is never followed with a token: is the shop behind a password?",
            ));
        }
        401 => return reply(Reply::Unauthorized(unauthorized().status(401))),
        406 => return Ok(Received::NotAcceptable),
        _ => {}
    }
    let answer = match answered.value.map(|envelope| jsonrpc::read(&envelope, id)) {
        Some(Ok(answer)) => answer,
        _ if status == 429 => return reply(Reply::Limited(limited(told_wait, 429))),
        _ if !(200..300).contains(&status) => return Err(http_status(status).retry_after(told_wait)),
        Some(Err(error)) => return Err(error.status(status)),
        None => return Err(Error::new(Code::AnswerInvalid, "The answer is not JSON.").status(status)),
    };
    match answer {
        Answer::Result(result) if status < 400 => reply(Reply::Result(result)),
        Answer::Result(_) => Err(http_status(status)),
        Answer::Error(error) => match rpc_limit(&error) {
            Some(wait) => reply(Reply::Limited(limited(wait.or(told_wait), status))),
            None if status == 429 => reply(Reply::Limited(limited(told_wait, 429))),
            None if error.code == -32000.0 && mentions_sign_in(&error) => {
                reply(Reply::Unauthorized(unauthorized().status(status)))
            }
            None => Err(Error::new(Code::RpcError, error.message).status(status).answer(error.whole)),
        },
    }
}

fn mentions_sign_in<V: Value>(error: &RpcError<V>) -> bool {
    let data = error.data.as_ref();
    let data_text = data.and_then(|data| data.text().or_else(|| data.get("code").and_then(|code| code.text())));
    speaks_of_sign_in(&error.message) || data_text.is_some_and(|text| speaks_of_sign_in(&text))
}

/// A customer is needed, or the one at hand was refused.
pub(super) fn unauthorized() -> Error {
    Error::new(
        Code::SignInNeeded,
        "The server wants a signed-in customer: sign in, and check `scope` and `authorization` (raw or Bearer) if it refuses a fresh token.",
    )
}

fn http_status(status: u16) -> Error {
    let error = Error::new(Code::HttpStatus, "The server answered with an HTTP error: see `status`.").status(status);
    if status >= 500 { error.retryable() } else { error }
}
