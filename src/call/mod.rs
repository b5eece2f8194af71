//! The road of one call: post, read, wait for a limit to pass, renew the session, try again.

mod limit;
mod road;
mod server;

pub use limit::Patience;
pub use road::{Attempt, as_customer, customer_changed, still_unauthorized, without_session};
pub use server::{AuthorizationStyle, Message, Reply, Server};
