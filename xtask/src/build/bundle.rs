//! From the shell in `pkg-template/`, the glue and the table of problems to the npm package in `pkg/`.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::problems;
use super::wasm::{GLUE_FILE, INLINE_WASM, WASM_FILE};
use super::{Mode, VARIANTS, Variant};
use crate::freshness::{Fingerprint, Stamp, empty_folder, files_below};
use crate::npm;
use crate::process::step;
use crate::project::Project;

const TEMPLATE: &str = "pkg-template";
const SCRIPT: &str = "xtask/bundle.mjs";
/// Bytes by module of every script in `pkg/`, for `cargo xtask size`.
pub(crate) const MODULES: &str = "pkg-modules.json";

/// The modules that the package exports, in the order of the template's package.json: `index.js`, `inline.js`, …
pub(crate) fn entries(project: &Project) -> Result<Vec<String>> {
    let manifest = read_manifest(project)?;
    let exports = manifest["exports"].as_object().context("pkg-template/package.json has no `exports`")?;
    let entries = exports
        .values()
        .filter_map(|target| target.as_str().or_else(|| target["default"].as_str()))
        .filter_map(|file| file.strip_prefix("./"))
        .filter(|file| file.ends_with(".js"));
    Ok(entries.map(str::to_owned).collect())
}

/// Writes `pkg/`, unless it holds the result already.
pub(crate) fn bundle(project: &Project, mode: Mode) -> Result<()> {
    let stamp = Stamp::of_folder(project.target.join("pkg.made-from"), made_from(project, mode)?, project.pkg());
    if stamp.is_fresh() {
        return Ok(());
    }
    step("Bundling the npm package");
    let pkg = project.pkg();
    empty_folder(&pkg)?;
    run_esbuild(project, mode)?;
    for variant in &VARIANTS {
        fs::copy(variant.glue(project).join(WASM_FILE), pkg.join(variant.wasm))?;
    }
    copy_plain_files(project)?;
    write_manifest(project)?;
    stamp.write()
}

fn made_from(project: &Project, mode: Mode) -> Result<Fingerprint> {
    let mut made_from = Fingerprint::default()
        .text(&format!("{} {}", mode == Mode::Release, project.version))
        .file(&project.root.join("xtask/package-lock.json"))?
        .file(&project.root.join(SCRIPT))?
        .folder(&project.root.join(TEMPLATE))?;
    made_from = made_from.text(&problems::words().to_string());
    for variant in &VARIANTS {
        made_from = made_from.text(&problems::module(variant)).folder(&variant.glue(project))?;
    }
    for license in licenses(project)? {
        made_from = made_from.file(&license)?;
    }
    Ok(made_from)
}

fn run_esbuild(project: &Project, mode: Mode) -> Result<()> {
    let entries = entries(project)?;
    let entries = entries.iter().map(|entry| {
        Ok(json!({
            "file": entry,
            "isWhole": VARIANTS.iter().any(|variant| variant.inline_entry == *entry),
            "aliases": aliases(project, entry)?,
        }))
    });
    let job = json!({
        "template": project.root.join(TEMPLATE),
        "out": project.pkg(),
        "modules": project.target.join(MODULES),
        "entries": entries.collect::<Result<Value>>()?,
        "words": problems::words(),
        "minify": mode == Mode::Release,
    });
    let mut script = npm::node()
        .arg(project.root.join(SCRIPT))
        .current_dir(&project.root)
        .stdin(Stdio::piped())
        .spawn()
        .context("node could not be started")?;
    if let Some(mut stdin) = script.stdin.take() {
        stdin.write_all(job.to_string().as_bytes())?;
    }
    if !script.wait()?.success() {
        bail!("the shell could not be bundled");
    }
    Ok(())
}

/// What the shell calls what is built for its core. An entry without a core has none of it.
fn aliases(project: &Project, entry: &str) -> Result<Value> {
    let Some(variant) = Variant::of_entry(entry) else {
        return Ok(json!({}));
    };
    let problems = project.target.join(format!("pkg-problems-{}.js", variant.name));
    fs::write(&problems, problems::module(variant))
        .with_context(|| format!("{} cannot be written", problems.display()))?;
    let glue = variant.glue(project);
    Ok(json!({ "#glue": glue.join(GLUE_FILE), "#problems": problems, "#wasm": glue.join(INLINE_WASM) }))
}

/// Types, README and whatever else is not code.
fn copy_plain_files(project: &Project) -> Result<()> {
    let plain = files_below(&project.root.join(TEMPLATE))?
        .into_iter()
        .filter(|file| file.extension().is_none_or(|extension| extension != "js"))
        .chain(licenses(project)?);
    for file in plain {
        let name = file.file_name().context("a file without a name")?;
        fs::copy(&file, project.pkg().join(name))?;
    }
    Ok(())
}

fn licenses(project: &Project) -> Result<Vec<PathBuf>> {
    let mut licenses = Vec::new();
    for entry in fs::read_dir(&project.root)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with("LICENSE-") {
            licenses.push(entry.path());
        }
    }
    licenses.sort();
    Ok(licenses)
}

/// The template's package.json with the version of the crate.
fn write_manifest(project: &Project) -> Result<()> {
    let mut manifest = read_manifest(project)?;
    manifest["version"] = Value::from(project.version.as_str());
    let text = serde_json::to_string_pretty(&manifest)? + "\n";
    fs::write(project.pkg().join("package.json"), text).context("pkg/package.json cannot be written")
}

fn read_manifest(project: &Project) -> Result<Value> {
    let path = project.root.join(TEMPLATE).join("package.json");
    let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not valid JSON", path.display()))
}
