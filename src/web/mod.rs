//! The browser, as [`crate::platform`] and [`crate::json`] want it.

mod browser;
mod value;

pub use browser::Browser;
pub use value::{lent, object, set, set_bytes};
