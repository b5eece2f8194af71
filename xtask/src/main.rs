//! The build tool behind `cargo xtask …`: one room per command, and four rooms that they share
//! (`project`, `process`, `requirements`, `freshness`).

mod bench;
mod build;
mod demo;
mod freshness;
mod npm;
mod package;
mod process;
mod project;
mod requirements;
mod size;
mod test;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::prelude::*;

use crate::build::Mode;
use crate::project::Project;

const USAGE: &str = "\
cargo xtask <command>

  build [--dev]                the npm package, written to pkg/
  demo [--port N] [--open]     builds, then serves the demo storefront until Ctrl-C
  devshop [arguments]          the local shop alone; --help lists its arguments
  test [--all] [layer]...      the tests, layer by layer
  size                         bytes of the package against their budgets
  bench [--quick] [--write]    the package next to its peers, see bench/README.md
  package                      the tarball for npm, its file list checked
";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let command = arguments.next().unwrap_or_else(|| "--help".into());
    let rest: Vec<OsString> = arguments.collect();
    match command.to_string_lossy().as_ref() {
        "build" => build_command(rest),
        "demo" => demo_command(rest),
        "devshop" => demo::devshop(&Project::find()?, rest),
        "test" => test_command(rest),
        "size" => no_arguments(rest).and_then(|()| size::report(&Project::find()?)),
        "bench" => bench::bench(&Project::find()?, rest),
        "package" => no_arguments(rest).and_then(|()| package_command()),
        // Called by `cargo test --target wasm32-unknown-unknown`, as .cargo/config.toml says.
        "browser-test-runner" => test::browser::run_in_browser(rest),
        "help" | "-h" | "--help" => {
            print!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        unknown => bail!("`{unknown}` is not a command of this tool.\n\n{USAGE}"),
    }
}

fn build_command(arguments: Vec<OsString>) -> Result<ExitCode> {
    let mut mode = Mode::Release;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("dev") => mode = Mode::Dev,
            other => return Err(other.unexpected().into()),
        }
    }
    build::build(&Project::find()?, mode)?;
    Ok(ExitCode::SUCCESS)
}

fn demo_command(arguments: Vec<OsString>) -> Result<ExitCode> {
    let mut options = demo::Options::default();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => options.port = Some(parser.value()?.parse()?),
            Long("open") => options.open = true,
            other => return Err(other.unexpected().into()),
        }
    }
    demo::demo(&Project::find()?, &options)
}

fn test_command(arguments: Vec<OsString>) -> Result<ExitCode> {
    let mut all = false;
    let mut layers = Vec::new();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("all") => all = true,
            Value(layer) => layers.push(layer.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    test::test(&Project::find()?, all, &layers)
}

fn package_command() -> Result<ExitCode> {
    let project = Project::find()?;
    let tarball = package::package(&project)?;
    println!("{}", project.relative(&tarball.path).display());
    Ok(ExitCode::SUCCESS)
}

fn no_arguments(arguments: Vec<OsString>) -> Result<()> {
    match arguments.first() {
        Some(argument) => bail!("`{}` is one argument too many.\n\n{USAGE}", argument.to_string_lossy()),
        None => Ok(()),
    }
}
