//! A page, its clock and its random numbers.

use std::cell::Cell;

use shopper_mcp::error::{Error, Problem, Result};
use shopper_mcp::platform::{Platform, Url};

use super::http_date;
use super::random::Dice;
use super::shop::ACCOUNT_PAGE;
use super::tree::Tree;

/// 2026-11-02 10:00:00 UTC, ms since the epoch.
pub const BEGINNING: f64 = 1_793_613_600_000.0;

/// See the module.
pub struct World {
    pub now: Cell<f64>,
    pub has_randomness: Cell<bool>,
    address: String,
    dice: Dice,
}

impl World {
    /// On the page where customers sign in.
    pub fn new() -> Self {
        Self::at(ACCOUNT_PAGE)
    }

    /// On another page.
    pub fn at(address: &str) -> Self {
        let (now, has_randomness) = (Cell::new(BEGINNING), Cell::new(true));
        Self { now, has_randomness, address: address.to_owned(), dice: Dice::new(1) }
    }

    /// Lets time pass.
    pub fn advance(&self, ms: f64) {
        self.now.set(self.now.get() + ms);
    }
}

impl Platform for World {
    type Value = Tree;

    fn now(&self) -> f64 {
        self.now.get()
    }

    fn parse_date(&self, text: &str) -> Option<f64> {
        http_date::parse(text)
    }

    fn address(&self) -> String {
        self.address.clone()
    }

    /// By the WHATWG's rules, as a browser does.
    fn parse_url(&self, text: &str, base: Option<&str>) -> Option<Url> {
        let url = match base {
            Some(base) => url::Url::parse(base).ok()?.join(text).ok()?,
            None => url::Url::parse(text).ok()?,
        };
        let (origin, host) = (url.origin().ascii_serialization(), url.host_str().unwrap_or_default());
        Some(Url::new(&origin, host, url.as_str()))
    }

    fn parameter(&self, query: &str, name: &str, index: u32) -> Option<String> {
        let query = query.strip_prefix('?').unwrap_or(query);
        let mut values = url::form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
        values.nth(index as usize).map(|(_, value)| value.into_owned())
    }

    fn parse_json(&self, text: &[u8]) -> Option<Tree> {
        serde_json::from_slice(text).ok().map(Tree)
    }

    fn random(&self) -> Result<[u8; 32]> {
        let mut bytes = [0; 32];
        self.dice.fill(&mut bytes);
        if self.has_randomness.get() { Ok(bytes) } else { Err(Error::new(Problem::NoRandomness)) }
    }
}
