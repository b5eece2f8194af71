//! Rate limits: one reader of their three shapes.

use crate::error::{Error, Problem};
use crate::json::Value;
use crate::mcp::jsonrpc::RpcError;
use crate::platform::Platform;
use crate::words::says;

/// More than a wait can be, seconds.
const LONGEST_WAIT: f64 = 4_294_967_295.0;

/// The wait that a header names, ms: seconds, or an HTTP date (RFC 9110 section 10.2.3). Garbage names none, a past
/// date 0.
pub fn header_wait(platform: &impl Platform, header: &str) -> Option<f64> {
    let header = header.trim_ascii();
    if !header.bytes().all(|byte| byte.is_ascii_digit()) {
        return platform.parse_date(header).map(|at| (at - platform.now()).max(0.0));
    }
    let seconds = header.bytes().fold(0.0, |seconds, digit| seconds * 10.0 + f64::from(digit - b'0'));
    (!header.is_empty() && seconds <= LONGEST_WAIT).then_some(seconds * 1000.0)
}

/// Whether a JSON-RPC error is a rate limit, and the wait that it names: -32000 with `retry_after`, or -32600 with
/// `Rate limit exceeded` (both under HTTP 200).
pub(super) fn rpc_limit<V: Value>(error: &RpcError<V>) -> Option<Option<f64>> {
    let named = error.data.as_ref().and_then(|data| data.number_of("retry_after"));
    let data_text = error.data.as_ref().and_then(|data| data.text()).unwrap_or_default();
    let speaks_of_limit = says(&error.message, "rate limit") || says(&data_text, "rate limit");
    let limited =
        (error.code == -32000.0 && (named.is_some() || speaks_of_limit)) || (error.code == -32600.0 && speaks_of_limit);
    limited.then(|| named.filter(|seconds| *seconds >= 0.0).map(|seconds| seconds * 1000.0))
}

/// A server's refusal for now.
pub(super) fn limited(wait: Option<f64>) -> Error {
    Error::new(Problem::RateLimited).default_retry_after(wait).retryable(true)
}
