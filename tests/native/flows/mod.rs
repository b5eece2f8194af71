//! Whole flows: what a shopper and a page go through.

mod answers;
mod callback;
mod discovery;
mod exchange;
mod parts;
mod popup;
mod rate_limit;
mod renewal;
mod renewal_over_tabs;
mod resume;
mod sign_in;
mod storage;
mod tabs;
