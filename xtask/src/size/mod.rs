//! `cargo xtask size`: what a page loads, against what it may load.

mod budget;
mod largest;
mod measure;
mod modules;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::build::{self, CUSTOMER, FULL, MODULES, Mode, NAMED_WASM, Variant};
use crate::project::Project;
use budget::Budget;
use largest::Item;
use measure::Bytes;

const LARGEST: usize = 10;

#[derive(Serialize)]
pub(crate) struct Report {
    version: String,
    files: BTreeMap<String, Bytes>,
    entries: Vec<Entry>,
    #[serde(flatten)]
    full: Parts,
    customer: Parts,
}

/// What takes the room in the entry that loads its wasm.
#[derive(Default, Serialize)]
struct Parts {
    /// The largest parts of the wasm, uncompressed.
    largest: Vec<Item>,
    /// The largest sources of the JavaScript, minified.
    modules: Vec<Item>,
}

/// What one import of the package loads.
#[derive(Serialize)]
struct Entry {
    #[serde(flatten)]
    budget: Budget,
    #[serde(flatten)]
    bytes: Bytes,
    within_gate: bool,
}

pub(crate) fn report(project: &Project) -> Result<ExitCode> {
    let report = measure(project)?;
    Ok(if report.over() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Builds, measures, prints the table and writes `target/size.json`.
pub(crate) fn measure(project: &Project) -> Result<Report> {
    build::build(project, Mode::Release)?;
    let files = measure_files(&project.pkg())?;
    let budgets = budget::of_package(&build::entries(project)?, files.keys())?;
    let entries = budgets.into_iter().map(|budget| weigh(budget, &files)).collect::<Result<Vec<_>>>()?;
    let [full, customer] = [parts(project, &FULL)?, parts(project, &CUSTOMER)?];
    let report = Report { version: project.version.clone(), files, entries, full, customer };
    print!("{}", table::render(&report));
    let json = serde_json::to_string_pretty(&report)? + "\n";
    fs::write(project.target.join("size.json"), json).context("size.json cannot be written")?;
    Ok(report)
}

impl Report {
    pub(crate) fn over(&self) -> usize {
        self.entries.iter().filter(|entry| !entry.within_gate).count()
    }

    pub(crate) fn entries(&self) -> usize {
        self.entries.len()
    }
}

fn parts(project: &Project, variant: &Variant) -> Result<Parts> {
    let named = fs::read(variant.glue(project).join(NAMED_WASM)).context("the wasm with names is missing")?;
    let sizes = fs::read(project.target.join(MODULES)).context("what the bundler noted is missing")?;
    Ok(Parts { largest: largest::items(&named, LARGEST)?, modules: modules::items(&sizes, variant.entry, LARGEST)? })
}

/// The package's code, file by file.
fn measure_files(pkg: &Path) -> Result<BTreeMap<String, Bytes>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(pkg)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".js") || name.ends_with(".wasm") {
            files.insert(name, Bytes::of(&fs::read(&path)?)?);
        }
    }
    Ok(files)
}

fn weigh(budget: Budget, files: &BTreeMap<String, Bytes>) -> Result<Entry> {
    let mut bytes = Bytes::default();
    for file in &budget.files {
        bytes = bytes + *files.get(file).with_context(|| format!("pkg/{file} is missing"))?;
    }
    let within_gate = bytes.brotli <= budget.gate;
    Ok(Entry { budget, bytes, within_gate })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Budget, Bytes, Parts, Report, weigh};

    fn files() -> BTreeMap<String, Bytes> {
        BTreeMap::from([
            ("a.wasm".to_owned(), Bytes { raw: 300, gzip: 200, brotli: 100 }),
            ("a.js".to_owned(), Bytes { raw: 30, gzip: 20, brotli: 10 }),
        ])
    }

    fn budget(gate: usize) -> Budget {
        Budget { name: "a".into(), files: vec!["a.wasm".into(), "a.js".into()], gate, aim: None }
    }

    #[test]
    fn an_entry_weighs_as_much_as_its_files_together() {
        let entry = weigh(budget(110), &files()).unwrap();
        assert_eq!(entry.bytes, Bytes { raw: 330, gzip: 220, brotli: 110 });
        assert!(entry.within_gate, "the gate itself is still allowed");
    }

    #[test]
    fn one_byte_over_the_gate_is_over() {
        let entries = vec![weigh(budget(109), &files()).unwrap(), weigh(budget(110), &files()).unwrap()];
        let [full, customer] = [Parts::default(), Parts::default()];
        let report = Report { version: "0.0.0".into(), files: files(), entries, full, customer };
        assert_eq!((report.over(), report.entries()), (1, 2));
    }

    #[test]
    fn a_file_of_an_entry_must_exist() {
        let missing = Budget { files: vec!["b.js".into()], ..budget(1) };
        assert!(weigh(missing, &files()).is_err());
    }
}
