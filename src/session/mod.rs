//! One customer's session: the login that begins it, its records, and its end at the shop.

pub mod logout;
pub mod pending;
pub mod record;
