//! One request and its whole answer: sent once, bounded in time and size, parsed whatever its label says.

use std::future::Future;
use std::pin::Pin;

use crate::error::{Code, Error, Result};
use crate::json::Value;
use crate::mcp::event_stream::EventStream;
use crate::platform::{Clock, Json, Request, Response};
use crate::wait::{First, race};

/// Documents and token answers, bytes.
pub const DOCUMENT_LIMIT: f64 = 262_144.0;

/// What came back.
pub struct Answered<V> {
    /// HTTP status; 0 for a redirect that was not followed.
    pub status: u16,
    /// The header, where the browser lets the page read it.
    pub retry_after: Option<String>,
    /// The body, when it is JSON, or the answer in an event stream.
    pub value: Option<V>,
}

type Exchange<'a, V> = Pin<Box<dyn Future<Output = Result<Answered<V>>> + 'a>>;

/// Sends `request` and reads an answer of at most `limit` bytes within `timeout_ms`. Dropping it aborts.
///
/// Errors: `timeout`, `too_large`, and of [`crate::platform::Fetch::send`].
pub fn exchange<'a, P: Json + Clock>(
    platform: &'a P,
    request: Request<P::Text>,
    limit: f64,
    timeout_ms: f64,
) -> Exchange<'a, P::Value> {
    // Boxed: one state machine that every caller shares.
    Box::pin(async move {
        match race(send(platform, request, limit), platform.sleep(timeout_ms)).await {
            First::Left(answered) => answered,
            First::Right(()) => {
                Err(Error::new(Code::Timeout, "No answer in time: try again, or raise `timeoutMs`.").retryable())
            }
        }
    })
}

async fn send<P: Json>(platform: &P, request: Request<P::Text>, limit: f64) -> Result<Answered<P::Value>> {
    let mut response = platform.send(request).await?;
    let (status, retry_after) = (response.status(), response.header("retry-after"));
    let mut size = 0.0;
    let mut body = platform.text_out("");
    let mut stream: Option<EventStream> = None;
    while let Some((piece, bytes)) = response.piece().await? {
        size += f64::from(bytes);
        if size > limit {
            return Err(Error::new(
                Code::TooLarge,
                "The answer is larger than the limit: ask for less, or raise `maxAnswerBytes`.",
            ));
        }
        let events = match &mut stream {
            Some(events) => events.push(&platform.text_in(&piece)),
            None => {
                body = platform.join(body, &piece);
                match platform.first_unit(&body) {
                    None | Some(OPENING_BRACE | OPENING_BRACKET) => continue,
                    Some(_) => stream.insert(EventStream::default()).push(&platform.text_in(&body)),
                }
            }
        };
        // A stream may stay open after the answer: nobody waits for that.
        if let Some(value) = events.iter().find_map(|data| answer_in(platform, data)) {
            return Ok(Answered { status, retry_after, value: Some(value) });
        }
    }
    let value = match stream {
        Some(mut events) => events.finish().and_then(|data| answer_in(platform, &data)),
        None => platform.parse(&body),
    };
    Ok(Answered { status, retry_after, value })
}

const OPENING_BRACE: u16 = b'{' as u16;
const OPENING_BRACKET: u16 = b'[' as u16;

/// The event's message when it answers a request; notifications and requests of the server are passed over.
fn answer_in<P: Json>(platform: &P, data: &str) -> Option<P::Value> {
    let message = platform.parse(&platform.text_out(data))?;
    let is_answer = message.get("result").is_some() || message.get("error").is_some() || !message.is_object();
    is_answer.then_some(message)
}
