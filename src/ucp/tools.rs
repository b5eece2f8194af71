//! The thirteen tools of a shopping server, and what the protocol says about each.

/// What a tool is about. Tiers and rate limits go by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Searching and reading products.
    Catalog,
    /// Building a cart.
    Cart,
    /// Building a checkout.
    Checkout,
    /// Buying: `complete_checkout`.
    Completion,
    /// Reading orders.
    Order,
}

/// What a call does at the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing: it may be sent again at any time.
    Reads,
    /// Something that is done again when it is sent again.
    Writes,
    /// Something that is done once per idempotency key (UCP, MCP binding: "Idempotency").
    WritesOnce,
}

/// A tool of the protocol.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// As it is called.
    pub name: &'static str,
    /// What it is about.
    pub family: Family,
    /// What a call does.
    pub effect: Effect,
    /// Without this capability in common there is no such tool: a server answers `Tool not found`.
    pub capability: &'static str,
}

const SEARCH: &str = "dev.ucp.shopping.catalog.search";
const LOOKUP: &str = "dev.ucp.shopping.catalog.lookup";
const CART: &str = "dev.ucp.shopping.cart";
const CHECKOUT: &str = "dev.ucp.shopping.checkout";
const ORDER: &str = "dev.ucp.shopping.order";

const fn tool(name: &'static str, family: Family, effect: Effect, capability: &'static str) -> Tool {
    Tool { name, family, effect, capability }
}

/// All of them.
pub const TOOLS: [Tool; 13] = [
    tool("search_catalog", Family::Catalog, Effect::Reads, SEARCH),
    tool("lookup_catalog", Family::Catalog, Effect::Reads, LOOKUP),
    tool("get_product", Family::Catalog, Effect::Reads, LOOKUP),
    tool("create_cart", Family::Cart, Effect::Writes, CART),
    tool("get_cart", Family::Cart, Effect::Reads, CART),
    tool("update_cart", Family::Cart, Effect::Writes, CART),
    tool("cancel_cart", Family::Cart, Effect::WritesOnce, CART),
    tool("create_checkout", Family::Checkout, Effect::Writes, CHECKOUT),
    tool("get_checkout", Family::Checkout, Effect::Reads, CHECKOUT),
    tool("update_checkout", Family::Checkout, Effect::Writes, CHECKOUT),
    tool("complete_checkout", Family::Completion, Effect::WritesOnce, CHECKOUT),
    tool("cancel_checkout", Family::Checkout, Effect::WritesOnce, CHECKOUT),
    tool("get_order", Family::Order, Effect::Reads, ORDER),
];

/// The tool of this name; `None` for one that the protocol does not know.
#[must_use]
pub fn find(name: &str) -> Option<&'static Tool> {
    TOOLS.iter().find(|tool| tool.name == name)
}
