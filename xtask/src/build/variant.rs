//! The two sizes that the package comes in: everything, and what a signed-in customer needs.

use std::path::PathBuf;

use shopper_mcp::error::Problem;

use crate::project::Project;

/// One size: a core, and the two entries that are bundled for it.
pub(crate) struct Variant {
    /// Of the folders that it is built in.
    pub(crate) name: &'static str,
    /// Of the SDK crate, beside its default ones.
    pub(crate) features: &'static [&'static str],
    /// The core, as the package has it.
    pub(crate) wasm: &'static str,
    /// The entry that loads `wasm`.
    pub(crate) entry: &'static str,
    /// The entry that carries it.
    pub(crate) inline_entry: &'static str,
    /// How many of `Problem::ALL` the core can throw: the first ones.
    pub(crate) problems: usize,
}

pub(crate) const FULL: Variant = Variant {
    name: "full",
    features: &["ucp"],
    wasm: "shopper_mcp_bg.wasm",
    entry: "index.js",
    inline_entry: "inline.js",
    problems: Problem::ALL.len(),
};

pub(crate) const CUSTOMER: Variant = Variant {
    name: "customer",
    features: &[],
    wasm: "shopper_mcp_customer_bg.wasm",
    entry: "customer.js",
    inline_entry: "customer-inline.js",
    problems: Problem::OF_CUSTOMER,
};

pub(crate) const VARIANTS: [Variant; 2] = [FULL, CUSTOMER];

impl Variant {
    /// The variant of an entry; `None` for an entry without a core.
    pub(super) fn of_entry(entry: &str) -> Option<&'static Self> {
        VARIANTS.iter().find(|variant| [variant.entry, variant.inline_entry].contains(&entry))
    }

    /// Where cargo compiles it. It keeps one library per folder, whatever the features, and would compile both again
    /// and again if they shared one.
    pub(super) fn cargo_target(&self, project: &Project) -> PathBuf {
        project.target.join("pkg-cargo").join(self.name)
    }

    /// What wasm-bindgen wrote, finished: the glue, its snippets and the wasm.
    pub(crate) fn glue(&self, project: &Project) -> PathBuf {
        project.target.join("pkg-glue").join(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::{CUSTOMER, FULL, Variant};

    #[test]
    fn an_entry_has_the_core_that_it_loads_or_carries() {
        let name = |entry| Variant::of_entry(entry).map(|variant| variant.name);
        assert_eq!([name("index.js"), name("inline.js")], [Some("full"); 2]);
        assert_eq!([name("customer.js"), name("customer-inline.js")], [Some("customer"); 2]);
        assert_eq!(name("patterns.js"), None);
    }

    #[test]
    fn the_customer_has_less_of_everything() {
        const { assert!(CUSTOMER.problems < FULL.problems && CUSTOMER.features.len() < FULL.features.len()) };
    }
}
