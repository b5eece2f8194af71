//! JSON-RPC 2.0 envelopes: one answer to one request, matched exactly. No batches, no notifications.

use alloc::boxed::Box;
use alloc::string::String;

use crate::error::{Error, Problem, Result};
use crate::json::{Kind, Value};

/// What a server answered.
pub enum Answer<V> {
    /// `result`, untouched.
    Result(V),
    /// `error`
    Error(Box<RpcError<V>>),
}

/// A JSON-RPC error object.
pub struct RpcError<V> {
    /// Its number.
    pub code: f64,
    /// Its words, untrusted.
    pub message: String,
    /// `data`, opaque.
    pub data: Option<V>,
}

/// Reads the answer to the request `id`.
///
/// Errors: `answer_mismatch` when it answers something else, `answer_invalid` when it is not one JSON-RPC answer.
pub fn read<V: Value>(envelope: &V, id: u32) -> Result<Answer<V>> {
    if !envelope.holds("jsonrpc", "2.0") {
        return Err(Error::new(Problem::AnswerNotJsonRpc));
    }
    let (result, error) = (envelope.get("result"), envelope.get("error"));
    let ours = envelope.number_of("id") == Some(f64::from(id));
    // A server that could not read the request cannot know its id (section 5).
    let unread = error.is_some() && envelope.kind_of("id") == Some(Kind::Null);
    if !ours && !unread {
        return Err(Error::at(Problem::AnswerMismatch, "id"));
    }
    match (result, error) {
        (Some(result), None) if result.kind_of("resultType").is_none() || result.holds("resultType", "complete") => {
            Ok(Answer::Result(result))
        }
        (Some(_), None) => Err(Error::at(Problem::ResultTypeUnknown, "resultType")),
        (None, Some(error)) => read_error(&error),
        (Some(_), Some(_)) => Err(Error::new(Problem::AnswerAmbiguous)),
        (None, None) => Err(Error::new(Problem::AnswerEmpty)),
    }
}

fn read_error<V: Value>(error: &V) -> Result<Answer<V>> {
    match (error.number_of("code"), error.text_of("message")) {
        (Some(code), Some(message)) => Ok(Answer::Error(Box::new(RpcError { code, message, data: error.get("data") }))),
        _ => Err(Error::at(Problem::RpcErrorInvalid, "error")),
    }
}
