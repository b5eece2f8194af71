//! JSON without a parser of our own: [`Value`] is read through, [`Fields`] refuses by name, [`Object`] is written.
//!
//! In a browser a [`Value`] is the `JsValue` that `JSON.parse` made; in tests it is `serde_json::Value`. Every reader of
//! a document, a token answer, an ID token, a stored record and a JSON-RPC envelope is generic over it.

use alloc::boxed::Box;
use alloc::string::String;

mod fields;

pub use fields::Fields;

/// The JSON type of a [`Value`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number
    Number,
    /// A string
    String,
    /// An array
    Array,
    /// An object
    Object,
}

/// A parsed JSON value that somebody else owns.
pub trait Value: Sized {
    /// Its JSON type.
    fn kind(&self) -> Kind;
    /// An object's own member. `None` for anything inherited and for every other type.
    fn get(&self, key: &str) -> Option<Self>;
    /// The name of one of an object's own members. `None` past the last one and for every other type.
    fn key(&self, index: u32) -> Option<String>;
    /// An array's element. `None` past its end and for every other type.
    fn at(&self, index: u32) -> Option<Self>;
    /// The characters of a string. Lone surrogates become U+FFFD.
    fn text(&self) -> Option<String>;
    /// A number.
    fn number(&self) -> Option<f64>;
    /// A boolean.
    fn boolean(&self) -> Option<bool>;

    /// Whether this is an object (and not an array).
    fn is_object(&self) -> bool {
        self.kind() == Kind::Object
    }

    /// The type of a member; `None` where there is none.
    fn kind_of(&self, key: &str) -> Option<Kind> {
        self.get(key).map(|member| member.kind())
    }

    /// The characters of a member that is a string.
    fn text_of(&self, key: &str) -> Option<String> {
        self.get(key)?.text()
    }

    /// A member that is a number, other than NaN.
    fn number_of(&self, key: &str) -> Option<f64> {
        self.get(key)?.number()
    }

    /// Whether a member is this string.
    fn holds(&self, key: &str, text: &str) -> bool {
        self.text_of(key).as_deref() == Some(text)
    }

    /// Whether a list holds this string.
    fn contains(&self, text: &str) -> bool {
        (0..).map_while(|index| self.at(index)).any(|item| item.text().as_deref() == Some(text))
    }

    /// Whether a member is `true`.
    fn is_true(&self, key: &str) -> bool {
        self.get(key).and_then(|member| member.boolean()) == Some(true)
    }
}

/// A plain object under construction. What is `None` becomes `null`.
pub trait Object {
    /// Sets a string.
    fn text(&mut self, key: &str, text: Option<&str>);
    /// Sets a number.
    fn number(&mut self, key: &str, number: Option<f64>);
    /// Sets a boolean.
    fn flag(&mut self, key: &str, flag: bool);
    /// Appends to a list of strings.
    fn push(&mut self, key: &str, text: &str);
}

/// Something that is handed out as a plain object.
pub trait Write {
    /// Sets its members.
    fn write(&self, object: &mut impl Object);
}

impl<T: Write> Write for Box<T> {
    fn write(&self, object: &mut impl Object) {
        (**self).write(object);
    }
}
