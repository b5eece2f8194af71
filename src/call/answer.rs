//! What the answer of an MCP server means.

use alloc::boxed::Box;

use super::limit::{header_wait, limited, rpc_limit};
use crate::error::{Error, Problem, Result};
use crate::json::Value;
use crate::mcp::jsonrpc::{self, Answer, RpcError};
use crate::mcp::tool::speaks_of_sign_in;
use crate::platform::Platform;

/// The `result` of the answer to the request `id`, untouched. `status` is 0 for a redirect that was not followed,
/// `retry_after` the header as a text, `envelope` is `None` when the body is not JSON.
///
/// Errors: `sign_in_needed` when the token was missing, dead or refused, and `rate_limited`: such a call was not
/// executed. `rpc_error` in the server's own words; `redirect_refused`, `http_status`, `answer_invalid`,
/// `answer_mismatch`.
pub fn read_answer<P: Platform>(
    platform: &P,
    id: u32,
    status: u16,
    retry_after: &P::Value,
    envelope: Option<&P::Value>,
) -> Result<P::Value> {
    let error = match envelope.map(|envelope| jsonrpc::read(envelope, id)) {
        _ if matches!(status, 0 | 401 | 406) => of_status(status),
        Some(Ok(Answer::Result(result))) if status < 400 => return Ok(result),
        Some(Ok(Answer::Error(error))) => refusal(error, status),
        Some(Err(error)) if (200..300).contains(&status) => error,
        _ => of_status(status),
    };
    let wait = retry_after.text().and_then(|header| header_wait(platform, &header));
    Err(error.status(status).default_retry_after(wait))
}

/// An answer whose status says all that there is to say.
fn of_status(status: u16) -> Error {
    let problem = match status {
        0 => Problem::ServerRedirects,
        401 => Problem::SignInNeeded,
        429 => return limited(None),
        200..300 => Problem::AnswerNotJson,
        _ => Problem::HttpStatus,
    };
    Error::new(problem).retryable(status >= 500)
}

/// A JSON-RPC error.
fn refusal<V: Value>(error: Box<RpcError<V>>, status: u16) -> Error {
    match rpc_limit(&error) {
        Some(wait) => limited(wait),
        None if status == 429 => limited(None),
        None if error.code == -32000.0 && mentions_sign_in(&error) => Error::new(Problem::SignInNeeded),
        None => Error::new(Problem::RpcError).words(error.message),
    }
}

fn mentions_sign_in<V: Value>(error: &RpcError<V>) -> bool {
    let data_text = error.data.as_ref().and_then(|data| data.text().or_else(|| data.text_of("code")));
    speaks_of_sign_in(&error.message) || data_text.is_some_and(|text| speaks_of_sign_in(&text))
}
