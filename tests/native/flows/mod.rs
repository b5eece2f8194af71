//! Whole flows: what a shopper and a page go through.

mod callback;
mod exchange;
mod popup;
mod renewal;
mod resume;
mod sign_in;
mod tabs;
