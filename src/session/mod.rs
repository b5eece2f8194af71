//! One customer's sign-in: the session and its renewal over all tabs, and the logins that are under way.

mod keys;
pub mod pending;
pub mod record;
pub mod renewal;
mod shared;

pub use keys::Keys;
pub use renewal::request_tokens;
pub use shared::{Credential, Session, Stamp};
