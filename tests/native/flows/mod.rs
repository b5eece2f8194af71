//! Whole flows: what a shopper and a page go through.

mod callback;
mod sign_in;
