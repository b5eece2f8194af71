//! Tools: which may be repeated, and what an `isError` answer says.

use alloc::string::String;

use crate::error::{Error, Problem, Result};
use crate::json::{Kind, Value};
use crate::words::{after, copy, says};

/// Tools of the Customer Accounts MCP server that only read. A tool that is neither here nor marked `readOnlyHint` in
/// the server's own list may write.
const READ_ONLY: [&str; 3] = ["get_most_recent_order_status", "get_order_status", "get_store_credit_balances"];

/// Whether a call of this tool changes nothing. `listed` is its entry in `tools/list`, when that is known.
pub fn only_reads<V: Value>(name: &str, listed: Option<&V>) -> bool {
    match listed.and_then(|tool| tool.get("annotations")) {
        Some(notes) if notes.kind_of("readOnlyHint") == Some(Kind::Bool) => notes.is_true("readOnlyHint"),
        _ => READ_ONLY.contains(&name),
    }
}

/// What a tool's words mean: the first sign that they hold, in any case.
const SIGNS: [(&str, Problem); 11] = [
    ("unable to process the request", Problem::ToolProcessing),
    ("tool not found", Problem::ToolUnknown),
    ("unknown tool", Problem::ToolUnknown),
    ("not found", Problem::ToolNotFound),
    ("rate limit", Problem::ToolRateLimited),
    ("authenticationrequired", Problem::ToolUnauthorized),
    ("authentication required", Problem::ToolUnauthorized),
    ("valid jwt", Problem::ToolUnauthorized),
    ("unauthorized", Problem::ToolUnauthorized),
    ("unauthenticated", Problem::ToolUnauthorized),
    ("invalid token", Problem::ToolUnauthorized),
];

/// Whether the answer of a tool is a result. `listed` as in [`only_reads`].
///
/// Errors: `answer_invalid` when it is not an object; for one with `isError` those of its words, `tool_validation` and
/// `tool_failed`, in the server's own words.
pub fn check_result<V: Value>(name: &str, listed: Option<&V>, result: &V) -> Result<()> {
    if !result.is_object() {
        return Err(Error::at(Problem::ToolAnswerInvalid, "result"));
    }
    if !result.is_true("isError") {
        return Ok(());
    }
    let words = words_of(result);
    if words.is_empty() {
        return Err(Error::new(Problem::ToolFailed));
    }
    let sign = SIGNS.iter().find(|(sign, _)| says(&words, sign));
    let problem = sign.map_or(Problem::ToolValidation, |(_, problem)| *problem);
    let number = after(&words, "not found with number:").map(number_at);
    let retryable =
        problem == Problem::ToolRateLimited || (problem == Problem::ToolProcessing && only_reads(name, listed));
    Err(Error::new(problem).words(words).order_number(number).retryable(retryable))
}

/// Whether a server's words mean a missing or dead token.
#[must_use]
pub fn speaks_of_sign_in(words: &str) -> bool {
    SIGNS.iter().any(|(sign, problem)| *problem == Problem::ToolUnauthorized && says(words, sign))
}

/// The text items of a result, joined.
fn words_of<V: Value>(result: &V) -> String {
    let mut words = String::new();
    let Some(content) = result.get("content") else { return words };
    let mut index = 0;
    while let Some(item) = content.at(index) {
        index += 1;
        if let Some(text) = item.text_of("text") {
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
    let number = number.strip_suffix(".").or(number.strip_suffix(",")).unwrap_or(number);
    copy(number)
}
