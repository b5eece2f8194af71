//! Writing small JSON objects: records for storage, messages for tabs, the JSON-RPC envelope.

/// An object under construction.
pub struct Object(String);

impl Object {
    /// An empty object.
    #[must_use]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self(String::from("{"))
    }

    /// A string member.
    #[must_use]
    pub fn string(mut self, key: &str, value: &str) -> Self {
        self.key(key);
        string(&mut self.0, value);
        self
    }

    /// A string member, left out when there is none.
    #[must_use]
    pub fn optional(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.string(key, value),
            None => self,
        }
    }

    /// A whole, non-negative number; anything beyond 2^53 or below 0 is written as the nearest bound.
    #[must_use]
    pub fn number(mut self, key: &str, value: f64) -> Self {
        self.key(key);
        push_number(&mut self.0, value);
        self
    }

    /// `"key":true`, left out when false.
    #[must_use]
    pub fn flag(mut self, key: &str, value: bool) -> Self {
        if value {
            self.key(key);
            self.0.push_str("true");
        }
        self
    }

    /// A member that is JSON already.
    #[must_use]
    pub fn json(mut self, key: &str, value: &str) -> Self {
        self.key(key);
        self.0.push_str(value);
        self
    }

    /// The finished text.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }

    fn key(&mut self, key: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        string(&mut self.0, key);
        self.0.push(':');
    }
}

/// Appends `value` as a JSON string (RFC 8259 section 7).
pub fn string(out: &mut String, value: &str) {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    out.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if u32::from(c) < 0x20 => {
                out.push_str(if u32::from(c) < 0x10 { "\\u000" } else { "\\u001" });
                out.extend(HEX.get(u32::from(c) as usize & 15));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Appends a whole number without the float printer, which alone would weigh 13 kB.
pub fn push_number(out: &mut String, value: f64) {
    let mut rest = value.clamp(0.0, 9_007_199_254_740_991.0) as u64;
    let mut digits = [0u8; 16];
    let mut length = 0;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        length += 1;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits.iter().skip(digits.len() - length).map(|&digit| char::from(digit)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_a_parser_reads_back() {
        let nasty = "a\"b\\c\n\u{1}\u{1f}é\u{1f600}__proto__";
        let text =
            Object::new().string("k\"", nasty).number("n", 9_007_199_254_740_991.0).flag("t", true).flag("f", false);
        let text = text.optional("o", None).json("j", "[1]").number("z", -4.0).number("nan", f64::NAN).finish();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["k\""], nasty);
        assert_eq!(value["n"], 9_007_199_254_740_991_u64);
        assert_eq!(value["t"], true);
        assert!(value.get("f").is_none() && value.get("o").is_none());
        assert_eq!(value["j"][0], 1);
        assert_eq!((value["z"].as_u64(), value["nan"].as_u64()), (Some(0), Some(0)));
    }
}
