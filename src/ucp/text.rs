//! Writing without the formatting code of the standard library.

use alloc::string::String;

/// A whole number in decimal.
pub(super) fn digits(mut number: u64) -> String {
    let mut reversed = String::new();
    loop {
        reversed.push(char::from(b'0' + (number % 10) as u8));
        number /= 10;
        if number == 0 {
            return reversed.chars().rev().collect();
        }
    }
}

/// The two hexadecimal digits of a byte, lower case.
pub(super) fn hex(byte: u8) -> [char; 2] {
    [byte >> 4, byte & 15].map(|nibble| char::from(if nibble < 10 { b'0' + nibble } else { b'a' - 10 + nibble }))
}

/// A text as JSON's (RFC 8259 section 7), with its quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\0'..' ' => {
                out.push_str("\\u00");
                out.extend(hex(character as u8));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers() {
        for (number, text) in [(0, "0"), (9, "9"), (10, "10"), (u64::MAX, "18446744073709551615")] {
            assert_eq!(digits(number), text);
        }
    }

    #[test]
    fn texts_are_read_back_as_they_were() {
        for text in ["", "é\u{1f600}", "a\"b\\c", "\u{0}\u{1f}\r\n\t", "\u{7f}\u{2028}</script>"] {
            assert_eq!(serde_json::from_str::<String>(&quoted(text)).unwrap(), text);
        }
    }
}
