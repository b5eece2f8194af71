//! An agent's profile, ready to be hosted: https, no redirects, `application/json`, and `Cache-Control: public,
//! max-age=60` or more (UCP overview, "Profile Hosting").

use alloc::string::String;
use alloc::vec::Vec;

use super::key::PublicKey;
use super::profile::{SERVICE, is_version};
use super::text::quoted;
use crate::error::{Error, Problem, Result, Subject};
use crate::json::{Fields, Kind, Value};
use crate::words::join;

/// What can be declared.
struct Declared {
    name: &'static str,
    /// Its page in the specification.
    page: &'static str,
    /// Its schema.
    schema: &'static str,
    /// `extends`, as JSON.
    extends: &'static str,
}

const fn declared(name: &'static str, page: &'static str, schema: &'static str, extends: &'static str) -> Declared {
    Declared { name, page, schema, extends }
}

const OF_CHECKOUT: &str = "\"dev.ucp.shopping.checkout\"";
const OF_BOTH: &str = "[\"dev.ucp.shopping.cart\",\"dev.ucp.shopping.checkout\"]";

const CAPABILITIES: [Declared; 8] = [
    declared("dev.ucp.shopping.catalog.search", "catalog/search", "catalog_search", ""),
    declared("dev.ucp.shopping.catalog.lookup", "catalog/lookup", "catalog_lookup", ""),
    declared("dev.ucp.shopping.cart", "cart", "cart", ""),
    declared("dev.ucp.shopping.checkout", "checkout", "checkout", ""),
    declared("dev.ucp.shopping.order", "order", "order", ""),
    declared("dev.ucp.shopping.fulfillment", "fulfillment", "fulfillment", OF_CHECKOUT),
    declared("dev.ucp.shopping.discount", "discount", "discount", OF_BOTH),
    declared("dev.ucp.shopping.buyer_consent", "buyer-consent", "buyer_consent", OF_CHECKOUT),
];

/// The document, as JSON: `version`, the list `capabilities` (all that there are when it is left out), and the list
/// `keys` of public JWKs, of which there are two while they are rotated. The keys stand where either version looks:
/// `signing_keys` and `keys`.
///
/// Errors: `secret_in_page` for a key with its private half; `option_invalid`.
pub fn document<V: Value>(options: &V) -> Result<String> {
    let fields = Fields::of(options, Subject::AgentDocument);
    let version = fields.string("version");
    if !is_version(&version) {
        fields.refuse("version", Problem::NotAVersion);
    }
    let wanted = fields.strings("capabilities");
    let keys = fields.member("keys");
    fields.end()?;
    let capabilities = capabilities(&version, wanted.as_ref())?;
    let keys = keys.map_or(Ok(String::new()), |keys| key_list(&keys))?;
    let spec = join(&["https://ucp.dev/", &version, "/specification/overview"]);
    let schema = join(&["https://ucp.dev/", &version, "/services/shopping/mcp.openrpc.json"]);
    let version = quoted(&version);
    Ok(join(&[
        "{\"ucp\":{\"version\":",
        &version,
        ",\"services\":{",
        &quoted(SERVICE),
        ":[{\"version\":",
        &version,
        ",\"transport\":\"mcp\",\"spec\":",
        &quoted(&spec),
        ",\"schema\":",
        &quoted(&schema),
        "}]},\"capabilities\":{",
        &capabilities,
        "},\"payment_handlers\":{}},\"signing_keys\":[",
        &keys,
        "],\"keys\":[",
        &keys,
        "]}",
    ]))
}

/// The members of `capabilities`.
fn capabilities<V: Value>(version: &str, wanted: Option<&V>) -> Result<String> {
    let names: Vec<String> = match wanted {
        Some(list) => (0..).map_while(|index| list.at(index)).filter_map(|name| name.text()).collect(),
        None => CAPABILITIES.iter().map(|known| String::from(known.name)).collect(),
    };
    let mut out = String::new();
    for (index, name) in names.iter().enumerate() {
        if names.iter().take(index).any(|before| before == name) {
            continue;
        }
        let known = CAPABILITIES.iter().find(|known| known.name == name);
        let Some(known) = known else { return Err(refusal(Problem::CapabilityUnknown, "capabilities")) };
        let spec = join(&["https://ucp.dev/", version, "/specification/", known.page]);
        let schema = join(&["https://ucp.dev/", version, "/schemas/shopping/", known.schema, ".json"]);
        let extends = if known.extends.is_empty() { String::new() } else { join(&[",\"extends\":", known.extends]) };
        out.push_str(&join(&[
            if out.is_empty() { "" } else { "," },
            &quoted(name),
            ":[{\"version\":",
            &quoted(version),
            ",\"spec\":",
            &quoted(&spec),
            ",\"schema\":",
            &quoted(&schema),
            &extends,
            "}]",
        ]));
    }
    Ok(out)
}

/// The elements of `keys`.
fn key_list<V: Value>(keys: &V) -> Result<String> {
    if keys.kind() != Kind::Array {
        return Err(refusal(Problem::NotAList, "keys"));
    }
    let read = (0..).map_while(|index| keys.at(index)).map(|jwk| PublicKey::read(&jwk));
    let keys = read.collect::<Result<Vec<PublicKey>>>()?;
    let mut out = String::new();
    for (index, key) in keys.iter().enumerate() {
        if keys.iter().take(index).any(|before| before.kid == key.kid) {
            return Err(refusal(Problem::KeyTwice, "kid"));
        }
        out.push_str(if index > 0 { "," } else { "" });
        out.push_str(&key.json());
    }
    Ok(out)
}

fn refusal(problem: Problem, field: &'static str) -> Error {
    Error::shape(problem, Subject::AgentDocument, Some(field))
}
