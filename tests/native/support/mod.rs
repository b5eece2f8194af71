//! A fake world: see [`scene::Scene`] for how a test begins.

pub mod browser;
pub mod bus;
pub mod document;
pub mod http_date;
pub mod keys;
pub mod locks;
pub mod login_server;
pub mod network;
pub mod page;
pub mod random;
pub mod scene;
pub mod shop;
pub mod store;
pub mod tool_server;
pub mod tree;
pub mod world;
