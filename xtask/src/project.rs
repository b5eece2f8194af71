//! Where things are, as cargo itself tells.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process;

/// The crate that is compiled to wasm, and its library's file name.
const SDK_CRATE: &str = "shopper-mcp";
pub(crate) const SDK_LIBRARY: &str = "shopper_mcp";

pub(crate) struct Project {
    /// The repository's top folder.
    pub(crate) root: PathBuf,
    /// Cargo's target directory.
    pub(crate) target: PathBuf,
    /// Version of the SDK crate, and so of the npm package.
    pub(crate) version: String,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    target_directory: PathBuf,
    workspace_root: PathBuf,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
}

impl Project {
    pub(crate) fn find() -> Result<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let json = process::output(
            cargo().args(["metadata", "--no-deps", "--format-version=1", "--manifest-path"]).arg(manifest),
        )?;
        let metadata: Metadata = serde_json::from_str(&json).context("cargo metadata answered something else")?;
        let sdk = metadata.packages.into_iter().find(|package| package.name == SDK_CRATE);
        Ok(Self {
            root: metadata.workspace_root,
            target: metadata.target_directory,
            version: sdk.with_context(|| format!("the workspace has no crate `{SDK_CRATE}`"))?.version,
        })
    }

    /// The npm package as built.
    pub(crate) fn pkg(&self) -> PathBuf {
        self.root.join("pkg")
    }

    /// `path` as it is best shown to a person.
    pub(crate) fn relative<'path>(&self, path: &'path Path) -> &'path Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }

    /// A cargo command at the root of the workspace.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = cargo();
        command.current_dir(&self.root);
        command
    }
}

/// The cargo that runs this tool, so that a chosen toolchain stays chosen.
fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
