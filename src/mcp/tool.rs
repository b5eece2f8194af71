//! Tools: which may be repeated, and what an `isError` answer says.

use crate::error::{Code, Error};
use crate::json::Value;
use crate::words::{after, says};

/// Tools of the Customer Accounts MCP server that only read. A tool that is neither here nor marked `readOnlyHint` in
/// the server's own list may write.
const READ_ONLY: [&str; 3] = ["get_most_recent_order_status", "get_order_status", "get_store_credit_balances"];

/// Whether a call of this tool changes nothing. `listed` is its entry in `tools/list`, when that is known.
pub fn only_reads<V: Value>(name: &str, listed: Option<&V>) -> bool {
    let hint = listed.and_then(|tool| tool.get("annotations")).and_then(|notes| notes.get("readOnlyHint"));
    match hint.and_then(|hint| hint.boolean()) {
        Some(hint) => hint,
        None => READ_ONLY.contains(&name),
    }
}

/// The error that a result stands for, when it has `isError`. Its sentence is the server's, verbatim.
pub fn failure<V: Value>(result: &V, only_reads: bool) -> Option<Error> {
    if result.get("isError").and_then(|flag| flag.boolean()) != Some(true) {
        return None;
    }
    let words = words_of(result);
    let code = if says(&words, "Unable to process the request") {
        Code::ToolProcessing
    } else if says(&words, "tool not found") || says(&words, "unknown tool") {
        Code::ToolUnknown
    } else if says(&words, "not found") {
        Code::ToolNotFound
    } else if says(&words, "rate limit") {
        Code::RateLimited
    } else if speaks_of_sign_in(&words) {
        Code::ToolUnauthorized
    } else if words.is_empty() {
        Code::ToolFailed
    } else {
        Code::ToolValidation
    };
    let number = after(&words, "not found with number:").map(number_at);
    let retryable = code == Code::RateLimited || (code == Code::ToolProcessing && only_reads);
    let sentence = if words.is_empty() { "The tool failed without saying why.".to_owned() } else { words };
    let error = Error::new(code, sentence).order_number(number).answer(result.clone());
    Some(if retryable { error.retryable() } else { error })
}

/// Whether a server's words mean a missing or dead token.
#[must_use]
pub fn speaks_of_sign_in(words: &str) -> bool {
    [
        "authenticationrequired",
        "authentication required",
        "valid jwt",
        "unauthorized",
        "unauthenticated",
        "invalid token",
    ]
    .iter()
    .any(|sign| says(words, sign))
}

/// The text items of a result, joined.
fn words_of<V: Value>(result: &V) -> String {
    let mut words = String::new();
    let Some(content) = result.get("content") else { return words };
    let mut index = 0;
    while let Some(item) = content.at(index) {
        index += 1;
        if let Some(text) = item.get("text").and_then(|text| text.text()) {
            if !words.is_empty() {
                words.push('\n');
            }
            words.push_str(&text);
        }
    }
    words
}

/// The order number that a sentence ends with, without the quotes or brace of JSON around the sentence.
fn number_at(text: &str) -> String {
    let end = text.bytes().position(|byte| matches!(byte, b'"' | b'\n' | b'}')).unwrap_or(text.len());
    let number = text.get(..end).unwrap_or_default().trim_ascii();
    number.strip_suffix(['.', ',']).unwrap_or(number).to_owned()
}
