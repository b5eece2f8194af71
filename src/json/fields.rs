//! Reading the members of an untrusted object, with errors that name the member and its shape, never its content.

use super::{Kind, Value};
use crate::error::{Code, Error, Result};

/// The members of one object, refused with one code.
pub struct Fields<'a, V> {
    value: &'a V,
    code: Code,
    /// What the object is, for the sentence: "The token answer".
    subject: &'static str,
}

impl<'a, V: Value> Fields<'a, V> {
    /// Looks at `value`, which has to be an object.
    pub fn of(value: &'a V, code: Code, subject: &'static str) -> Result<Self> {
        let fields = Self { value, code, subject };
        if value.is_object() { Ok(fields) } else { Err(fields.refusal("", "is not a JSON object.")) }
    }

    /// A non-empty string that must be there.
    pub fn string(&self, key: &'static str) -> Result<String> {
        match self.optional_string(key)? {
            Some(text) => Ok(text),
            None => Err(self.refusal(key, "is missing.")),
        }
    }

    /// A non-empty string, or nothing (absent, `null` or empty).
    pub fn optional_string(&self, key: &'static str) -> Result<Option<String>> {
        match self.member(key) {
            None => Ok(None),
            Some(value) => match value.text() {
                Some(text) => Ok(Some(text).filter(|text| !text.is_empty())),
                None => Err(self.refusal(key, "is not a string.")),
            },
        }
    }

    /// A number, or nothing.
    pub fn optional_number(&self, key: &'static str) -> Result<Option<f64>> {
        match self.member(key) {
            None => Ok(None),
            Some(value) => match value.number() {
                Some(number) => Ok(Some(number)),
                None => Err(self.refusal(key, "is not a number.")),
            },
        }
    }

    /// A boolean; `false` when absent.
    pub fn flag(&self, key: &'static str) -> Result<bool> {
        match self.member(key) {
            None => Ok(false),
            Some(value) => match value.boolean() {
                Some(flag) => Ok(flag),
                None => Err(self.refusal(key, "is not true or false.")),
            },
        }
    }

    /// A list of strings; `None` when absent.
    pub fn strings(&self, key: &'static str) -> Result<Option<Vec<String>>> {
        let Some(list) = self.member(key) else { return Ok(None) };
        if list.kind() != Kind::Array {
            return Err(self.refusal(key, "is not a list."));
        }
        let mut strings = Vec::new();
        while let Some(item) = list.at(strings.len() as u32) {
            match item.text() {
                Some(text) => strings.push(text),
                None => return Err(self.refusal(key, "holds something other than strings.")),
            }
        }
        Ok(Some(strings))
    }

    /// The member itself; `null` counts as absent.
    pub fn member(&self, key: &str) -> Option<V> {
        self.value.get(key).filter(|value| value.kind() != Kind::Null)
    }

    /// An error about `key`.
    #[must_use]
    pub fn refusal(&self, key: &'static str, problem: &str) -> Error {
        let error = if key.is_empty() {
            Error::new(self.code, [self.subject, " ", problem].concat())
        } else {
            Error::new(self.code, [self.subject, ": `", key, "` ", problem].concat())
        };
        if key.is_empty() { error } else { error.field(key) }
    }
}
