//! What must be on the machine. Each missing thing is one sentence with the command that installs it; on Debian as root
//! this tool runs that command itself.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::npm;
use crate::process::{output, run, step, works};

const WASM_TARGET: &str = "wasm32-unknown-unknown";
const OLDEST_NODE: u32 = 20;

/// A browser and the program that drives it.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) chromedriver: PathBuf,
}

pub(crate) fn wasm_target() -> Result<()> {
    let Ok(sysroot) = output(Command::new("rustc").args(["--print", "sysroot"])) else {
        bail!("rustc is missing. Install Rust from https://rustup.rs");
    };
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    let install = format!("rustup target add {WASM_TARGET}");
    if !works(Command::new("rustup").arg("--version")) {
        bail!("Rust's {WASM_TARGET} target is missing. Install it with: {install}");
    }
    step(&install);
    run(Command::new("rustup").args(["target", "add", WASM_TARGET]))
}

pub(crate) fn node() -> Result<()> {
    if node_version().is_none() && can_apt_install() {
        apt_install(&["nodejs", "npm"])?;
    }
    let install = "Install it from https://nodejs.org, or with: apt-get install nodejs npm";
    match node_version() {
        None => bail!("Node.js is missing. {install} (Debian 13 or newer)"),
        Some(version) if major(&version).is_none_or(|major| major < OLDEST_NODE) => {
            bail!("Node.js {OLDEST_NODE} or newer is needed, and {version} was found. {install} (Debian 13 or newer)")
        }
        Some(_) if !works(npm::npm().arg("--version")) => bail!("npm is missing. Install it with: apt-get install npm"),
        Some(_) => Ok(()),
    }
}

pub(crate) fn chromium() -> Result<Browser> {
    if let Some(browser) = find_browser() {
        return Ok(browser);
    }
    if can_apt_install() {
        apt_install(&["chromium", "chromium-driver"])?;
    }
    match find_browser() {
        Some(browser) => Ok(browser),
        None => bail!(
            "Chromium and ChromeDriver are missing. Install them with: apt-get install chromium chromium-driver \
             (or set CHROMIUM and CHROMEDRIVER to the paths of an installed pair)"
        ),
    }
}

fn find_browser() -> Option<Browser> {
    let chromium = named_by("CHROMIUM").or_else(|| {
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].iter().find_map(|name| in_path(name))
    });
    let chromedriver = named_by("CHROMEDRIVER").or_else(|| in_path("chromedriver"));
    Some(Browser { chromium: chromium?, chromedriver: chromedriver? })
}

fn named_by(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

fn in_path(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

fn node_version() -> Option<String> {
    let version = npm::node().arg("--version").output().ok()?;
    Some(String::from_utf8_lossy(&version.stdout).trim().to_owned())
}

/// `v20.20.2` is 20.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn can_apt_install() -> bool {
    let is_root = || output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    Path::new("/etc/debian_version").is_file() && in_path("apt-get").is_some() && is_root()
}

fn apt_install(packages: &[&str]) -> Result<()> {
    step(&format!("apt-get install {}", packages.join(" ")));
    run(Command::new("apt-get").args(["update", "-qq"]))?;
    run(Command::new("apt-get")
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive"))
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn major_version_of_node() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v8.0.0"), Some(8));
        assert_eq!(major("20.20.2"), None);
        assert_eq!(major(""), None);
    }
}
