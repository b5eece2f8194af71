//! base64url without padding (RFC 4648 section 5), and base64 with it (section 4).

use alloc::string::String;
use alloc::vec::Vec;

/// The digits of base64url; the last two are those of base64.
const ALPHABET: &[u8; 66] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/";

/// Encodes without padding.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    encode_with(bytes, 0)
}

/// `shift` is where the last two digits are, beyond their place in base64url.
#[inline(never)]
fn encode_with(bytes: &[u8], shift: usize) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let mut group = 0u32;
        for position in 0..3 {
            group = group << 8 | u32::from(chunk.get(position).copied().unwrap_or(0));
        }
        for position in 0..=chunk.len() as u32 {
            let digit = (group >> (18 - 6 * position)) as usize & 63;
            let index = if digit < 62 { digit } else { digit + shift };
            out.extend(ALPHABET.get(index).map(|&byte| char::from(byte)));
        }
    }
    out
}

/// Encodes as base64 with padding, as headers carry bytes (RFC 8941 section 3.3.5).
#[must_use]
pub fn encode_padded(bytes: &[u8]) -> String {
    let mut out = encode_with(bytes, 2);
    out.push_str("==".get(..(3 - bytes.len() % 3) % 3).unwrap_or_default());
    out
}

/// Decodes; `None` for padding, other characters, or a length or last character that no encoder produces.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (mut group, mut bits) = (0u32, 0u32);
    for byte in text.bytes() {
        let digit = ALPHABET.iter().take(64).position(|known| *known == byte)?;
        group = (group & 0xff_ffff) << 6 | digit as u32;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((group >> bits) as u8);
        }
    }
    let left_over = group & ((1 << bits) - 1);
    (bits < 6 && left_over == 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_4648_vectors() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encode(plain.as_bytes()), coded);
            assert_eq!(decode(coded).unwrap(), plain.as_bytes());
        }
        assert_eq!(encode(&[0xfb, 0xff, 0xbf]), "-_-_");
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(encode_padded(plain.as_bytes()), coded);
        }
        assert_eq!(encode_padded(&[0xfb, 0xff, 0xbf]), "+/+/");
    }

    #[test]
    fn refuses_what_no_encoder_writes() {
        for text in ["A", "Zg==", "Zm9v YmFy", "Zh", "Zm9", "+/+/", "é", "AAAAA"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    #[test]
    fn every_byte_value_survives() {
        let bytes: Vec<u8> = (0..=255).collect();
        for start in 0..4 {
            assert_eq!(decode(&encode(&bytes[start..])).unwrap(), &bytes[start..]);
        }
    }
}
