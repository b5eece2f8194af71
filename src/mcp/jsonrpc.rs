//! JSON-RPC 2.0 envelopes: one request, one answer, matched exactly. No batches, no notifications.

use crate::error::{Code, Error, Result};
use crate::json::{self, Kind, Value};
use crate::platform::Json;

/// The text of a request. `params` is JSON already and stays outside wasm memory.
pub fn request<P: Json>(platform: &P, id: u32, method: &str, params: &P::Text) -> P::Text {
    let mut head = String::from("{\"jsonrpc\":\"2.0\",\"id\":");
    json::push_number(&mut head, f64::from(id));
    head.push_str(",\"method\":");
    json::string(&mut head, method);
    head.push_str(",\"params\":");
    let text = platform.join(platform.text_out(&head), params);
    platform.join(text, &platform.text_out("}"))
}

/// `{"name":…,"arguments":…}` of a `tools/call`.
///
/// Errors: `option_invalid` when the arguments are not an object with a JSON form.
pub fn call_params<P: Json>(platform: &P, name: &str, arguments: &P::Value) -> Result<P::Text> {
    let text = if arguments.is_object() { platform.stringify(arguments) } else { None };
    let Some(text) = text else {
        let sentence = "A tool's arguments are a plain object that JSON can hold.";
        return Err(Error::new(Code::OptionInvalid, sentence).field("arguments"));
    };
    let mut head = String::from("{\"name\":");
    json::string(&mut head, name);
    head.push_str(",\"arguments\":");
    let text = platform.join(platform.text_out(&head), &text);
    Ok(platform.join(text, &platform.text_out("}")))
}

/// What a server answered.
pub enum Answer<V> {
    /// `result`, untouched.
    Result(V),
    /// `error`
    Error(RpcError<V>),
}

/// A JSON-RPC error object.
pub struct RpcError<V> {
    /// Its number.
    pub code: f64,
    /// Its words, untrusted.
    pub message: String,
    /// `data`, opaque.
    pub data: Option<V>,
    /// The whole object.
    pub whole: V,
}

/// Reads the answer to the request `id`.
///
/// Errors: `answer_mismatch` when it answers something else, `answer_invalid` when it is not one JSON-RPC answer.
pub fn read<V: Value>(envelope: &V, id: u32) -> Result<Answer<V>> {
    if !envelope.is_object() || envelope.get("jsonrpc").and_then(|version| version.text()).as_deref() != Some("2.0") {
        return Err(invalid("The answer is not a JSON-RPC 2.0 answer."));
    }
    let (result, error) = (envelope.get("result"), envelope.get("error"));
    let answered = envelope.get("id");
    let ours = answered.as_ref().and_then(V::number) == Some(f64::from(id));
    // A server that could not read the request cannot know its id (section 5).
    let unread = error.is_some() && answered.is_some_and(|id| id.kind() == Kind::Null);
    if !ours && !unread {
        return Err(Error::new(Code::AnswerMismatch, "The answer belongs to another request: it is given to nobody.")
            .field("id"));
    }
    match (result, error) {
        (Some(result), None) => match result.get("resultType").map(|kind| kind.text()) {
            None => Ok(Answer::Result(result)),
            Some(Some(kind)) if kind == "complete" => Ok(Answer::Result(result)),
            Some(_) => Err(invalid("The answer is of a kind that this client does not know.").field("resultType")),
        },
        (None, Some(error)) => read_error(error).map(Answer::Error),
        (Some(_), Some(_)) => Err(invalid("The answer holds both a result and an error.")),
        (None, None) => Err(invalid("The answer holds neither a result nor an error.")),
    }
}

fn read_error<V: Value>(error: V) -> Result<RpcError<V>> {
    let code = error.get("code").and_then(|code| code.number());
    let message = error.get("message").and_then(|message| message.text());
    let (Some(code), Some(message)) = (code, message) else {
        return Err(invalid("The answer's error has no code and message.").field("error").answer(error));
    };
    Ok(RpcError { code, message, data: error.get("data"), whole: error })
}

fn invalid(sentence: &'static str) -> Error {
    Error::new(Code::AnswerInvalid, sentence)
}
