//! What came of a call that a server understood: the messages in the order in which they are dealt with, the word that
//! a page switches on, and where the buyer goes on (UCP checkout, "Messages").

use alloc::string::String;
use alloc::vec::Vec;

use crate::json::{Object, Value, Write};
use crate::oauth::discovery::is_secure;
use crate::platform::Platform;

/// Severities of errors, in the order of handling; each is an outcome too.
const SEVERITIES: [&str; 4] = ["unrecoverable", "recoverable", "requires_buyer_input", "requires_buyer_review"];

/// Types of messages, in the order of handling. Errors of a severity come before all of them.
const TYPES: [&str; 3] = ["error", "warning", "info"];

/// See the module.
pub struct Outcome<V> {
    /// `success`, or what has to be done first: `unrecoverable` (begin anew), `recoverable` (change and update),
    /// `requires_buyer_input` and `requires_buyer_review` (both at `continue_url`).
    pub word: &'static str,
    /// As they came, sorted.
    pub messages: Vec<V>,
    /// Where the buyer goes on; only what a page may open.
    pub continue_url: Option<String>,
}

impl<V> Write for Outcome<V> {
    fn write(&self, object: &mut impl Object) {
        object.text("outcome", Some(self.word));
        object.text("continueUrl", self.continue_url.as_deref());
    }
}

impl<V: Value> Outcome<V> {
    /// Reads a resource. Nothing that is new or odd in it is refused: it is the page's to see.
    pub fn of(platform: &impl Platform, resource: &V, loopback: bool) -> Self {
        let list = resource.get("messages");
        let mut messages: Vec<V> = (0..).map_while(|index| list.as_ref()?.at(index)).collect();
        messages.sort_by_key(rank);
        let url = resource.text_of("continue_url");
        Self {
            word: word(resource, messages.first()),
            messages,
            continue_url: url.filter(|url| is_secure(platform, url, loopback)),
        }
    }
}

/// The place of a message in the order of handling.
fn rank<V: Value>(message: &V) -> usize {
    severity(message).unwrap_or_else(|| {
        let place = TYPES.iter().position(|kind| message.holds("type", kind));
        SEVERITIES.len() + place.unwrap_or(TYPES.len())
    })
}

fn severity<V: Value>(message: &V) -> Option<usize> {
    let is_error = message.holds("type", "error");
    SEVERITIES.iter().position(|severity| is_error && message.holds("severity", severity))
}

/// By the gravest message; without one by the status of the answer, which counts as success when it is left out, and by
/// that of a checkout. An error of a severity that is not known is for the buyer to see.
fn word<V: Value>(resource: &V, first: Option<&V>) -> &'static str {
    if let Some(known) = first.and_then(severity).and_then(|place| SEVERITIES.get(place)) {
        return known;
    }
    if resource.get("ucp").is_some_and(|ucp| ucp.holds("status", "error")) {
        return "unrecoverable";
    }
    let is_error = first.is_some_and(|message| message.holds("type", "error"));
    if is_error || resource.holds("status", "requires_escalation") { "requires_buyer_review" } else { "success" }
}
