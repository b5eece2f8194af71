//! Percent-encoding of queries and form bodies (RFC 3986 section 2).

use alloc::string::String;

use crate::words::{join, split};

/// The URL with a query that pairs can be appended to.
#[must_use]
pub fn open(url: &str) -> String {
    join(&[url, if split(url, b'?').is_some() { "" } else { "?" }])
}

/// Appends `key=value`, with the separator it needs: `first` when nothing precedes it, `&` otherwise.
pub fn push_pair(out: &mut String, key: &str, value: &str) {
    if !(out.is_empty() || out.ends_with('?') || out.ends_with('&')) {
        out.push('&');
    }
    push_encoded(out, key);
    out.push('=');
    push_encoded(out, value);
}

/// Appends `key=value`, unless the value is empty.
pub fn push_given(out: &mut String, key: &str, value: &str) {
    if !value.is_empty() {
        push_pair(out, key, value);
    }
}

fn push_encoded(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(digit(byte >> 4));
            out.push(digit(byte & 15));
        }
    }
}

fn digit(nibble: u8) -> char {
    char::from(if nibble < 10 { b'0' + nibble } else { b'A' - 10 + nibble })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_written_to_the_letter() {
        let mut query = String::from("?");
        for (key, value) in [("a b", "c+d&e=f"), ("é", "\u{1f600}%00"), ("", "empty key"), ("empty", "")] {
            push_pair(&mut query, key, value);
        }
        assert_eq!(query, "?a%20b=c%2Bd%26e%3Df&%C3%A9=%F0%9F%98%80%2500&=empty%20key&empty=");
    }

    #[test]
    fn a_url_is_opened_for_pairs() {
        assert_eq!(open("https://a.example/b"), "https://a.example/b?");
        assert_eq!(open("https://a.example/b?c"), "https://a.example/b?c");
    }
}
