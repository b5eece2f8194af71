//! How a page wants to call as an agent: the option `agent` and what goes with it, checked before anything is done.

use alloc::string::String;

use super::key::refuse_private;
use super::profile::check_agents;
use super::tier::Tier;
use crate::error::{Error, Problem, Result, Subject};
use crate::json::{Fields, Kind, Object, Value, Write};
use crate::options::{own_endpoint, refuse_secrets};
use crate::platform::Platform;
use crate::words::join;

/// The options of `connect` that are read here.
pub const OPTIONS: [&str; 3] = ["agent", "proxy", "ucpEndpoint"];

/// The name that the proxy knows the shop's UCP server by.
const UPSTREAM: &str = "/ucp";

const KNOWN: [&str; 5] = ["profiles", "tier", "token", "agentWideToken", "signer"];

/// Where a page calls as an agent. Who it is stays in the option itself, which is checked here.
pub struct Setup {
    /// Where calls are posted instead of the endpoint.
    pub proxy: Option<String>,
    /// Replaces the discovered endpoint.
    pub endpoint: Option<String>,
    /// The newest version that the agent has a profile in.
    pub version: Option<String>,
}

impl Write for Setup {
    fn write(&self, object: &mut impl Object) {
        object.text("proxy", self.proxy.as_deref());
        object.text("endpoint", self.endpoint.as_deref());
        object.text("version", self.version.as_deref());
    }
}

impl Setup {
    /// Reads them; `None` where the page calls as no agent. Whether functions and keys are what they look like is not
    /// seen here.
    ///
    /// Errors: `option_invalid`, `secret_in_page`, `endpoint_not_secure`.
    pub fn read<P: Platform>(platform: &P, options: &P::Value) -> Result<Option<Self>> {
        let loopback = platform.on_loopback();
        let fields = Fields::of(options, Subject::Options);
        let proxy = proxy(platform, &fields);
        let endpoint = own_endpoint(platform, &fields, "ucpEndpoint", loopback);
        let agent = fields.member("agent");
        fields.end()?;
        let Some(agent) = agent else { return Ok(None) };

        let fields = Fields::of(&agent, Subject::Agent);
        refuse_secrets(&fields, "");
        let strangers = fields.keys().filter(|key| !KNOWN.contains(&key.as_str()));
        strangers.for_each(|key| fields.keep(Error::new(Problem::AgentOptionUnknown).field(key)));
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
        Ok(Some(Self { proxy, endpoint, version }))
    }
}

/// Where the proxy takes calls for the shop's UCP server.
fn proxy<P: Platform>(platform: &P, fields: &Fields<'_, P::Value>) -> Option<String> {
    let path = fields.optional_string("proxy")?;
    let url = platform.parse_url(&path, Some(&platform.address())).unwrap_or_default();
    let page = platform.page().unwrap_or_default();
    let rest = url.after_origin().filter(|_| url.origin() == page.origin()).unwrap_or("?");
    if rest.bytes().any(|byte| matches!(byte, b'?' | b'#')) {
        fields.refuse("proxy", Problem::ProxyElsewhere);
    }
    Some(join(&[url.href().strip_suffix('/').unwrap_or(url.href()), UPSTREAM]))
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
