//! Numbers that look random and are the same in every run.

use std::cell::Cell;

use serde_json::{Map, Value as Serde, json};

/// SplitMix64.
pub struct Dice(Cell<u64>);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(Cell::new(seed))
    }

    pub fn next(&self) -> u64 {
        self.0.set(self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15));
        let mut z = self.0.get();
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    pub fn pick<'a, T>(&self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    pub fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
    }

    /// A value of any shape, with members named by `keys` so that readers look inside.
    pub fn json(&self, keys: &[&str], depth: u32) -> Serde {
        match self.below(if depth == 0 { 6 } else { 9 }) {
            0 => Serde::Null,
            1 => json!(self.below(2) == 0),
            2 => json!(*self.pick(&[0.0, -1.0, 1.0, 2.5, 1e308, -1e308, 9_007_199_254_740_993.0, 1e-320, -0.0])),
            3 => json!(self.next() as i64),
            4 | 5 => json!(self.text()),
            6 => (0..self.below(4)).map(|_| self.json(keys, depth - 1)).collect(),
            _ => self.object(keys, depth - 1),
        }
    }

    /// An object of any shape.
    pub fn object(&self, keys: &[&str], depth: u32) -> Serde {
        let mut object = Map::new();
        for _ in 0..self.below(keys.len().min(10) + 3) {
            let key = if self.below(6) == 0 { self.text() } else { (*self.pick(keys)).to_owned() };
            object.insert(key, self.json(keys, depth));
        }
        Serde::Object(object)
    }

    /// A value of any shape, mostly an object, in which every text is a secret.
    pub fn secret(&self, keys: &[&str], depth: u32) -> Serde {
        fn spoil(value: &mut Serde) {
            match value {
                Serde::String(text) => text.push_str("SECRET"),
                Serde::Array(items) => items.iter_mut().for_each(spoil),
                Serde::Object(members) => members.values_mut().for_each(spoil),
                _ => {}
            }
        }
        let mut value = if self.below(5) == 0 { self.json(keys, depth) } else { self.object(keys, depth) };
        spoil(&mut value);
        value
    }

    /// A text that readers may trip over.
    pub fn text(&self) -> String {
        const ODD: [&str; 26] = [
            "",
            "2.0",
            "Bearer",
            "S256",
            "RS256",
            "https://shop.example/",
            "http://127.0.0.1/",
            "javascript:alert(1)",
            "//evil.example",
            "__proto__",
            "constructor",
            "\u{0}",
            "\r\nset-cookie: a=b",
            "é\u{1f600}\u{202e}",
            "a.b.c",
            "eyJ9.eyJ9.AAAA",
            "%00%zz",
            "\u{feff}",
            "9999999999999999999",
            "-1",
            "1e999",
            "data: x\n\n",
            "null",
            "shopper-mcp",
            "complete",
            "openid",
        ];
        match self.below(4) {
            0 => (0..self.below(40)).filter_map(|_| char::from_u32(self.next() as u32 & 0x1_ffff)).collect(),
            1 => (*self.pick(&ODD)).repeat(self.below(3)),
            _ => (*self.pick(&ODD)).to_owned(),
        }
    }
}
