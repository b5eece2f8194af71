//! `cargo xtask package`: the tarball as npm would publish it, and what must hold of it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;

use crate::build::{self, Mode};
use crate::freshness::{empty_folder, files_below};
use crate::npm;
use crate::process::{output, step};
use crate::project::Project;

/// Exactly what is published.
const FILES: [&str; 23] = [
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "capabilities.js",
    "catalog.js",
    "customer-inline.js",
    "customer.d.ts",
    "customer.js",
    "discover.js",
    "index.d.ts",
    "index.js",
    "inline.js",
    "package.json",
    "patterns.d.ts",
    "patterns.js",
    "proxy.d.ts",
    "proxy.js",
    "schema.js",
    "sentences.js",
    "shopper_mcp_bg.wasm",
    "shopper_mcp_customer_bg.wasm",
    "signing-keys.js",
    "wire.js",
];

/// A page's content security policy need not allow these.
const EVAL: [&str; 2] = ["new Function(", "eval("];

pub(crate) struct Tarball {
    pub(crate) path: PathBuf,
    contents: BTreeMap<String, Vec<u8>>,
}

/// Builds, packs and checks.
pub(crate) fn package(project: &Project) -> Result<Tarball> {
    let tarball = pack(project)?;
    let mut faults = list_faults(&FILES, tarball.contents.keys().map(String::as_str));
    faults.extend(content_faults(&tarball.contents, &machine_paths(project)));
    if !faults.is_empty() {
        bail!("{} must not be published:\n  {}", project.relative(&tarball.path).display(), faults.join("\n  "));
    }
    Ok(tarball)
}

impl Tarball {
    /// Installs the package into `folder` as npm would, without its registry; returns the package's folder.
    pub(crate) fn install(&self, folder: &Path) -> Result<PathBuf> {
        let package = folder.join("node_modules/shopper-mcp");
        empty_folder(&package)?;
        for (name, content) in &self.contents {
            let path = package.join(name);
            path.parent().map(fs::create_dir_all).transpose()?;
            fs::write(&path, content).with_context(|| format!("{} cannot be written", path.display()))?;
        }
        Ok(package)
    }
}

fn pack(project: &Project) -> Result<Tarball> {
    build::build(project, Mode::Release)?;
    step("Packing the npm package");
    let folder = project.target.join("package");
    empty_folder(&folder)?;
    output(
        npm::npm().args(["pack", "--loglevel=error", "--pack-destination"]).arg(&folder).current_dir(project.pkg()),
    )?;
    let path = files_below(&folder)?.pop().context("npm pack wrote no tarball")?;
    let contents = read_tarball(&path)?;
    Ok(Tarball { path, contents })
}

/// The files of an npm tarball, without the folder `package/` that they all lie in.
fn read_tarball(path: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut contents = BTreeMap::new();
    let mut archive = tar::Archive::new(GzDecoder::new(File::open(path)?));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        let name = name.strip_prefix("package/").with_context(|| format!("{name} lies outside of package/"))?;
        let mut content = Vec::new();
        entry.read_to_end(&mut content)?;
        contents.insert(name.to_owned(), content);
    }
    Ok(contents)
}

/// What is on only one of two lists.
fn list_faults<'name>(expected: &[&str], found: impl Iterator<Item = &'name str>) -> Vec<String> {
    let found: Vec<&str> = found.collect();
    let missing = expected.iter().filter(|name| !found.contains(name)).map(|name| format!("{name} is missing"));
    let extra = found.iter().filter(|name| !expected.contains(name));
    missing.chain(extra.map(|name| format!("{name} is not on the list in xtask/src/package.rs"))).collect()
}

fn content_faults(contents: &BTreeMap<String, Vec<u8>>, machine_paths: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, content) in contents {
        let paths = machine_paths.iter().filter(|path| contains(content, path));
        faults.extend(paths.map(|path| format!("{name} names a folder of this machine: {path}")));
        if name.ends_with(".js") {
            let evals = EVAL.iter().filter(|eval| contains(content, eval));
            faults.extend(evals.map(|eval| format!("{name} needs `unsafe-eval`: {eval}…")));
        }
    }
    faults
}

fn machine_paths(project: &Project) -> Vec<String> {
    let home = std::env::home_dir();
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let folders = [Some(project.root.clone()), Some(project.target.clone()), home, cargo_home];
    folders.into_iter().flatten().map(|folder| format!("{}/", folder.display())).filter(|path| path.len() > 2).collect()
}

fn contains(content: &[u8], text: &str) -> bool {
    content.windows(text.len()).any(|window| window == text.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{content_faults, list_faults};

    #[test]
    fn the_same_list_in_another_order_is_right() {
        assert!(list_faults(&["a", "b"], ["b", "a"].into_iter()).is_empty());
    }

    #[test]
    fn missing_and_extra_files_are_told() {
        let faults = list_faults(&["a", "b"], ["b", "secret.env"].into_iter());
        assert_eq!(faults, ["a is missing", "secret.env is not on the list in xtask/src/package.rs"]);
    }

    #[test]
    fn an_empty_tarball_lacks_everything() {
        assert_eq!(list_faults(&["a", "b"], std::iter::empty()).len(), 2);
    }

    #[test]
    fn machine_paths_and_eval_are_found() {
        let contents = BTreeMap::from([
            ("a.wasm".to_owned(), b"\0asm /home/somebody/crate/src/lib.rs".to_vec()),
            ("b.js".to_owned(), b"x = new Function(\"return this\")".to_vec()),
            ("c.js".to_owned(), b"export const fine = 1;".to_vec()),
        ]);
        let faults = content_faults(&contents, &["/home/somebody/".to_owned()]);
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[0].starts_with("a.wasm names a folder of this machine"));
        assert!(faults[1].starts_with("b.js needs `unsafe-eval`"));
    }
}
