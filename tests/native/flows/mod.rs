//! Whole flows: what a shopper and a page go through.

mod callback;
mod exchange;
mod resume;
mod sign_in;
