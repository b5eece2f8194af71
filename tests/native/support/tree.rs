//! JSON by serde_json, in the place of the browser's own.

use serde_json::Value as Serde;
use shopper_mcp::json::{Kind, Value};

/// A parsed value.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree(pub Serde);

impl Tree {
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self)
    }
}

impl Value for Tree {
    fn kind(&self) -> Kind {
        match &self.0 {
            Serde::Null => Kind::Null,
            Serde::Bool(_) => Kind::Bool,
            Serde::Number(_) => Kind::Number,
            Serde::String(_) => Kind::String,
            Serde::Array(_) => Kind::Array,
            Serde::Object(_) => Kind::Object,
        }
    }

    fn get(&self, key: &str) -> Option<Self> {
        self.0.as_object()?.get(key).cloned().map(Self)
    }

    fn keys(&self) -> Vec<String> {
        self.0.as_object().map(|object| object.keys().cloned().collect()).unwrap_or_default()
    }

    fn at(&self, index: u32) -> Option<Self> {
        self.0.as_array()?.get(index as usize).cloned().map(Self)
    }

    fn text(&self) -> Option<String> {
        self.0.as_str().map(str::to_owned)
    }

    fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    fn boolean(&self) -> Option<bool> {
        self.0.as_bool()
    }
}
