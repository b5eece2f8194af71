//! `cargo xtask build`: Rust to wasm, wasm to its smallest form, both twice; shell and glue to one module per entry.

mod bundle;
mod glue;
mod problems;
mod shorten;
mod variant;
mod wasm;

use std::fs::File;

use anyhow::{Context, Result};

use crate::npm;
use crate::process::step;
use crate::project::Project;
use crate::requirements;

pub(crate) use bundle::{MODULES, entries};
pub(crate) use variant::{CUSTOMER, FULL, VARIANTS, Variant};
pub(crate) use wasm::NAMED_WASM;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// What is published.
    Release,
    /// Quick to build and readable in a debugger; much larger.
    Dev,
}

/// Builds the npm package into `pkg/`; what is up to date is left as it is.
pub(crate) fn build(project: &Project, mode: Mode) -> Result<()> {
    requirements::wasm_target()?;
    let _lock = lock(project)?;
    let modules = npm::ensure_modules(project, "xtask")?;
    for variant in &VARIANTS {
        let compiled = wasm::compile(project, variant, mode)?;
        wasm::finish(project, variant, mode, &compiled, &modules)?;
    }
    bundle::bundle(project, mode)
}

/// One build at a time: two would empty each other's folders.
fn lock(project: &Project) -> Result<File> {
    std::fs::create_dir_all(&project.target)?;
    let path = project.target.join("pkg-build.lock");
    let file = File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
    if file.try_lock().is_err() {
        step("Waiting for another build to end");
        file.lock()?;
    }
    Ok(file)
}
