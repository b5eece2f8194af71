//! Looking for words in a server's text. The standard library's substring search is fast on books and weighs 8 kB with
//! the messages of its panics; what is searched here is a sentence.

/// Where `part` begins in `text`, ASCII letters compared without their case.
fn find(text: &str, part: &str) -> Option<usize> {
    text.as_bytes().windows(part.len()).position(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

/// Whether `text` holds `part`, in any ASCII case.
#[must_use]
pub fn says(text: &str, part: &str) -> bool {
    find(text, part).is_some()
}

/// What follows the first `part`; `None` when there is none.
#[must_use]
pub fn after<'a>(text: &'a str, part: &str) -> Option<&'a str> {
    text.get(find(text, part)? + part.len()..)
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
}
