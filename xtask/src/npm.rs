//! npm's half of the tools: modules installed from the lock files.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::freshness::{Fingerprint, Stamp};
use crate::process::{run, step};
use crate::project::Project;
use crate::requirements;

/// Installs the modules of a folder's package-lock.json, where that has not been done yet.
pub(crate) fn ensure_modules(project: &Project, folder: &str) -> Result<PathBuf> {
    requirements::node()?;
    let folder = project.root.join(folder);
    let modules = folder.join("node_modules");
    let lock = folder.join("package-lock.json");
    let stamp = Stamp::new(modules.join(".installed-from"), Fingerprint::default().file(&lock)?);
    if !stamp.is_fresh() {
        step(&format!("Installing the npm modules of {}", project.relative(&folder).display()));
        // None of these modules needs its install script; `npm ci` refuses a lock that does not fit its package.json.
        let quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        run(npm().arg("ci").args(quiet).current_dir(&folder))?;
        stamp.write()?;
    }
    Ok(modules)
}

/// The script that a module offers as a command, as its package.json says.
pub(crate) fn module_bin(modules: &Path, module: &str, command: &str) -> Result<PathBuf> {
    let folder = modules.join(module);
    let manifest = folder.join("package.json");
    let manifest: Value = serde_json::from_slice(
        &std::fs::read(&manifest).with_context(|| format!("{} cannot be read", manifest.display()))?,
    )?;
    let script = manifest["bin"][command].as_str();
    Ok(folder.join(script.with_context(|| format!("the npm module {module} has no command {command}"))?))
}

pub(crate) fn node() -> Command {
    Command::new(std::env::var_os("NODE").unwrap_or_else(|| OsString::from("node")))
}

pub(crate) fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}
