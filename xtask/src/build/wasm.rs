//! From the Rust library to the wasm that ships: cargo, wasm-bindgen, wasm-opt.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};

use super::glue::BORDER;
use super::shorten::shorten;
use super::{Mode, Variant};
use crate::freshness::{Fingerprint, Stamp, empty_folder};
use crate::npm;
use crate::process::{output, run, step};
use crate::project::{Project, SDK_LIBRARY};

/// The wasm that ships, under the name that wasm-bindgen gives it: the package has it under its variant's.
pub(super) const WASM_FILE: &str = "shopper_mcp_bg.wasm";
/// The JavaScript half of every function that the wasm imports or exports.
pub(super) const GLUE_FILE: &str = "shopper_mcp_bg.js";
/// The same code with its function names, for `cargo xtask size`.
pub(crate) const NAMED_WASM: &str = "named.wasm";

/// What ships once more, as inline builds carry it.
pub(super) const INLINE_WASM: &str = "shopper_mcp_bg.wasm.js";

const TARGET: &str = "wasm32-unknown-unknown";

/// Without code that fetches and starts the wasm: the shell does that, in less. The types are written by hand.
const BINDGEN: [&str; 5] =
    ["--target=bundler", "--no-typescript", "--remove-producers-section", "--encode-into=always", "--out-name"];

/// What brotli leaves is what counts: a function that is inlined into its one caller, and a value that is kept in a local
/// for later, are harder to compress than the call and the same expression again. Nor does anybody need to be told how
/// loads and stores are aligned. The linker puts the stack at the bottom, so that nothing lies in the first kilobyte.
/// Names are kept by `-g` and dropped by the second run, so that sizes are told of the very code that ships.
const OPTIMIZE: [&str; 8] = [
    "-Oz",
    "--converge",
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=50",
    "--always-inline-max-function-size=6",
    "--skip-pass=local-cse",
    "--dealign",
    "-g",
];
const STRIP: [&str; 3] = ["--strip-debug", "--strip-producers", "--strip-target-features"];

/// Runs cargo, which has its own up-to-date check.
pub(crate) fn compile(project: &Project, variant: &Variant, mode: Mode) -> Result<PathBuf> {
    let (arguments, folder): (&[&str], _) = match mode {
        Mode::Release => (&["--release"], "release"),
        Mode::Dev => (&[], "debug"),
    };
    step(&format!("Compiling Rust to wasm ({}, {folder})", variant.name));
    let target = variant.cargo_target(project);
    let mut cargo = project.cargo();
    cargo.args(["build", "--lib", "--target", TARGET, "--features", &variant.features.join(",")]).args(arguments);
    cargo.arg("--target-dir").arg(&target);
    cargo.arg("--config").arg(remap_machine_paths(project)?);
    run(&mut cargo)?;
    Ok(target.join(TARGET).join(folder).join(format!("{SDK_LIBRARY}.wasm")))
}

/// Runs wasm-bindgen and wasm-opt into the glue folder, unless that holds their results already.
pub(crate) fn finish(project: &Project, variant: &Variant, mode: Mode, compiled: &Path, modules: &Path) -> Result<()> {
    let glue = variant.glue(project);
    let made_from = Fingerprint::default()
        .text(&format!("{}", mode == Mode::Release))
        .text(include_str!("wasm.rs"))
        .text(include_str!("shorten.rs"))
        .text(include_str!("glue.rs"))
        .text(BORDER)
        .file(&project.root.join("Cargo.lock"))?
        .file(&project.root.join("xtask/package-lock.json"))?
        .file(compiled)?;
    let stamp = Stamp::of_folder(glue.with_extension("made-from"), made_from, glue.clone());
    if stamp.is_fresh() {
        return Ok(());
    }
    empty_folder(&glue)?;
    bindgen(compiled, &glue)?;
    shorten(&glue.join(WASM_FILE), &glue.join(GLUE_FILE))?;
    if mode == Mode::Release {
        optimize(&glue, modules)?;
    }
    inline(&glue)?;
    stamp.write()
}

fn bindgen(compiled: &Path, glue: &Path) -> Result<()> {
    step("Running wasm-bindgen");
    let mut arguments: Vec<OsString> = vec!["wasm-bindgen".into()];
    arguments.extend(BINDGEN.map(OsString::from));
    arguments.extend([SDK_LIBRARY.into(), "--out-dir".into(), glue.into(), compiled.into()]);
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments).context("wasm-bindgen failed")
}

