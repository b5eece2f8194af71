//! Reading the members of an untrusted object, with errors that name the member and its shape, never its content.

use std::cell::RefCell;

use super::{Kind, Value};
use crate::error::{Code, Error, Result};

/// The members of one object. The first one that does not fit is kept until [`Fields::end`]: what was read until then
/// is not used.
pub struct Fields<'a, V> {
    value: &'a V,
    code: Code,
    /// What the object is, for the sentence: "The token answer".
    subject: &'static str,
    refusal: RefCell<Option<Error>>,
}

impl<'a, V: Value> Fields<'a, V> {
    /// Looks at `value`, which has to be an object; refuses with `code`.
    pub fn of(value: &'a V, code: Code, subject: &'static str) -> Self {
        let fields = Self { value, code, subject, refusal: RefCell::new(None) };
        if !value.is_object() {
            *fields.refusal.borrow_mut() = Some(Error::new(code, [subject, " is not a JSON object."].concat()));
        }
        fields
    }

    /// What was read, when all of it fits.
    ///
    /// Errors: the first refusal, with the code that the object was looked at with.
    pub fn end<T>(self, read: T) -> Result<T> {
        match self.refusal.into_inner() {
            None => Ok(read),
            Some(refusal) => Err(refusal),
        }
    }

    /// A non-empty string that must be there.
    pub fn string(&self, key: &'static str) -> String {
        self.optional_string(key).unwrap_or_else(|| {
            self.refuse(key, "is missing.");
            String::new()
        })
    }

    /// A non-empty string, or nothing (absent, `null` or empty).
    pub fn optional_string(&self, key: &'static str) -> Option<String> {
        let text = self.typed(key, V::text, "is not a string.")?;
        Some(text).filter(|text| !text.is_empty())
    }

    /// A number, or nothing.
    pub fn optional_number(&self, key: &'static str) -> Option<f64> {
        self.typed(key, V::number, "is not a number.")
    }

    /// A boolean; `false` when absent.
    pub fn flag(&self, key: &'static str) -> bool {
        self.typed(key, V::boolean, "is not true or false.").unwrap_or(false)
    }

    /// A list of strings; `None` when absent.
    pub fn strings(&self, key: &'static str) -> Option<Vec<String>> {
        let list = self.member(key)?;
        let mut strings = Vec::new();
        while let Some(item) = list.at(strings.len() as u32) {
            match item.text() {
                Some(text) => strings.push(text),
                None => break,
            }
        }
        if list.kind() != Kind::Array || list.at(strings.len() as u32).is_some() {
            self.refuse(key, "is not a list of strings.");
        }
        Some(strings)
    }

    /// The member itself; `null` counts as absent.
    pub fn member(&self, key: &str) -> Option<V> {
        self.value.get(key).filter(|value| value.kind() != Kind::Null)
    }

    /// Refuses `key`, unless something was refused before.
    pub fn refuse(&self, key: &'static str, problem: &str) {
        self.refusal.borrow_mut().get_or_insert_with(|| {
            Error::new(self.code, [self.subject, ": `", key, "` ", problem].concat()).field(key)
        });
    }

    /// Keeps the error of something that was read from `self`, unless something was refused before.
    pub fn take<T>(&self, read: Result<T>) -> Option<T> {
        match read {
            Ok(read) => Some(read),
            Err(error) => {
                self.refusal.borrow_mut().get_or_insert(error);
                None
            }
        }
    }

    fn typed<T>(&self, key: &'static str, read: fn(&V) -> Option<T>, problem: &str) -> Option<T> {
        let read = read(&self.member(key)?);
        if read.is_none() {
            self.refuse(key, problem);
        }
        read
    }
}
