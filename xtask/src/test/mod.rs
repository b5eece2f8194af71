//! `cargo xtask test`: every layer in order, a count for each, one line for all.

pub(crate) mod browser;
mod count;
mod lint;
mod native;
mod node;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::process::step;
use crate::project::Project;
use crate::size;
use count::Count;

struct Layer {
    name: &'static str,
    run: fn(&Project) -> Result<Count>,
}

/// In the order they run: what fails soonest comes first.
const LAYERS: [Layer; 9] = [
    Layer { name: "lint", run: lint::lint },
    Layer { name: "docs", run: lint::docs },
    Layer { name: "native", run: native::native },
    Layer { name: "browser", run: browser::browser },
    Layer { name: "devshop", run: node::devshop },
    Layer { name: "flows", run: node::flows },
    Layer { name: "package", run: node::package },
    Layer { name: "e2e", run: node::e2e },
    Layer { name: "size", run: budgets },
];

/// Layers that only `--all`, or their own name, runs.
const SLOW: [&str; 1] = ["docs"];

struct Outcome {
    layer: &'static str,
    count: Count,
    time: Duration,
}

pub(crate) fn test(project: &Project, all: bool, wanted: &[String]) -> Result<ExitCode> {
    let outcomes: Vec<Outcome> = chosen(all, wanted)?.into_iter().map(|layer| run(project, layer)).collect();
    print!("{}", summary(&outcomes));
    let failed: usize = outcomes.iter().map(|outcome| outcome.count.failed).sum();
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn chosen(all: bool, wanted: &[String]) -> Result<Vec<&'static Layer>> {
    if let Some(unknown) = wanted.iter().find(|name| LAYERS.iter().all(|layer| layer.name != *name)) {
        let names = LAYERS.map(|layer| layer.name).join(", ");
        bail!("`{unknown}` is not a layer. The layers are: {names}");
    }
    let runs = |layer: &&Layer| {
        if wanted.is_empty() {
            all || !SLOW.contains(&layer.name)
        } else {
            wanted.iter().any(|name| name == layer.name)
        }
    };
    Ok(LAYERS.iter().filter(runs).collect())
}

fn run(project: &Project, layer: &Layer) -> Outcome {
    step(&format!("Layer {}", layer.name));
    let start = Instant::now();
    let count = (layer.run)(project).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        Count::FAILURE
    });
    if count.is_empty() {
        eprintln!("error: the layer {} ran no test at all", layer.name);
    }
    Outcome { layer: layer.name, count: count.or_failure(), time: start.elapsed() }
}

/// Each entry is a check: within its gate.
fn budgets(project: &Project) -> Result<Count> {
    let report = size::measure(project)?;
    Ok(Count { passed: report.entries() - report.over(), failed: report.over(), skipped: 0 })
}

fn summary(outcomes: &[Outcome]) -> String {
    let mut text = format!("\n{:<10}{:>8}{:>8}{:>9}{:>10}\n", "layer", "passed", "failed", "skipped", "seconds");
    let mut total = Count::default();
    for Outcome { layer, count, time } in outcomes {
        let Count { passed, failed, skipped } = count;
        text += &format!("{layer:<10}{passed:>8}{failed:>8}{skipped:>9}{:>10.1}\n", time.as_secs_f64());
        total = total + *count;
    }
    text + &format!("\n{} passed, {} failed\n", total.passed, total.failed)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Count, LAYERS, Outcome, SLOW, chosen, summary};

    fn names(all: bool, wanted: &[&str]) -> Vec<&'static str> {
        let wanted: Vec<String> = wanted.iter().map(|&name| name.to_owned()).collect();
        chosen(all, &wanted).unwrap().into_iter().map(|layer| layer.name).collect()
    }

    #[test]
    fn all_layers_but_the_slow_ones() {
        assert_eq!(names(true, &[]).len(), LAYERS.len());
        assert_eq!(names(false, &[]).len(), LAYERS.len() - SLOW.len());
        assert!(SLOW.iter().all(|slow| names(true, &[]).contains(slow)), "each slow layer is a layer");
    }

    #[test]
    fn layers_by_name_in_their_own_order() {
        assert_eq!(names(false, &["size", "native"]), ["native", "size"]);
        assert_eq!(names(false, &["docs"]), ["docs"]);
        assert!(chosen(false, &["unknown".to_owned()]).is_err());
    }

    #[test]
    fn the_last_line_is_the_total() {
        let outcome = |layer, passed, failed| Outcome {
            layer,
            count: Count { passed, failed, skipped: 0 },
            time: Duration::from_secs(1),
        };
        let text = summary(&[outcome("lint", 3, 0), outcome("native", 39, 1)]);
        assert!(text.ends_with("\n42 passed, 1 failed\n"), "{text}");
    }
}
