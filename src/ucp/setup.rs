//! How a page wants to call as an agent: the option `agent` and what goes with it, checked before anything is done.

use alloc::string::String;

use super::key::refuse_private;
use super::profile::check_agents;
use super::tier::Tier;
use crate::error::{Error, Problem, Result, Subject};
use crate::json::{Fields, Kind, Object, Value, Write};
use crate::options::{SECRET_PREFIX, own_endpoint, refuse_secrets};
use crate::platform::Platform;
use crate::words::join;

/// The options of `connect` that are read here.
pub const OPTIONS: [&str; 3] = ["agent", "proxy", "ucpEndpoint"];

/// The name that the proxy knows the shop's UCP server by.
const UPSTREAM: &str = "/ucp";

const KNOWN: [&str; 5] = ["profiles", "tier", "token", "agentWideToken", "signer"];

/// The agent of a page.
pub struct Setup {
    /// As configured; `None` leaves it to the credentials.
    pub tier: Option<&'static str>,
    /// Where a token comes from: `customer`, or a `function` of the page.
    pub token: Option<&'static str>,
    /// Whether the page takes the risk of a token that is good for more than the catalog.
    pub agent_wide_token: bool,
    /// Who signs: a `remote` signer, or `keys` of this browser.
    pub signer: Option<&'static str>,
    /// Where calls are posted instead of the endpoint.
    pub proxy: Option<String>,
    /// Replaces the discovered endpoint.
    pub endpoint: Option<String>,
    /// The newest version that the agent has a profile in.
    pub version: Option<String>,
}

impl Write for Setup {
    fn write(&self, object: &mut impl Object) {
        object.text("tier", self.tier);
        object.text("token", self.token);
        object.flag("agentWideToken", self.agent_wide_token);
        object.text("signer", self.signer);
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
        let proxy = fields.optional_string("proxy").and_then(|path| proxied(platform, &fields, &path));
        let endpoint = own_endpoint(platform, &fields, "ucpEndpoint", loopback);
        let agent = fields.member("agent");
        fields.end()?;
        let Some(agent) = agent else { return Ok(None) };

        let fields = Fields::of(&agent, Subject::Agent);
        refuse_secrets(&fields, "");
        let strangers = fields.keys().filter(|key| !KNOWN.contains(&key.as_str()));
        strangers.for_each(|key| fields.keep(Error::new(Problem::AgentOptionUnknown).field(key)));
        let profiles = fields.member("profiles");
        if profiles.is_none() {
            fields.refuse("profiles", Problem::Missing);
        }
        let setup = Self {
            tier: tier(&fields),
            token: fields.member("token").map(|token| token_source(&fields, &token)),
            agent_wide_token: fields.flag("agentWideToken"),
            signer: fields.member("signer").map(|signer| read_signer(&fields, &signer)),
            proxy: proxy.inspect(|_| refuse_token_beside_proxy(&fields)),
            endpoint,
            version: profiles.as_ref().and_then(|map| Fields::of(map, Subject::AgentProfiles).keys().max()),
        };
        if let Some(Err(refusal)) = profiles.map(|map| check_agents(platform, &map, loopback)) {
            fields.keep(refusal);
        }
        fields.end()?;
        Ok(Some(setup))
    }
}

/// A proxy forwards no token of a page.
fn refuse_token_beside_proxy<V: Value>(fields: &Fields<'_, V>) {
    if fields.member("token").is_some() {
        fields.refuse("token", Problem::TokenBesideProxy);
    }
}

