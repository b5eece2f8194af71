//! What the answer to a call means: the resource that a tool gives, or why there is none (UCP, MCP binding: "Error
//! Handling").

use alloc::string::String;

use crate::call;
use crate::error::{Error, Problem, Result};
use crate::json::Value;
use crate::mcp::jsonrpc::{self, Answer, RpcError};
use crate::mcp::tool;
use crate::platform::Platform;
use crate::words::{look_up, says};

/// The protocol's errors by their `data.code`. Servers send them under several HTTP statuses, 200 among them.
const REGISTRY: [(&str, Problem); 12] = [
    ("invalid_profile_url", Problem::ProfileUrlRefused),
    ("profile_unreachable", Problem::ProfileUnreachable),
    ("profile_malformed", Problem::ProfileMalformed),
    ("profile_not_trusted", Problem::ProfileNotTrusted),
    ("version_unsupported", Problem::ProfileVersionRefused),
    ("capabilities_incompatible", Problem::CapabilitiesIncompatible),
    ("signature_missing", Problem::SignatureMissing),
    ("signature_invalid", Problem::SignatureRefused),
    ("key_not_found", Problem::KeyNotFound),
    ("digest_mismatch", Problem::DigestMismatch),
    ("algorithm_unsupported", Problem::AlgorithmUnsupported),
    ("idempotency_conflict", Problem::IdempotencyConflict),
];

/// The `result` of the answer to the request `id`, untouched. The arguments are those of [`call::read_answer`].
///
/// Errors: by `data.code`, which counts before the status, those of the registry: `invalid_profile_url`,
/// `profile_unreachable`, `profile_malformed`, `profile_not_trusted`, `version_unsupported`,
/// `capabilities_incompatible`, `signature_missing`, `signature_invalid`, `key_not_found`, `digest_mismatch`,
/// `algorithm_unsupported`, `idempotency_conflict`. Then `buyer_ip_missing`, `tool_unknown`, `forbidden`, and those of
/// [`call::read_answer`].
pub fn read_answer<P: Platform>(
    platform: &P,
    id: u32,
    status: u16,
    retry_after: &P::Value,
    envelope: Option<&P::Value>,
) -> Result<P::Value> {
    let refused = match call::read_answer(platform, id, status, retry_after, envelope) {
        Ok(result) => return Ok(result),
        Err(refused) => refused,
    };
    let said = envelope.filter(|_| status != 0).and_then(|envelope| match jsonrpc::read(envelope, id) {
        Ok(Answer::Error(error)) => Some(error),
        _ => None,
    });
    let registered = said.as_ref().and_then(|error| look_up(&REGISTRY, &code_of(error)));
    let is_general = matches!(refused.fault().problem, Problem::RpcError | Problem::HttpStatus);
    match registered.or_else(|| of_words(said.as_ref()?)).or_else(|| of_status(status).filter(|_| is_general)) {
        None => Err(if status == 503 { refused.retryable(true) } else { refused }),
        Some(problem) => {
            let error = Error::new(problem).status(status).retryable(problem == Problem::ProfileUnreachable);
            Err(match said {
                Some(said) => error.oauth(code_of(&said), said.data.and_then(|data| data.text_of("content"))),
                None => error,
            })
        }
    }
}

/// The reason that a server names: `data.code`, or `data` where it is a text.
fn code_of<V: Value>(error: &RpcError<V>) -> String {
    let data = error.data.as_ref();
    data.and_then(|data| data.text_of("code").or_else(|| data.text())).unwrap_or_default()
}

/// What only a server's words say.
fn of_words<V: Value>(error: &RpcError<V>) -> Option<Problem> {
    let content = error.data.as_ref().and_then(|data| data.text_of("content")).unwrap_or_default();
    let any_says = |part| [&error.message, &code_of(error), &content].into_iter().any(|words| says(words, part));
    match error.code {
        -32602.0 if any_says("tool not found") => Some(Problem::ToolNotNegotiated),
        -32000.0 if any_says("buyer ip") || any_says("buyer-ip") => Some(Problem::BuyerIpMissing),
        _ => None,
    }
}

/// What a status says where nothing else does.
fn of_status(status: u16) -> Option<Problem> {
    match status {
        403 => Some(Problem::Forbidden),
        409 => Some(Problem::IdempotencyConflict),
        _ => None,
    }
}

/// The resource in the result of a tool: `structuredContent`, or `said`, the JSON in the first text of `content`. That is
/// parsed by whoever asks, since the texts of answers are large and stay outside.
///
/// Errors: `capabilities_incompatible`, which comes as a result; `answer_invalid`; those of [`tool::check_result`] for
/// words alone, of which arguments that do not fit are `tool_validation`.
pub fn read_resource<V: Value>(tool: &str, result: &V, said: Option<V>) -> Result<V> {
    // What is called an error holds a resource only where it says so.
    let is_error = result.is_true("isError");
    let content = result.get("structuredContent").filter(V::is_object).or(said.filter(V::is_object));
    let Some(resource) = content.filter(|resource| !is_error || resource.kind_of("ucp").is_some()) else {
        tool::check_result(tool, None, result)?;
        return Err(Error::at(Problem::ResourceMissing, "structuredContent"));
    };
    let fits = resource.get("messages").is_none_or(|messages| {
        !(0..).map_while(|index| messages.at(index)).any(|message| message.holds("code", "capabilities_incompatible"))
    });
    if fits { Ok(resource) } else { Err(Error::new(Problem::CapabilitiesIncompatible)) }
}
