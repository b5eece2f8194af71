//! Small questions about text. The standard library's searches are fast on books and weigh 8 kB with the messages of
//! their panics; what is looked at here is a sentence.

use alloc::string::String;

/// Where `part` begins in `text`, ASCII letters compared without their case.
fn find(text: &str, part: &str) -> Option<usize> {
    let last = text.len().checked_sub(part.len())?;
    let is_part = |start: usize| {
        text.as_bytes().get(start..start + part.len()).is_some_and(|found| found.eq_ignore_ascii_case(part.as_bytes()))
    };
    (0..=last).find(|start| is_part(*start))
}

/// Whether `text` holds `part`, in any ASCII case.
#[must_use]
#[inline(never)]
pub fn says(text: &str, part: &str) -> bool {
    find(text, part).is_some()
}

/// What follows the first `part`; `None` when there is none.
#[must_use]
pub fn after<'a>(text: &'a str, part: &str) -> Option<&'a str> {
    text.get(find(text, part)? + part.len()..)
}

/// What stands before and after the first `separator`, an ASCII character.
#[must_use]
#[inline(never)]
pub fn split(text: &str, separator: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == separator)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// What a table says about a word.
#[inline(never)]
pub fn look_up<T: Copy>(table: &[(&'static str, T)], word: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == word).map(|(_, found)| *found)
}

/// A text of its own; what `String::from` does, once and not wherever it is called.
#[must_use]
#[inline(never)]
pub fn copy(text: &str) -> String {
    String::from(text)
}

/// The parts, one after the other.
#[must_use]
#[inline(never)]
pub fn join(parts: &[&str]) -> String {
    let mut text = String::new();
    append(&mut text, parts);
    text
}

/// Adds the parts to a text, one after the other.
#[inline(never)]
pub fn append(text: &mut String, parts: &[&str]) {
    for part in parts {
        text.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_in_any_case() {
        assert!(says("Rate Limit exceeded", "rate limit"));
        assert!(says("über", "BER"));
        assert!(!says("rate", "rate limit") && !says("", "a"));
        assert_eq!(after("Order not found with number: #9 é", "number:"), Some(" #9 é"));
        assert_eq!(after("nothing", "number:"), None);
    }

    #[test]
    fn splits_once() {
        assert_eq!(split("é?a?b", b'?'), Some(("é", "a?b")));
        assert_eq!((split("?", b'?'), split("é", b'?')), (Some(("", "")), None));
    }
}
