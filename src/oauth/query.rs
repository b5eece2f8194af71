//! Percent-encoding of queries and form bodies (RFC 3986 section 2, and the `+` of HTML forms when reading).

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// The query of a URL or of a path; empty where there is none.
#[must_use]
pub fn of(url: &str) -> &str {
    url.split_once('?').map_or("", |(_, query)| query)
}

/// The URL with a query that pairs can be appended to.
#[must_use]
pub fn open(url: &str) -> String {
    [url, if url.contains('?') { "" } else { "?" }].concat()
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

fn push_encoded(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.extend(HEX.get(usize::from(nibble)).map(|&digit| char::from(digit)));
            }
        }
    }
}

/// The decoded pairs of a query, with or without its `?`, in order. Broken escapes, and text that is not UTF-8, stay as they are.
pub fn pairs(query: &str) -> impl Iterator<Item = (String, String)> + '_ {
    let query = query.strip_prefix('?').unwrap_or(query);
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(key), decode(value))
    })
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut ahead = rest.clone();
                match (ahead.next().and_then(nibble), ahead.next().and_then(nibble)) {
                    (Some(high), Some(low)) => {
                        bytes.push(high << 4 | low);
                        rest = ahead;
                    }
                    _ => bytes.push(byte),
                }
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn nibble(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_survive_the_way_out_and_in() {
        let nasty = [("a b", "c+d&e=f"), ("é", "\u{1f600}%00"), ("", "empty key"), ("empty", "")];
        let mut query = String::from("?");
        for (key, value) in nasty {
            push_pair(&mut query, key, value);
        }
        let read: Vec<_> = pairs(&query).collect();
        assert!(read.iter().map(|(key, value)| (key.as_str(), value.as_str())).eq(nasty));
        assert!(query.is_ascii() && !query.contains(' '));
    }

    #[test]
    fn reads_what_others_write() {
        let read: Vec<_> = pairs("a=1+2&&b&c=%zz%4&%41=%e2%82").collect();
        let expected = [("a", "1 2"), ("b", ""), ("c", "%zz%4"), ("A", "%e2%82")];
        assert!(read.iter().map(|(key, value)| (key.as_str(), value.as_str())).eq(expected));
    }
}
