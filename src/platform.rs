//! What the pure rooms need of the world. `web/` implements it on a browser; tests implement it on a fake one.

use alloc::string::String;

use crate::error::Result;
use crate::json::Value;
use crate::words::{join, split};

/// The world, as far as it is asked for anything.
pub trait Platform {
    /// A parsed value.
    type Value: Value;
    /// ms since the epoch. May jump either way.
    fn now(&self) -> f64;
    /// An HTTP date (RFC 9110 section 5.6.7) as ms since the epoch.
    fn parse_date(&self, text: &str) -> Option<f64>;
    /// The page's address.
    fn address(&self) -> String;
    /// Parses a URL, relative to `base` when one is given.
    fn parse_url(&self, text: &str, base: Option<&str>) -> Option<Url>;
    /// The `index`-th value of a parameter in a query, with or without its `?` (URL standard, section 5.1).
    fn parameter(&self, query: &str, name: &str, index: u32) -> Option<String>;
    /// `None` when it is not JSON in UTF-8.
    fn parse_json(&self, text: &[u8]) -> Option<Self::Value>;
    /// Bytes of the operating system's generator.
    ///
    /// Errors: `randomness_unavailable`.
    fn random(&self) -> Result<[u8; 32]>;

    /// The page's address, parsed.
    fn page(&self) -> Option<Url> {
        self.parse_url(&self.address(), None)
    }

    /// Whether the page is on this machine: there, plain http is allowed on loopback.
    fn on_loopback(&self) -> bool {
        self.page().is_some_and(|page| page.is_loopback())
    }
}

/// A parsed URL, in one text: origin, host and the whole, separated by spaces, which neither origin nor host holds.
#[derive(Clone, Debug, Default)]
pub struct Url(String);

impl Url {
    /// From its parts, as a parser gives them.
    #[must_use]
    pub fn new(origin: &str, host: &str, href: &str) -> Self {
        Self(join(&[origin, " ", host, " ", href]))
    }

    /// From its parts, joined already.
    #[must_use]
    pub fn joined(parts: String) -> Self {
        Self(parts)
    }

    /// `https://host:port`, or `null` (HTML standard, section 7.1.1).
    #[must_use]
    pub fn origin(&self) -> &str {
        self.parts().0
    }

    /// Host without port, lower case; empty where there is none.
    #[must_use]
    pub fn host(&self) -> &str {
        self.parts().1
    }

    /// Normalized, whole.
    #[must_use]
    pub fn href(&self) -> &str {
        self.parts().2
    }

    #[inline(never)]
    fn parts(&self) -> (&str, &str, &str) {
        let (origin, rest) = split(&self.0, b' ').unwrap_or_default();
        let (host, href) = split(rest, b' ').unwrap_or_default();
        (origin, host, href)
    }

    /// What follows the origin; `None` where something else precedes it: credentials, or a scheme around it (`blob:`).
    #[must_use]
    pub fn after_origin(&self) -> Option<&str> {
        self.href().strip_prefix(self.origin())
    }

    /// Whether the host is this machine (RFC 6761, RFC 5735).
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let host = self.host();
        host == "localhost" || host == "[::1]" || host.ends_with(".localhost") || is_127(host)
    }
}

fn is_127(host: &str) -> bool {
    host.strip_prefix("127.").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

/// Whether a value may stand in a header: visible ASCII, no control characters.
#[must_use]
pub fn header_safe(value: &str) -> bool {
    value.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_told_by_the_host() {
        let at = |host: &str| Url::new("null", host, "x:").is_loopback();
        for host in ["localhost", "127.0.0.1", "127.1.2.3", "[::1]", "a.localhost"] {
            assert!(at(host), "{host}");
        }
        for host in ["localhost.example", "127.evil", "127.0.0.1.example", "[::2]", "10.0.0.1", "notlocalhost", ""] {
            assert!(!at(host), "{host}");
        }
    }

    #[test]
    fn nothing_but_the_origin_comes_first() {
        let after = |href: &str| Url::new("https://a.example", "a.example", href).after_origin().map(String::from);
        assert_eq!(after("https://a.example/b#c").as_deref(), Some("/b#c"));
        assert_eq!(after("https://user@a.example/"), None);
        assert_eq!(after("blob:https://a.example/b"), None);
    }
}
