//! What a page holds.

mod arrival;
mod customer;
mod login;
mod options;
mod popup;
mod shop;
mod waiting;

pub use customer::{CallOptions, Customer, Resumed, Return, SignInPolicy};
pub use login::{Tokens, begin_login, complete_login, discover_login, read_wishes};
pub use options::{Options, Target, TokenStore, positive, read_style};
pub use popup::open as open_popup;
pub use shop::Shop;
