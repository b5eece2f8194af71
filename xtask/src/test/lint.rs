//! Checks that run no code: formatting, clippy and rustdoc, on the host and for the browser.

use std::process::Command;

use anyhow::Result;

use super::count::Count;
use crate::process::step;
use crate::project::Project;
use crate::requirements;

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];
/// Everything that is exported: the full entry's. The customer's has the default features alone.
const EXPORTS: [&str; 2] = ["--features", "ucp"];
const NO_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

pub(super) fn lint(project: &Project) -> Result<Count> {
    requirements::wasm_target()?;
    let mut format = project.cargo();
    format.args(["fmt", "--all", "--check"]);
    let mut host = project.cargo();
    host.args(["clippy", "--workspace", "--all-targets"]).args(NO_WARNINGS);
    // Alone, since the tests bring features of their own.
    let mut wasm = project.cargo();
    wasm.args(["clippy", "--lib"]).args(WASM).args(NO_WARNINGS);
    let mut ucp = project.cargo();
    ucp.args(["clippy", "--lib", "--test", "browser"]).args(WASM).args(EXPORTS).args(NO_WARNINGS);
    checks([("cargo fmt --check", format), ("clippy, host", host), ("clippy, wasm", wasm), ("clippy, wasm, ucp", ucp)])
}

pub(super) fn docs(project: &Project) -> Result<Count> {
    requirements::wasm_target()?;
    let arguments = ["doc", "--no-deps", "--document-private-items"];
    let mut host = project.cargo();
    host.args(arguments).arg("--workspace").env("RUSTDOCFLAGS", "-D warnings");
    let mut wasm = project.cargo();
    wasm.args(arguments).arg("--lib").args(WASM).args(EXPORTS).env("RUSTDOCFLAGS", "-D warnings");
    checks([("rustdoc, host", host), ("rustdoc, wasm", wasm)])
}

/// Runs every check, also after one that failed.
fn checks<const COUNT: usize>(checks: [(&str, Command); COUNT]) -> Result<Count> {
    let mut count = Count::default();
    for (name, mut command) in checks {
        step(name);
        count = count + Count::check(command.status()?.success());
    }
    Ok(count)
}
