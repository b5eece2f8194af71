//! The layers that Node's test runner runs: the local shop's own tests, and the packed npm package.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::count::{self, Count};
use crate::npm;
use crate::project::Project;
use crate::{package as tarball, requirements};

/// A test or file that hangs is cancelled, and so counted as failed.
const TEST_LIMIT_MS: &str = "--test-timeout=600000";

pub(super) fn devshop(project: &Project) -> Result<Count> {
    npm::ensure_modules(project, "devshop")?;
    NodeTests { layer: "devshop", folder: "devshop/test", environment: Vec::new() }.run(project)
}

/// The package's flows in Node, on a fake of what a page has.
pub(super) fn flows(project: &Project) -> Result<Count> {
    npm::ensure_modules(project, "tests")?;
    let environment = vec![install(project)?];
    NodeTests { layer: "flows", folder: "tests/flows", environment }.run(project)
}

/// The tarball's own check is one of the layer's tests. The proxy is tested in front of the local shop.
pub(super) fn package(project: &Project) -> Result<Count> {
    npm::ensure_modules(project, "tests")?;
    npm::ensure_modules(project, "devshop")?;
    let environment = vec![install(project)?];
    let tests = NodeTests { layer: "package", folder: "tests/package", environment };
    Ok(Count::check(true) + tests.run(project)?)
}

pub(super) fn e2e(project: &Project) -> Result<Count> {
    npm::ensure_modules(project, "tests")?;
    npm::ensure_modules(project, "devshop")?;
    let browser = requirements::chromium()?;
    let environment = vec![install(project)?, ("CHROMIUM", browser.chromium)];
    NodeTests { layer: "e2e", folder: "tests/e2e", environment }.run(project)
}

/// Installs the packed package where the tests find it, and tells them.
fn install(project: &Project) -> Result<(&'static str, PathBuf)> {
    let tarball = tarball::package(project)?;
    Ok(("SHOPPER_MCP_PACKAGE", tarball.install(&project.target.join("e2e"))?))
}

struct NodeTests {
    layer: &'static str,
    folder: &'static str,
    environment: Vec<(&'static str, PathBuf)>,
}

impl NodeTests {
    fn run(self, project: &Project) -> Result<Count> {
        let folder = project.root.join(self.folder);
        let files = test_files(&folder)?;
        if files.is_empty() {
            return Ok(Count::default());
        }
        let reports = project.target.join("tap");
        fs::create_dir_all(&reports)?;
        let report = reports.join(format!("{}.tap", self.layer));
        let mut node = node_test(&report);
        node.args(&files).envs(self.environment).current_dir(folder.parent().unwrap_or(&folder));
        let status = node.status().context("node could not be started")?;
        let tap = fs::read_to_string(&report).with_context(|| format!("{} was not written", report.display()))?;
        Ok(count::of_node_test(&tap).with_status(status))
    }
}

/// Node's test runner, which shows its results to people and writes them for this tool.
fn node_test(report: &Path) -> Command {
    let mut destination = std::ffi::OsString::from("--test-reporter-destination=");
    destination.push(report);
    let mut node = npm::node();
    node.args(["--test", TEST_LIMIT_MS, "--test-reporter=spec", "--test-reporter-destination=stdout"]);
    node.arg("--test-reporter=tap").arg(destination);
    node
}

/// `*.test.js` of a folder, sorted. Node 20 takes no patterns.
fn test_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.js") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
