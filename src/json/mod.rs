//! JSON without a parser of our own: [`Value`] is read through, [`Object`] is written with.
//!
//! In a browser a [`Value`] is the `JsValue` that `JSON.parse` made; in tests it is `serde_json::Value`. Every reader of
//! a document, a token answer, an ID token, a stored record and a JSON-RPC envelope is generic over it.

mod fields;
mod object;

pub use fields::Fields;
pub use object::{Object, push_number, string};

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
pub trait Value: Clone + 'static {
    /// Its JSON type.
    fn kind(&self) -> Kind;
    /// An object's own member. `None` for anything inherited and for every other type.
    fn get(&self, key: &str) -> Option<Self>;
    /// The names of an object's own members; empty for every other type.
    fn keys(&self) -> Vec<String>;
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
}
