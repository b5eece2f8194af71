//! What the answer of an MCP server means.

use super::limit::{header_wait, limited, rpc_limit};
use crate::error::{Error, Problem, Result};
use crate::json::Value;
use crate::mcp::jsonrpc::{self, Answer, RpcError};
use crate::mcp::tool::speaks_of_sign_in;
use crate::platform::Platform;

/// The `result` of the answer to the request `id`, untouched. `status` is 0 for a redirect that was not followed,
/// `envelope` is `None` when the body is not JSON.
///
/// Errors: `sign_in_needed` when the token was missing, dead or refused, and `rate_limited`: such a call was not
/// executed. `rpc_error` in the server's own words; `redirect_refused`, `http_status`, `answer_invalid`,
/// `answer_mismatch`.
pub fn read_answer<P: Platform>(
    platform: &P,
    id: u32,
    status: u16,
    retry_after: Option<&str>,
    envelope: Option<&P::Value>,
) -> Result<P::Value> {
    let told_wait = retry_after.and_then(|header| header_wait(platform, header));
    match status {
        0 => return Err(Error::new(Problem::ServerRedirects)),
        401 => return Err(Error::new(Problem::SignInNeeded).status(401)),
        406 => return Err(http_status(406)),
        _ => {}
    }
    let answer = match envelope.map(|envelope| jsonrpc::read(envelope, id)) {
        Some(Ok(answer)) => answer,
        _ if status == 429 => return Err(limited(told_wait, 429)),
        _ if !(200..300).contains(&status) => return Err(http_status(status).retry_after(told_wait)),
        Some(Err(error)) => return Err(error.status(status)),
        None => return Err(Error::new(Problem::AnswerNotJson).status(status)),
    };
    match answer {
        Answer::Result(result) if status < 400 => Ok(result),
        Answer::Result(_) => Err(http_status(status)),
        Answer::Error(error) => Err(refusal(error, status, told_wait)),
    }
}

fn refusal<V: Value>(error: RpcError<V>, status: u16, told_wait: Option<f64>) -> Error {
    match rpc_limit(&error) {
        Some(wait) => limited(wait.or(told_wait), status),
        None if status == 429 => limited(told_wait, 429),
        None if error.code == -32000.0 && mentions_sign_in(&error) => Error::new(Problem::SignInNeeded).status(status),
        None => Error::new(Problem::RpcError).words(error.message).status(status),
    }
}

fn mentions_sign_in<V: Value>(error: &RpcError<V>) -> bool {
    let data_text = error.data.as_ref().and_then(|data| data.text().or_else(|| data.text_of("code")));
    speaks_of_sign_in(&error.message) || data_text.is_some_and(|text| speaks_of_sign_in(&text))
}

fn http_status(status: u16) -> Error {
    Error::new(Problem::HttpStatus).status(status).retryable(status >= 500)
}