/// A tier by its name, or nothing.
fn tier<V: Value>(fields: &Fields<'_, V>) -> Option<&'static str> {
    fields.choice("tier", &Tier::NAMES, Problem::TierUnknown)
}

/// Where the proxy takes calls for the shop's UCP server.
fn proxied<P: Platform>(platform: &P, fields: &Fields<'_, P::Value>, path: &str) -> Option<String> {
    let url = platform.parse_url(path, Some(&platform.address())).unwrap_or_default();
    let page = platform.page().unwrap_or_default();
    let base = url.href().strip_suffix('/').unwrap_or(url.href());
    if url.origin() != page.origin()
        || url.after_origin().is_none()
        || base.bytes().any(|byte| matches!(byte, b'?' | b'#'))
    {
        fields.refuse("proxy", Problem::ProxyElsewhere);
        return None;
    }
    Some(join(&[base, UPSTREAM]))
}

fn token_source<V: Value>(fields: &Fields<'_, V>, token: &V) -> &'static str {
    match token.text() {
        Some(text) if text == "customer" => return "customer",
        Some(text) if text.starts_with(SECRET_PREFIX) => fields.refuse("token", Problem::SecretInPage),
        None if token.kind() == Kind::Object && token.key(0).is_none() => return "function",
        _ => fields.refuse("token", Problem::TokenNotOffered),
    }
    ""
}

/// A list is one of keys; what has a public half is one key; all else signs by itself.
fn read_signer<V: Value>(fields: &Fields<'_, V>, signer: &V) -> &'static str {
    match signer.kind() {
        Kind::Array if signer.at(0).is_some() => {
            (0..).map_while(|index| signer.at(index)).for_each(|key| check_key(fields, &key));
            "keys"
        }
        Kind::Object if signer.kind_of("publicJwk").is_some() => {
            check_key(fields, signer);
            "keys"
        }
        Kind::Object => {
            check_remote(fields, signer);
            "remote"
        }
        _ => {
            fields.refuse("signer", Problem::SignerInvalid);
            ""
        }
    }
}

fn check_key<V: Value>(fields: &Fields<'_, V>, key: &V) {
    let members = Fields::of(key, Subject::SigningKey);
    refuse_secrets(&members, "privateKey");
    let private = key.get("privateKey");
    // What is exported is a text, or an object with members of its own; a `CryptoKey` has none.
    if private.as_ref().is_some_and(|half| half.kind() != Kind::Object || half.key(0).is_some()) {
        members.refuse("privateKey", Problem::SecretInPage);
    } else if private.is_none() {
        members.refuse("privateKey", Problem::Missing);
    }
    let public = members.member("publicJwk");
    if let Err(refusal) = members.end().and_then(|()| public.map_or(Ok(()), |public| refuse_private(&public))) {
        fields.keep(refusal);
    }
}

fn check_remote<V: Value>(fields: &Fields<'_, V>, signer: &V) {
    if let Err(refusal) = refuse_private(signer) {
        fields.keep(refusal);
    }
    let members = Fields::of(signer, Subject::Agent);
    refuse_secrets(&members, "");
    if members.string("kid").is_empty() || members.member("sign").is_none() {
        members.refuse("signer", Problem::SignerInvalid);
    }
    if let Err(refusal) = members.end() {
        fields.keep(refusal);
    }
}

/// What a page may say about one call; `None` is as configured.
pub struct CallOptions {
    /// Time limit of one request, ms.
    pub timeout_ms: Option<f64>,
    /// Another tier.
    pub tier: Option<&'static str>,
    /// Whether it is sent though the table of tiers knows that it will be refused.
    pub force: bool,
    /// The key of a call that was made before.
    pub idempotency_key: Option<String>,
}

impl Write for CallOptions {
    fn write(&self, object: &mut impl Object) {
        object.number("timeoutMs", self.timeout_ms);
        object.text("tier", self.tier);
        object.flag("force", self.force);
        object.text("idempotencyKey", self.idempotency_key.as_deref());
    }
}

impl CallOptions {
    /// Reads them.
    ///
    /// Errors: `option_invalid`.
    pub fn read<V: Value>(options: &V) -> Result<Self> {
        let fields = Fields::of(options, Subject::CallOptions);
        let read = Self {
            timeout_ms: fields.positive("timeoutMs"),
            tier: tier(&fields),
            force: fields.flag("force"),
            idempotency_key: fields.optional_string("idempotencyKey"),
        };
        fields.end()?;
        Ok(read)
    }
}
