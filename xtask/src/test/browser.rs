//! The Rust tests that need a browser, run by wasm-bindgen's test runner in headless Chromium.

use std::ffi::OsString;
use std::process::{ExitCode, exit};
use std::thread;
use std::time::Duration;

use anyhow::Result;

use super::count::{self, Count};
use crate::process::tee;
use crate::project::Project;
use crate::requirements;

/// For all tests of one binary together, on a machine that may be busy.
const TIME_LIMIT_SECONDS: &str = "180";

/// The runner's own limits do not end it when the browser stops answering; this does.
const LONGEST_RUN: Duration = Duration::from_secs(400);

pub(super) fn browser(project: &Project) -> Result<Count> {
    requirements::wasm_target()?;
    let browser = requirements::chromium()?;
    let mut cargo = project.cargo();
    cargo
        .args(["test", "--target", "wasm32-unknown-unknown", "--test", "browser"])
        .env("CHROMEDRIVER", browser.chromedriver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", TIME_LIMIT_SECONDS)
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", TIME_LIMIT_SECONDS);
    let (status, output) = tee(&mut cargo)?;
    Ok(count::of_cargo_test(&output).with_status(status))
}

/// Runs one test binary. Cargo calls this, with the binary's path and the arguments of `cargo test`.
pub(crate) fn run_in_browser(arguments: Vec<OsString>) -> Result<ExitCode> {
    thread::spawn(|| {
        thread::sleep(LONGEST_RUN);
        eprintln!("error: the browser has not answered for {} seconds", LONGEST_RUN.as_secs());
        exit(1);
    });
    let program = OsString::from("wasm-bindgen-test-runner");
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::iter::once(program).chain(arguments))?;
    Ok(ExitCode::SUCCESS)
}
