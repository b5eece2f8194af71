//! What a page holds.

mod arrival;
mod customer;
mod login;
mod options;
mod popup;
mod shop;
mod sign_in;
mod waiting;
mod way_back;

pub use customer::{CallOptions, Customer};
pub use login::{Tokens, begin_login, complete_login, discover_login, read_wishes};
pub use options::{
    MAX_ANSWER_BYTES, Options, RATE_LIMIT_WAIT_MS, TIMEOUT_MS, Target, TokenStore, positive, read_style,
};
pub use popup::open as open_popup;
pub use shop::Shop;
pub use sign_in::SignInPolicy;
pub use way_back::{Resumed, Return};
