//! Whole flows: what a shopper and a page go through.

mod sign_in;
