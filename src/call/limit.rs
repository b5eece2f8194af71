//! Rate limits: one reader of their three shapes, and the wait until one has passed.

use crate::error::{Code, Error, Result};
use crate::json::Value;
use crate::mcp::jsonrpc::RpcError;
use crate::platform::{Clock, Crypto};
use crate::words::says;

/// How long to wait when a server does not say, ms: the upper bound of the first wait; it doubles up to [`LONGEST`].
const FIRST: f64 = 500.0;
/// Longest wait between two tries when a server does not say, ms.
const LONGEST: f64 = 30_000.0;
/// Added to a wait that a server names, so that those it turned away do not come back as one, ms.
const SPREAD: f64 = 250.0;

/// The wait that a header names: seconds, or an HTTP date (RFC 9110 section 10.2.3). Garbage names none, a past date 0.
pub fn header_wait(clock: &impl Clock, header: Option<&str>) -> Option<f64> {
    let header = header?.trim_ascii();
    match header.parse::<u32>() {
        Ok(seconds) => Some(f64::from(seconds) * 1000.0),
        Err(_) if header.bytes().all(|byte| byte.is_ascii_digit()) => None,
        Err(_) => clock.parse_date(header).map(|at| (at - clock.now()).max(0.0)),
    }
}

/// Whether a JSON-RPC error is a rate limit, and the wait that it names: -32000 with `retry_after`, or -32600 with
/// `Rate limit exceeded` (both under HTTP 200).
pub fn rpc_limit<V: Value>(error: &RpcError<V>) -> Option<Option<f64>> {
    let named = error.data.as_ref().and_then(|data| data.get("retry_after")).and_then(|wait| wait.number());
    let data_text = error.data.as_ref().and_then(|data| data.text()).unwrap_or_default();
    let speaks_of_limit = says(&error.message, "rate limit") || says(&data_text, "rate limit");
    let limited = (error.code == -32000.0 && named.is_some())
        || ((error.code == -32000.0 || error.code == -32600.0) && speaks_of_limit);
    limited.then(|| named.filter(|seconds| *seconds >= 0.0).map(|seconds| seconds * 1000.0))
}

/// A server's refusal for now.
#[must_use]
pub fn limited(wait: Option<f64>, status: u16) -> Error {
    Error::new(Code::RateLimited, "The server limits its rate: call less often, or wait for `retryAfterMs`.")
        .status(status)
        .retry_after(wait)
        .retryable()
}

/// How long one call is ready to wait for a rate limit.
pub struct Patience {
    left: f64,
    tries: u32,
}

impl Patience {
    /// At most `ms` in all.
    #[must_use]
    pub fn new(ms: f64) -> Self {
        Self { left: ms, tries: 0 }
    }

    /// Waits as the refusal asks, or by exponential back-off with full jitter.
    ///
    /// Errors: the refusal itself, when the wait is longer than the patience left.
    pub async fn wait<P: Clock + Crypto>(&mut self, platform: &P, refusal: Error) -> Result<()> {
        let mut bytes = [0u8; 2];
        platform.random(&mut bytes)?;
        let chance = f64::from(u16::from_le_bytes(bytes)) / 65_536.0;
        let wait = match refusal.fault().retry_after_ms {
            Some(named) => named + chance * SPREAD,
            None => chance * LONGEST.min(FIRST * f64::from(1u32 << self.tries.min(16))),
        };
        if wait > self.left || self.left <= 0.0 {
            return Err(refusal);
        }
        // A server that never says how long must not be asked for ever by waits near zero.
        self.left -= wait.max(FIRST);
        self.tries += 1;
        platform.sleep(wait).await;
        Ok(())
    }
}
