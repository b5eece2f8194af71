//! How a page wants to call as an agent: the option `agent` and what goes with it, checked before anything is done.

use alloc::string::String;

use super::key::refuse_private;
use super::profile::check_agents;
use super::tier::Tier;
use crate::error::{Error, Problem, Result, Subject};
use crate::json::{Fields, Kind, Object, Value, Write};
use crate::options::{own_endpoint, refuse_secrets};
use crate::platform::Platform;
use crate::words::copy;

/// The options of `connect` that are read here.
pub const OPTIONS: [&str; 4] = ["agent", "proxy", "ucpEndpoint", "catalog"];

const KNOWN: [&str; 5] = ["profiles", "tier", "token", "agentWideToken", "signer"];

/// Where a page calls as an agent. Who it is stays in the option itself, which is checked here.
pub struct Setup {
    /// Under what calls are posted instead of to an endpoint.
    pub proxy: Option<String>,
    /// Replaces the discovered endpoint.
    pub endpoint: Option<String>,
    /// The newest version that the agent has a profile in; `None` where the page calls as no agent.
    pub version: Option<String>,
    /// Replaces the catalog's endpoint.
    pub catalog: Option<String>,
}

impl Write for Setup {
    fn write(&self, object: &mut impl Object) {
        object.text("proxy", self.proxy.as_deref());
        object.text("endpoint", self.endpoint.as_deref());
        object.text("version", self.version.as_deref());
        object.text("catalogEndpoint", self.catalog.as_deref());
    }
}

impl Setup {
    /// Reads them. Whether functions and keys are what they look like is not seen here.
    ///
    /// Errors: `option_invalid`, `secret_in_page`, `endpoint_not_secure`.
    pub fn read<P: Platform>(platform: &P, options: &P::Value) -> Result<Self> {
        let loopback = platform.on_loopback();
        let fields = Fields::of(options, Subject::Options);
        let proxy = proxy(platform, &fields);
        let endpoint = own_endpoint(platform, &fields, "ucpEndpoint", loopback);
        let (agent, catalog) = (fields.member("agent"), fields.member("catalog"));
        fields.end()?;
        let catalog =
            catalog.map_or(Ok(None), |catalog| read_catalog(platform, &catalog, proxy.is_some(), loopback))?;
        let Some(agent) = agent else { return Ok(Self { proxy, endpoint, version: None, catalog }) };

        let fields = Fields::of(&agent, Subject::Agent);
        check_members(&fields, &KNOWN);
        fields.choice("tier", &Tier::NAMES, Problem::TierUnknown);
        fields.flag("agentWideToken");
        check_token(&fields, proxy.is_some());
        fields.check("signer", check_signer);
        let version = fields.member("profiles").and_then(|map| Fields::of(&map, Subject::AgentProfiles).keys().max());
        if version.is_none() {
            fields.refuse("profiles", Problem::Missing);
        }
        fields.check("profiles", |map| check_agents(platform, map, loopback));
        fields.end()?;
        Ok(Self { proxy, endpoint, version, catalog })
    }
}

/// No secrets, and nothing that is not known.
fn check_members<V: Value>(fields: &Fields<'_, V>, known: &[&str]) {
    refuse_secrets(fields, "");
    let strangers = fields.keys().filter(|key| !known.contains(&key.as_str()));
    strangers.for_each(|key| fields.refuse_unknown(key));
}

/// Which catalog is searched; gives the endpoint that replaces its own.
fn read_catalog<P: Platform>(
    platform: &P,
    catalog: &P::Value,
    has_proxy: bool,
    loopback: bool,
) -> Result<Option<String>> {
    let fields = Fields::of(catalog, Subject::Catalog);
    check_members(&fields, &["server", "endpoint", "token"]);
    fields.choice("server", &["shop", "global", "discover"], Problem::CatalogUnknown);
    check_token(&fields, has_proxy);
    let endpoint = own_endpoint(platform, &fields, "endpoint", loopback);
    fields.end()?;
    Ok(endpoint)
}

/// The path under which a proxy takes calls.
fn proxy<P: Platform>(platform: &P, fields: &Fields<'_, P::Value>) -> Option<String> {
    let path = fields.optional_string("proxy")?;
    let url = platform.parse_url(&path, Some(&platform.address())).unwrap_or_default();
    let page = platform.page().unwrap_or_default();
    let rest = url.after_origin().filter(|_| url.origin() == page.origin()).unwrap_or("?");
    if rest.bytes().any(|byte| matches!(byte, b'?' | b'#')) {
        fields.refuse("proxy", Problem::ProxyElsewhere);
    }
    Some(copy(url.href().strip_suffix('/').unwrap_or(url.href())))
}

/// A text is `"customer"`: any other one would be a token that every visitor can read. A proxy forwards no token of a page.
fn check_token<V: Value>(fields: &Fields<'_, V>, has_proxy: bool) {
    let Some(token) = fields.member("token") else { return };
    if token.text().is_some_and(|text| text != "customer") {
        fields.refuse("token", Problem::TokenInPage);
    }
    if has_proxy {
        fields.refuse("token", Problem::TokenBesideProxy);
    }
}

/// A signer, a key, or a list of keys: without any private half that could be read.
fn check_signer<V: Value>(signer: &V) -> Result<()> {
    if signer.kind() != Kind::Array {
        return check_key(signer);
    }
    (0..).map_while(|index| signer.at(index)).try_for_each(|key| check_key(&key))
}

fn check_key<V: Value>(key: &V) -> Result<()> {
    refuse_private(key)?;
    let members = Fields::of(key, Subject::SigningKey);
    refuse_secrets(&members, "privateKey");
    members.check("publicJwk", refuse_private);
    members.check("privateKey", |half| {
        // What is exported is a text, or an object with members of its own; a `CryptoKey` has none.
        let is_exported = half.kind() != Kind::Object || half.key(0).is_some();
        if is_exported { Err(Error::at(Problem::PrivateKeyInPage, "privateKey")) } else { Ok(()) }
    });
    members.end()
}
