//! Reading the members of an untrusted object, with errors that name the member and its shape, never its content.

use alloc::string::String;
use core::cell::OnceCell;

use super::{Kind, Value};
use crate::error::{Error, Problem, Result, Subject};

/// The members of one object. The first one that does not fit is kept until [`Fields::end`]: what was read until then
/// is not used.
pub struct Fields<'a, V> {
    value: &'a V,
    subject: Subject,
    refusal: OnceCell<Error>,
}

impl<'a, V: Value> Fields<'a, V> {
    /// Looks at `value`, which has to be an object.
    pub fn of(value: &'a V, subject: Subject) -> Self {
        let fields = Self { value, subject, refusal: OnceCell::new() };
        if !value.is_object() {
            fields.keep(Error::shape(Problem::NotAnObject, subject, None));
        }
        fields
    }

    /// Whether all that was read fits.
    ///
    /// Errors: the first refusal.
    pub fn end(self) -> Result<()> {
        match self.refusal.into_inner() {
            None => Ok(()),
            Some(refusal) => Err(refusal),
        }
    }

    /// A non-empty string that must be there.
    #[inline(never)]
    pub fn string(&self, key: &'static str) -> String {
        self.optional_string(key).unwrap_or_else(|| {
            self.refuse(key, Problem::Missing);
            String::new()
        })
    }

    /// A non-empty string, or nothing (absent, `null` or empty).
    #[inline(never)]
    pub fn optional_string(&self, key: &'static str) -> Option<String> {
        let text = self.value.text_of(key);
        self.expect(text.is_some(), key, Problem::NotAString);
        text.filter(|text| !text.is_empty())
    }

    /// A number, or nothing.
    #[inline(never)]
    pub fn optional_number(&self, key: &'static str) -> Option<f64> {
        let number = self.value.number_of(key);
        self.expect(number.is_some(), key, Problem::NotANumber);
        number
    }

    /// A number, or nothing; what is none is not refused.
    pub fn number(&self, key: &str) -> Option<f64> {
        self.value.number_of(key)
    }

    /// A positive number, or nothing.
    pub fn positive(&self, key: &'static str) -> Option<f64> {
        let number = self.optional_number(key)?;
        if number <= 0.0 {
            self.refuse(key, Problem::NotPositive);
        }
        Some(number)
    }

    /// One of some words, or nothing.
    #[inline(never)]
    pub fn choice(&self, key: &'static str, words: &[&'static str], problem: Problem) -> Option<&'static str> {
        let word = self.optional_string(key)?;
        let known = words.iter().copied().find(|known| *known == word);
        if known.is_none() {
            self.refuse(key, problem);
        }
        known
    }

    /// A boolean; `false` when absent.
    pub fn flag(&self, key: &'static str) -> bool {
        self.expect(self.value.kind_of(key) == Some(Kind::Bool), key, Problem::NotABoolean);
        self.value.is_true(key)
    }

    /// A list of strings, or nothing.
    #[inline(never)]
    pub fn strings(&self, key: &'static str) -> Option<V> {
        let list = self.member(key)?;
        let mut items = (0..).map_while(|index| list.at(index));
        if list.kind() != Kind::Array || items.any(|item| item.kind() != Kind::String) {
            self.refuse(key, Problem::NotStrings);
        }
        Some(list)
    }

    /// The member itself; `null` counts as absent.
    #[inline(never)]
    pub fn member(&self, key: &str) -> Option<V> {
        self.value.get(key).filter(|value| value.kind() != Kind::Null)
    }

    /// Has a member judged, where there is one.
    pub fn check(&self, key: &str, judge: impl Fn(&V) -> Result<()>) {
        if let Some(Err(refusal)) = self.member(key).map(|member| judge(&member)) {
            self.keep(refusal);
        }
    }

    /// The names of all members.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        (0..).map_while(|index| self.value.key(index))
    }

    /// Refuses `key`, unless something was refused before.
    #[inline(never)]
    pub fn refuse(&self, key: &'static str, problem: Problem) {
        self.keep(Error::shape(problem, self.subject, Some(key)));
    }

    /// Refuses a member that nobody knows.
    pub fn refuse_unknown(&self, key: String) {
        self.keep(Error::shape(Problem::MemberUnknown, self.subject, None).field(key));
    }

    /// Keeps an error of what was read, unless something was refused before.
    pub fn keep(&self, error: Error) {
        // The first one stays.
        let _ = self.refusal.set(error);
    }

    /// Refuses a member that was not `found` though it is there.
    #[inline(never)]
    fn expect(&self, found: bool, key: &'static str, problem: Problem) {
        if !found && self.value.kind_of(key).is_some_and(|kind| kind != Kind::Null) {
            self.refuse(key, problem);
        }
    }
}
