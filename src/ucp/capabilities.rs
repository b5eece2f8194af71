//! What a shop and an agent can do together (UCP overview, "Intersection Algorithm").

use alloc::string::String;
use alloc::vec::Vec;

use super::profile::{is_version, map, metadata};
use crate::error::{Error, Problem, Result, Subject};
use crate::json::{Fields, Kind, Object, Value, Write};

/// The capabilities that both have, each in its newest common version. Written as versions by names.
pub struct Shared(Vec<Capability>);

struct Capability {
    name: String,
    version: String,
    /// What it extends, of which one has to be there; empty for what stands by itself.
    parents: Vec<String>,
}

impl Write for Shared {
    fn write(&self, object: &mut impl Object) {
        for Capability { name, version, .. } in &self.0 {
            object.text(name, Some(version));
        }
    }
}

impl Shared {
    /// Intersects the profiles of a shop and of an agent, both in the version that was chosen, and drops extensions of
    /// what is not shared until none is left.
    ///
    /// Errors: `discovery_invalid`, naming the member.
    pub fn of<V: Value>(shop: &V, agent: &V) -> Result<Self> {
        let (Some(offered), Some(wanted)) = (capabilities(shop)?, capabilities(agent)?) else {
            return Ok(Self(Vec::new()));
        };
        let mut shared = Self(Vec::new());
        let mut index = 0;
        // By the agent's names: how many there are is not up to the shop.
        while let Some(name) = wanted.key(index) {
            index += 1;
            if let Some(capability) = common(name, &offered, &wanted)? {
                shared.0.push(capability);
            }
        }
        shared.prune();
        Ok(shared)
    }

    /// The version of a capability that both have.
    #[must_use]
    pub fn version(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|capability| capability.name == name).map(|capability| capability.version.as_str())
    }

    fn prune(&mut self) {
        loop {
            let orphan = self.0.iter().position(|Capability { parents, .. }| {
                !parents.is_empty() && !parents.iter().any(|parent| self.version(parent).is_some())
            });
            match orphan {
                Some(index) => drop(self.0.remove(index)),
                None => return,
            }
        }
    }
}

/// The capabilities of a profile.
fn capabilities<V: Value>(profile: &V) -> Result<Option<V>> {
    let ucp = metadata(profile)?;
    let fields = Fields::of(&ucp, Subject::ShopProfile);
    let capabilities = map(&fields, "capabilities");
    fields.end()?;
    Ok(capabilities)
}

/// A capability in the newest version that both lists have.
fn common<V: Value>(name: String, offered: &V, wanted: &V) -> Result<Option<Capability>> {
    let (Some(theirs), Some(ours)) = (offered.get(&name), wanted.get(&name)) else { return Ok(None) };
    if theirs.kind() != Kind::Array || ours.kind() != Kind::Array {
        return Err(not_a_list("capabilities"));
    }
    let version_of = |entry: &V| entry.text_of("version").filter(|version| is_version(version));
    let ours: Vec<String> = (0..).map_while(|index| ours.at(index)).filter_map(|entry| version_of(&entry)).collect();
    let newest = (0..)
        .map_while(|index| theirs.at(index))
        .filter_map(|entry| Some((version_of(&entry)?, entry)))
        .filter(|(version, _)| ours.contains(version))
        .max_by(|(one, _), (other, _)| one.cmp(other));
    let Some((version, entry)) = newest else { return Ok(None) };
    Ok(Some(Capability { name, version, parents: parents(&entry)? }))
}

/// `extends`: a name, or a list of names.
fn parents<V: Value>(entry: &V) -> Result<Vec<String>> {
    let Some(extends) = entry.get("extends").filter(|extends| extends.kind() != Kind::Null) else {
        return Ok(Vec::new());
    };
    if let Some(name) = extends.text() {
        return Ok(Vec::from([name]));
    }
    if extends.kind() != Kind::Array {
        return Err(not_a_list("extends"));
    }
    let names = (0..).map_while(|index| extends.at(index)).map(|name| name.text());
    names.collect::<Option<_>>().ok_or_else(|| not_a_list("extends"))
}

fn not_a_list(field: &'static str) -> Error {
    Error::shape(Problem::NotAList, Subject::ShopProfile, Some(field))
}
