//! `cargo xtask bench`: the packed package next to its peers, in one browser; see bench/README.md.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::process::step;
use crate::project::Project;
use crate::{npm, package, requirements, size};

/// What the bench installs the package into, and writes its reports to.
const FOLDER: &str = "bench";

/// Builds, packs, weighs and measures. `arguments` go to bench/main.js.
pub(crate) fn bench(project: &Project, arguments: Vec<OsString>) -> Result<ExitCode> {
    npm::ensure_modules(project, "bench")?;
    npm::ensure_modules(project, "devshop")?;
    let browser = requirements::chromium()?;
    // It writes target/size.json, of which the report tells. An entry that is too large is measured all the same.
    size::measure(project)?;
    let installed = package::package(project)?.install(&project.target.join(FOLDER))?;
    step("Measuring");
    let mut node = npm::node();
    node.arg("bench/main.js").args(arguments).current_dir(&project.root);
    node.env("SHOPPER_MCP_PACKAGE", installed).env("CHROMIUM", browser.chromium);
    let status = node.status().context("node could not be started")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