fn optimize(glue: &Path, modules: &Path) -> Result<()> {
    step("Running wasm-opt -Oz");
    let wasm_opt = npm::module_bin(modules, "binaryen", "wasm-opt")?;
    let (shipped, named) = (glue.join(WASM_FILE), glue.join(NAMED_WASM));
    run(npm::node().arg(&wasm_opt).args(OPTIMIZE).arg(&shipped).arg("-o").arg(&named))?;
    run(npm::node().arg(&wasm_opt).args(STRIP).arg(&named).arg("-o").arg(&shipped))
}

/// A module that exports a function, which gives the bytes of the wasm.
fn inline(glue: &Path) -> Result<()> {
    let text = as_text(&fs::read(glue.join(WASM_FILE))?);
    let text = serde_json::to_string(&text)?;
    let module = format!("export default () => Uint8Array.from({text}, (c) => c.charCodeAt() - {FIRST});\n");
    fs::write(glue.join(INLINE_WASM), module).context("the inline wasm cannot be written")
}

/// The character of the byte 0. The bytes that wasm is mostly made of follow as ASCII, without the quotation mark.
const FIRST: u32 = '#' as u32;

/// One printable character per byte, so that what compresses the script finds the wasm as it is: base64 hides it, and
/// deflated wasm takes a tenth more on the way than brotli of this. A `Uint8Array` counts modulo 256, so a character
/// that a script cannot hold as it is gives way to the one 256 further on.
fn as_text(bytes: &[u8]) -> String {
    let character = |byte: &u8| {
        let code = u32::from(*byte) + FIRST;
        let unfit = matches!(code, 0x5c | 0x7f..=0xa0 | 0xad);
        char::from_u32(if unfit { code + 256 } else { code })
    };
    bytes.iter().filter_map(character).collect()
}

/// Panic messages carry the paths of source files: without this they would publish the builder's folders, and be longer.
fn remap_machine_paths(project: &Project) -> Result<String> {
    let mut flags = vec![remap(&project.root, "shopper-mcp")?];
    for registry in registries()? {
        flags.push(remap(&registry, "crates")?);
    }
    for library in standard_library()? {
        flags.push(remap(&library, "rust")?);
    }
    Ok(format!("target.{TARGET}.rustflags=[{}]", flags.join(",")))
}

fn remap(folder: &Path, name: &str) -> Result<String> {
    let folder = folder.to_str().ok_or_else(|| anyhow!("{} is not valid Unicode", folder.display()))?;
    // A JSON string is a TOML string.
    Ok(serde_json::to_string(&format!("--remap-path-prefix={folder}={name}"))?)
}

/// The folder of the standard library's sources, where rustup's `rust-src` is installed; with it the compiler names its
/// files by that folder. Once more without symbolic links, which the compiler may have followed.
fn standard_library() -> Result<Vec<PathBuf>> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    let sources = Path::new(sysroot.trim()).join("lib/rustlib/src/rust");
    let Ok(real) = sources.canonicalize() else {
        return Ok(Vec::new());
    };
    Ok(if real == sources { vec![sources] } else { vec![sources, real] })
}

/// The folders under which cargo unpacks crates, one per registry.
fn registries() -> Result<Vec<PathBuf>> {
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = cargo_home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let sources = home.context("neither CARGO_HOME nor a home folder is set")?.join("registry/src");
    let Ok(entries) = std::fs::read_dir(sources) else {
        return Ok(Vec::new());
    };
    let mut registries = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    registries.sort();
    Ok(registries)
}

#[cfg(test)]
mod tests {
    use super::{FIRST, as_text};

    #[test]
    fn every_byte_is_one_printable_character() {
        let bytes: Vec<u8> = (0..=255).collect();
        let text = as_text(&bytes);
        let back: Vec<u8> = text.chars().map(|character| (u32::from(character) - FIRST) as u8).collect();
        assert_eq!(back, bytes);
        assert!(text.chars().all(|character| !character.is_control() && !character.is_whitespace()));
        assert_eq!(serde_json::to_string(&text).unwrap().chars().count(), bytes.len() + 2, "nothing is escaped");
    }
}
