//! A shop's profile, `/.well-known/ucp`, and its leaf profiles: the version that is spoken, and where (UCP overview,
//! "Discovery, Governance, and Negotiation").

use alloc::string::String;

use crate::error::{Error, Problem, Result, Subject};
use crate::json::{Fields, Kind, Object, Value, Write};
use crate::oauth::discovery::is_secure;
use crate::platform::{Platform, header_safe};

/// The service that sells.
pub const SERVICE: &str = "dev.ucp.shopping";

/// What a page and a shop speak from now on.
pub struct Choice {
    /// The newest version that both have.
    pub version: String,
    /// The agent's profile in that version: goes with every call.
    pub agent_profile: String,
    /// Where the shop's profile in that version is, unless it is the one that was read.
    pub leaf: Option<String>,
}

impl Write for Choice {
    fn write(&self, object: &mut impl Object) {
        object.text("version", Some(&self.version));
        object.text("agentProfile", Some(&self.agent_profile));
        object.text("leaf", self.leaf.as_deref());
    }
}

/// Chooses the newest version that is both in the shop's `document` (its own, or a key of `supported_versions`) and
/// among `agents`, the URLs of the agent's profiles by their versions. Once chosen, an older one is never tried.
///
/// Errors: `option_invalid` for the agent's URLs; `discovery_invalid`, `endpoint_not_secure`, `version_unsupported`.
pub fn choose_version<P: Platform>(
    platform: &P,
    document: &P::Value,
    agents: &P::Value,
    loopback: bool,
) -> Result<Choice> {
    check_agents(platform, agents, loopback)?;
    let ucp = metadata(document)?;
    let fields = Fields::of(&ucp, Subject::ShopProfile);
    let current = fields.string("version");
    if !is_version(&current) {
        fields.refuse("version", Problem::NotAVersion);
    }
    let others = map(&fields, "supported_versions");
    let is_shared =
        |version: &String| *version == current || others.as_ref().is_some_and(|map| map.kind_of(version).is_some());
    let shared = Fields::of(agents, Subject::AgentProfiles).keys().filter(is_shared).max();
    let Some(version) = shared else {
        fields.end()?;
        return Err(Error::at(Problem::VersionUnsupported, "supported_versions"));
    };
    let leaf = if version == current { None } else { others.and_then(|map| map.text_of(&version)) };
    if version != current && !leaf.as_deref().is_some_and(|url| is_secure(platform, url, loopback)) {
        fields.refuse("supported_versions", Problem::EndpointNotSecure);
    }
    fields.end()?;
    Ok(Choice { agent_profile: agents.text_of(&version).unwrap_or_default(), version, leaf })
}

/// Checks the URLs of an agent's profiles: an object of them, by their versions.
///
/// Errors: `option_invalid`.
pub fn check_agents<P: Platform>(platform: &P, agents: &P::Value, loopback: bool) -> Result<()> {
    let fields = Fields::of(agents, Subject::AgentProfiles);
    for version in fields.keys() {
        if !is_version(&version) {
            fields.keep(Error::shape(Problem::NotAVersion, Subject::AgentProfiles, Some("version")));
        }
        let url = agents.text_of(&version).unwrap_or_default();
        if !is_profile_url(platform, &url, loopback) {
            let refusal = Error::shape(Problem::ProfileUrlInvalid, Subject::AgentProfiles, None);
            fields.keep(refusal.field(version));
        }
    }
    fields.end()
}

/// Whether an agent's profile can be there: plainly https, and fit to be quoted in a header.
pub(super) fn is_profile_url(platform: &impl Platform, url: &str, loopback: bool) -> bool {
    is_secure(platform, url, loopback) && !url.bytes().any(|byte| byte == b' ') && quotable(url)
}

/// Whether a string of a header can hold a text as it is (RFC 8941 section 3.3.3).
pub(super) fn quotable(text: &str) -> bool {
    header_safe(text) && !text.bytes().any(|byte| matches!(byte, b'"' | b'\\'))
}

/// Where the shop's MCP server is in this version. `document` is the profile, or the leaf profile, of exactly that
/// version; its service entry is chosen by transport and version, since a profile lists several of each.
///
/// Errors: `discovery_invalid`, `ucp_endpoint_missing`, `endpoint_not_secure`.
pub fn read_endpoint<P: Platform>(platform: &P, document: &P::Value, version: &str, loopback: bool) -> Result<String> {
    let ucp = metadata(document)?;
    let fields = Fields::of(&ucp, Subject::ShopProfile);
    if fields.string("version") != version {
        fields.refuse("version", Problem::LeafOfAnotherVersion);
    }
    let services = map(&fields, "services");
    fields.end()?;
    let entries = services.and_then(|services| services.get(SERVICE));
    if entries.as_ref().is_some_and(|entries| entries.kind() != Kind::Array) {
        return Err(Error::shape(Problem::NotAList, Subject::ShopProfile, Some(SERVICE)));
    }
    let fits = |entry: &P::Value| entry.holds("transport", "mcp") && entry.holds("version", version);
    let entry = entries.and_then(|entries| (0..).map_while(|index| entries.at(index)).find(fits));
    let Some(entry) = entry else { return Err(Error::at(Problem::UcpEndpointMissing, "services")) };
    let fields = Fields::of(&entry, Subject::ShopProfile);
    let endpoint = fields.string("endpoint");
    if !is_secure(platform, &endpoint, loopback) {
        fields.refuse("endpoint", Problem::EndpointNotSecure);
    }
    fields.end()?;
    Ok(endpoint)
}

/// The member `ucp` of a profile.
pub(super) fn metadata<V: Value>(document: &V) -> Result<V> {
    let fields = Fields::of(document, Subject::ShopProfile);
    let ucp = map(&fields, "ucp");
    fields.end()?;
    ucp.ok_or_else(|| Error::shape(Problem::Missing, Subject::ShopProfile, Some("ucp")))
}

/// A member that is an object, or nothing.
fn map<V: Value>(fields: &Fields<'_, V>, key: &'static str) -> Option<V> {
    let member = fields.member(key)?;
    if !member.is_object() {
        fields.refuse(key, Problem::NotAMap);
    }
    Some(member)
}

/// `YYYY-MM-DD`: versions are dates that are compared to the letter.
#[must_use]
pub fn is_version(text: &str) -> bool {
    let fits = |(index, byte): (usize, u8)| if index == 4 || index == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(fits)
}
