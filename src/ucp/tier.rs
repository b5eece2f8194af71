//! Which agent may call which tool: the table of Shopify's "Auth and rate limiting", as data, asked before the network.

use super::tools::{Family, find};
use crate::error::{Error, Problem, Result, Subject};
use crate::words::copy;

/// How an agent identifies itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// By its profile alone: neither `Authorization` nor signature headers.
    Anonymous,
    /// By HTTP message signatures (RFC 9421).
    Signed,
    /// By a Bearer token.
    Token,
}

impl Tier {
    /// As a page writes them.
    pub const NAMES: [&'static str; 3] = ["anonymous", "signed", "token"];

    /// As a page writes it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "anonymous" => Some(Self::Anonymous),
            "signed" => Some(Self::Signed),
            "token" => Some(Self::Token),
            _ => None,
        }
    }
}

/// Whom an agent calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Server {
    /// A shop's own server: all thirteen tools.
    Shop,
    /// The catalog over all shops: three tools that only read.
    GlobalCatalog,
    /// The catalog before it, whose every request takes a token.
    Discover,
}

impl Server {
    /// As the shell writes it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "shop" => Some(Self::Shop),
            "catalog" => Some(Self::GlobalCatalog),
            "discover" => Some(Self::Discover),
            _ => None,
        }
    }
}

/// A server and a tier by their names.
///
/// Errors: `option_invalid`, naming the one that is not known.
// Inline, so that a wasm without these exports stays the same to the byte.
#[inline]
pub fn named(server: &str, tier: &str) -> Result<(Server, Tier)> {
    let unknown = |field| Error::shape(Problem::Missing, Subject::CallOptions, Some(field));
    let server = Server::named(server).ok_or_else(|| unknown("server"))?;
    Ok((server, Tier::named(tier).ok_or_else(|| unknown("tier"))?))
}

/// The scope without which a token reads no order.
pub const ORDER_SCOPE: &str = "read_global_api_orders";

/// The scope without which a token searches no catalog.
pub const CATALOG_SCOPE: &str = "read_global_api_catalog_search";

/// A cell of the table. The problem says what would allow the call.
#[derive(Clone, Copy)]
enum Cell {
    Yes,
    No(Problem),
    /// Where the token was granted it, which only the server knows.
    IfGranted(Problem),
    /// Where the token has the scope.
    WithScope(&'static str, Problem),
}

use Cell::{IfGranted, No, WithScope, Yes};

const NO_COMPLETION: Cell = No(Problem::CompletionNeedsToken);
const NO_ORDERS: Cell = No(Problem::OrdersNeedToken);
const COMPLETION: Cell = IfGranted(Problem::CompletionNotGranted);
const ORDERS: Cell = WithScope(ORDER_SCOPE, Problem::OrderScopeMissing);

/// A row for each tier, a column for each family.
type Table = [(Tier, &'static [(Family, Cell)]); 3];

#[rustfmt::skip]
const SHOP: Table = [
    (Tier::Token, &[
        (Family::Catalog, Yes), (Family::Cart, Yes), (Family::Checkout, Yes), (Family::Completion, COMPLETION),
        (Family::Order, ORDERS),
    ]),
    (Tier::Signed, &[
        (Family::Catalog, Yes), (Family::Cart, Yes), (Family::Checkout, Yes), (Family::Completion, NO_COMPLETION),
        (Family::Order, NO_ORDERS),
    ]),
    (Tier::Anonymous, &[
        (Family::Catalog, Yes), (Family::Cart, Yes), (Family::Checkout, Yes), (Family::Completion, NO_COMPLETION),
        (Family::Order, NO_ORDERS),
    ]),
];

#[rustfmt::skip]
const GLOBAL_CATALOG: Table = [
    (Tier::Token, &[(Family::Catalog, Yes)]),
    (Tier::Signed, &[(Family::Catalog, Yes)]),
    (Tier::Anonymous, &[(Family::Catalog, Yes)]),
];

/// What the table says; what is not in it is allowed, since the server knows better.
fn cell(server: Server, tier: Tier, tool: &str) -> Cell {
    let table = match server {
        Server::Shop => &SHOP,
        Server::GlobalCatalog => &GLOBAL_CATALOG,
        Server::Discover if tier == Tier::Token => return WithScope(CATALOG_SCOPE, Problem::CatalogScopeMissing),
        Server::Discover => return No(Problem::CatalogNeedsToken),
    };
    let row = table.iter().find(|(of, _)| *of == tier);
    let found = find(tool).and_then(|tool| row?.1.iter().find(|(family, _)| *family == tool.family));
    found.map_or(Yes, |(_, cell)| *cell)
}

/// Whether an agent may call a tool, as far as that is known. `scope` is the token's, space-separated (RFC 6749 section
/// 3.3); `None` where nobody said which it has: then the server decides.
///
/// Errors: `tier_insufficient`, `scope_missing`, naming the tool.
pub fn check(server: Server, tier: Tier, tool: &str, scope: Option<&str>) -> Result<()> {
    let problem = match cell(server, tier, tool) {
        No(problem) => problem,
        WithScope(needed, problem) if scope.is_some_and(|scope| !has(scope, needed)) => problem,
        _ => return Ok(()),
    };
    Err(refusal(problem, tool))
}

/// What would allow a call that the server refused. What the table allows without more, live servers may not.
#[must_use]
pub fn explain(server: Server, tier: Tier, tool: &str) -> Error {
    let problem = match cell(server, tier, tool) {
        No(problem) | IfGranted(problem) | WithScope(_, problem) => problem,
        Yes if tier == Tier::Token => Problem::TokenRefused,
        Yes => Problem::TokenWanted,
    };
    refusal(problem, tool)
}

fn refusal(problem: Problem, tool: &str) -> Error {
    Error::new(problem).field(copy(tool))
}

fn has(scope: &str, needed: &str) -> bool {
    scope.split_ascii_whitespace().any(|granted| granted == needed)
}
