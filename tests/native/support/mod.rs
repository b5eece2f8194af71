//! A fake world, and what a shop and a page look like in it.

pub mod http_date;
pub mod random;
pub mod shop;
pub mod tree;
pub mod world;
