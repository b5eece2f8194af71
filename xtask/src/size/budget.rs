//! What each entry of the package may weigh: brotli bytes, wasm and JavaScript together.

use anyhow::{Context, Result};
use serde::Serialize;

use crate::build::WASM_FILE;

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
    /// Whether the entry fetches the wasm, or carries it.
    loads_wasm: bool,
    gate: usize,
    aim: Option<usize>,
}

const ENTRIES: [EntryBudget; 4] = [
    EntryBudget { entry: "index.js", name: "customer", loads_wasm: true, gate: 34_000, aim: Some(28_000) },
    EntryBudget { entry: "inline.js", name: "customer, inline", loads_wasm: false, gate: 40_000, aim: None },
    EntryBudget { entry: "patterns.js", name: "patterns", loads_wasm: false, gate: 2_000, aim: None },
    EntryBudget { entry: "proxy.js", name: "proxy", loads_wasm: false, gate: 5_000, aim: None },
];

/// A module that a page loads only when it asks for what is in it.
const LAZY_GATE: usize = 3_000;

/// A budget for each entry, then for each module that is none.
pub(super) fn of_package<'file>(entries: &[String], files: impl Iterator<Item = &'file String>) -> Result<Vec<Budget>> {
    let mut budgets = entries.iter().map(|entry| of_entry(entry)).collect::<Result<Vec<_>>>()?;
    let lazy = files.filter(|file| file.ends_with(".js") && !entries.contains(file));
    budgets.extend(lazy.map(|file| Budget {
        name: format!("{}, lazy", file.trim_end_matches(".js")),
        files: vec![file.clone()],
        gate: LAZY_GATE,
        aim: None,
    }));
    Ok(budgets)
}

fn of_entry(entry: &str) -> Result<Budget> {
    let budget = ENTRIES.iter().find(|budget| budget.entry == entry);
    let budget = budget.with_context(|| format!("{entry} has no budget in xtask/src/size/budget.rs"))?;
    let wasm = budget.loads_wasm.then(|| WASM_FILE.to_owned());
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
    fn the_customer_entry_is_wasm_and_javascript_together() {
        let files = names(&["index.js", "shopper_mcp_bg.wasm"]);
        let budgets = of_package(&names(&["index.js"]), files.iter()).unwrap();
        assert_eq!(budgets.len(), 1);
        assert_eq!(budgets[0].files, ["shopper_mcp_bg.wasm", "index.js"]);
        assert_eq!((budgets[0].gate, budgets[0].aim), (34_000, Some(28_000)));
    }

    #[test]
    fn the_inline_entry_carries_its_wasm() {
        let budgets = of_package(&names(&["inline.js"]), names(&["inline.js"]).iter()).unwrap();
        assert_eq!(budgets[0].files, ["inline.js"]);
        assert_eq!(budgets[0].gate, 40_000);
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
