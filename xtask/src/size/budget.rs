//! What each entry of the package may weigh: brotli bytes, wasm and JavaScript together.

use anyhow::{Context, Result};
use serde::Serialize;

use crate::build::VARIANTS;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Budget {
    pub(super) name: String,
    pub(super) files: Vec<String>,
    /// More than this fails.
    pub(super) gate: usize,
    /// Where the number should be.
    pub(super) aim: Option<usize>,
}

struct EntryBudget {
    entry: &'static str,
    name: &'static str,
    gate: usize,
    aim: Option<usize>,
}

const ENTRIES: [EntryBudget; 6] = [
    EntryBudget { entry: "index.js", name: "full", gate: 42_000, aim: Some(40_000) },
    EntryBudget { entry: "inline.js", name: "full, inline", gate: 47_000, aim: None },
    EntryBudget { entry: "customer.js", name: "customer", gate: 30_000, aim: Some(28_000) },
    EntryBudget { entry: "customer-inline.js", name: "customer, inline", gate: 35_000, aim: None },
    EntryBudget { entry: "patterns.js", name: "patterns", gate: 2_000, aim: None },
    EntryBudget { entry: "proxy.js", name: "proxy", gate: 5_000, aim: None },
];

/// A module that a page loads only when it asks for what is in it.
const LAZY_GATE: usize = 3_000;
/// The sentences of all errors.
const SENTENCES: (&str, usize) = ("sentences.js", 5_000);

/// A budget for each entry, then for each module that is none.
pub(super) fn of_package<'file>(entries: &[String], files: impl Iterator<Item = &'file String>) -> Result<Vec<Budget>> {
    let mut budgets = entries.iter().map(|entry| of_entry(entry)).collect::<Result<Vec<_>>>()?;
    let lazy = files.filter(|file| file.ends_with(".js") && !entries.contains(file));
    budgets.extend(lazy.map(|file| Budget {
        name: format!("{}, lazy", file.trim_end_matches(".js")),
        files: vec![file.clone()],
        gate: if file == SENTENCES.0 { SENTENCES.1 } else { LAZY_GATE },
        aim: None,
    }));
    Ok(budgets)
}

fn of_entry(entry: &str) -> Result<Budget> {
    let budget = ENTRIES.iter().find(|budget| budget.entry == entry);
    let budget = budget.with_context(|| format!("{entry} has no budget in xtask/src/size/budget.rs"))?;
    let wasm = VARIANTS.iter().find(|variant| variant.entry == entry).map(|variant| variant.wasm.to_owned());
    Ok(Budget {
        name: budget.name.into(),
        files: wasm.into_iter().chain([entry.to_owned()]).collect(),
        gate: budget.gate,
        aim: budget.aim,
    })
}

#[cfg(test)]
mod tests {
    use super::{LAZY_GATE, of_package};

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn an_entry_is_its_own_wasm_and_javascript_together() {
        let entries = names(&["index.js", "customer.js"]);
        let budgets = of_package(&entries, entries.iter()).unwrap();
        assert_eq!(budgets.len(), 2);
        assert_eq!(budgets[0].files, ["shopper_mcp_bg.wasm", "index.js"]);
        assert_eq!((budgets[0].gate, budgets[0].aim), (42_000, Some(40_000)));
        assert_eq!(budgets[1].files, ["shopper_mcp_customer_bg.wasm", "customer.js"]);
        assert_eq!((budgets[1].gate, budgets[1].aim), (30_000, Some(28_000)));
    }

    #[test]
    fn an_inline_entry_carries_its_wasm() {
        let entries = names(&["inline.js", "customer-inline.js"]);
        let budgets = of_package(&entries, entries.iter()).unwrap();
        assert_eq!((budgets[0].files.as_slice(), budgets[0].gate), (&entries[..1], 47_000));
        assert_eq!((budgets[1].files.as_slice(), budgets[1].gate), (&entries[1..], 35_000));
    }

    #[test]
    fn any_other_module_is_lazy() {
        let files = names(&["diagnose.js", "index.js", "shopper_mcp_bg.wasm"]);
        let budgets = of_package(&names(&["index.js"]), files.iter()).unwrap();
        assert_eq!(budgets[1].name, "diagnose, lazy");
        assert_eq!((budgets[1].files.as_slice(), budgets[1].gate), (names(&["diagnose.js"]).as_slice(), LAZY_GATE));
    }

    #[test]
    fn an_entry_without_a_budget_is_refused() {
        let refused = of_package(&names(&["new.js"]), names(&["new.js"]).iter()).unwrap_err();
        assert!(refused.to_string().contains("new.js has no budget"));
    }
}
