//! What the pure rooms need of the world. `web/` implements it on a browser; tests implement it on a fake one.

use alloc::string::String;

use crate::error::Result;
use crate::json::Value;

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
    /// `None` when the text is not JSON.
    fn parse_json(&self, text: &str) -> Option<Self::Value>;
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

/// A parsed URL.
#[derive(Clone, Debug, Default)]
pub struct Url {
    /// Normalized, whole.
    pub href: String,
    /// `https://host:port`, or `null` (HTML standard, section 7.1.1).
    pub origin: String,
}

impl Url {
    /// What follows the origin; `None` where something else precedes it: credentials, or a scheme around it (`blob:`).
    #[must_use]
    pub fn after_origin(&self) -> Option<&str> {
        self.href.strip_prefix(self.origin.as_str())
    }

    /// Whether the host is this machine (RFC 6761, RFC 5735).
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let host = self.host();
        host == "localhost" || host == "[::1]" || host.ends_with(".localhost") || is_127(host)
    }

    fn host(&self) -> &str {
        let authority =
            self.origin.strip_prefix("http").and_then(|rest| rest.trim_start_matches('s').strip_prefix("://"));
        let authority = authority.unwrap_or_default();
        let port = authority.bytes().rev().take_while(u8::is_ascii_digit).count();
        authority.get(..authority.len() - port).and_then(|host| host.strip_suffix(':')).unwrap_or(authority)
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
        let at = |origin: &str| Url { href: String::new(), origin: origin.into() }.is_loopback();
        for origin in [
            "http://localhost",
            "https://localhost:3000",
            "http://127.0.0.1:8787",
            "http://[::1]:80",
            "http://a.localhost",
        ] {
            assert!(at(origin), "{origin}");
        }
        for origin in ["http://localhost.example", "http://127.evil", "http://[::2]:1", "https://10.0.0.1", "null", ""]
        {
            assert!(!at(origin), "{origin}");
        }
    }

    #[test]
    fn nothing_but_the_origin_comes_first() {
        let after = |href: &str| {
            let url = Url { href: href.into(), origin: "https://a.example".into() };
            url.after_origin().map(str::to_owned)
        };
        assert_eq!(after("https://a.example/b#c").as_deref(), Some("/b#c"));
        assert_eq!(after("https://user@a.example/"), None);
        assert_eq!(after("blob:https://a.example/b"), None);
    }
}
