//! JSON by serde_json, in the place of the browser's own.

use serde_json::{Value as Serde, json};
use shopper_mcp::json::{Kind, Object, Value, Write};

/// A parsed value.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree(pub Serde);

impl Tree {
    /// What is handed out, as JavaScript gets it.
    pub fn written(of: &impl Write) -> Self {
        let mut object = Self(json!({}));
        of.write(&mut object);
        object
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

    fn key(&self, index: u32) -> Option<String> {
        self.0.as_object()?.keys().nth(index as usize).cloned()
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

impl Object for Tree {
    fn text(&mut self, key: &str, text: Option<&str>) {
        self.0[key] = json!(text);
    }

    fn number(&mut self, key: &str, number: Option<f64>) {
        self.0[key] = json!(number);
    }

    fn flag(&mut self, key: &str, flag: bool) {
        self.0[key] = json!(flag);
    }

    fn push(&mut self, key: &str, text: &str) {
        match self.0[key].as_array_mut() {
            Some(list) => list.push(json!(text)),
            None => self.0[key] = json!([text]),
        }
    }
}
