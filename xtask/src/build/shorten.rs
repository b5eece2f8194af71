//! Short names for what the wasm and its glue call each other.
//!
//! wasm-bindgen names each import after its Rust path and a hash, so that crates cannot clash: 16 characters without a
//! pattern, twice, for every import. Both halves are written by the same run, so a counter does as well. The modules they
//! are imported from become `glue` and `browser`: the shell hands both over when it starts the wasm. Exports are numbered
//! too, and those that the glue never calls go.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use walrus::{Module, ModuleConfig};

/// The exports that the shell knows by name.
const KEPT: [&str; 2] = ["memory", "__wbindgen_start"];

/// Renames in both files. `wasm` keeps its name section, which `cargo xtask size` reads.
pub(super) fn shorten(wasm: &Path, glue: &Path) -> Result<()> {
    let mut module = ModuleConfig::new().generate_name_section(true).parse_file(wasm)?;
    let text = fs::read_to_string(glue).context("the glue cannot be read")?;
    let mut names = Names::default();
    rename_imports(&mut module, &mut names);
    rename_exports(&mut module, &mut names, &members_of_wasm(&text));
    fs::write(glue, names.replace_in(&text)).context("the glue cannot be written")?;
    module.emit_wasm_file(wasm)
}

fn rename_imports(module: &mut Module, names: &mut Names) {
    for import in module.imports.iter_mut() {
        import.module = if import.module.ends_with("_bg.js") { "glue" } else { "browser" }.to_owned();
        if is_hashed(&import.name) {
            import.name = short(&mut names.words, &import.name);
        }
    }
}

fn rename_exports(module: &mut Module, names: &mut Names, called: &HashSet<&str>) {
    let mut uncalled = Vec::new();
    for export in module.exports.iter_mut().filter(|export| !KEPT.contains(&export.name.as_str())) {
        if called.contains(export.name.as_str()) {
            export.name = short(&mut names.members, &export.name);
        } else {
            uncalled.push(export.id());
        }
    }
    for export in uncalled {
        module.exports.delete(export);
    }
}

/// New names by old ones.
#[derive(Default)]
struct Names {
    /// Of imports, which are functions of the glue.
    words: HashMap<String, String>,
    /// Of exports, which are members of the glue's `wasm`.
    members: HashMap<String, String>,
}

impl Names {
    fn replace_in(&self, text: &str) -> String {
        let mut replaced = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(is_of_word) {
            replaced += &rest[..start];
            rest = &rest[start..];
            let word = first_word(rest);
            let names = if replaced.ends_with(MEMBER) { &self.members } else { &self.words };
            replaced += names.get(word).map_or(word, String::as_str);
            rest = &rest[word.len()..];
        }
        replaced + rest
    }
}

/// How the glue reaches an export.
const MEMBER: &str = "wasm.";

fn members_of_wasm(glue: &str) -> HashSet<&str> {
    glue.split(MEMBER).skip(1).map(first_word).collect()
}

fn short(names: &mut HashMap<String, String>, name: &str) -> String {
    let next = format!("_{}", names.len());
    names.entry(name.to_owned()).or_insert(next).clone()
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|character| !is_of_word(character)).unwrap_or(text.len())]
}

fn is_of_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_' || character == '$'
}

/// `__wbg_get_0123456789abcdef`; a name without a hash is somebody's interface.
fn is_hashed(name: &str) -> bool {
    name.rsplit_once('_').is_some_and(|(_, hash)| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::{Names, is_hashed, members_of_wasm, short};

    #[test]
    fn a_name_is_replaced_where_it_means_the_import_or_the_export() {
        let mut names = Names::default();
        assert_eq!(short(&mut names.words, "__wbg_get_0123456789abcdef"), "_0");
        assert_eq!(short(&mut names.words, "__wbg_set_0123456789abcdef"), "_1");
        assert_eq!(short(&mut names.words, "__wbg_get_0123456789abcdef"), "_0");
        assert_eq!(short(&mut names.members, "readTokens"), "_0");
        let glue =
            "function __wbg_set_0123456789abcdef() {} function readTokens(a) { wasm.readTokens(a); wasm.memory }";
        let replaced = "function _1() {} function readTokens(a) { wasm._0(a); wasm.memory }";
        assert_eq!(names.replace_in(glue), replaced);
    }

    #[test]
    fn only_a_hash_makes_a_name_long() {
        assert!(is_hashed("__wbg_get_0123456789abcdef"));
        assert!(!is_hashed("readTokens") && !is_hashed("a_0123"));
    }

    #[test]
    fn what_the_glue_calls_is_found() {
        let called = members_of_wasm("let wasm; wasm.readTokens(1, wasm.memory)");
        assert_eq!(called.len(), 2);
        assert!(called.contains("readTokens") && called.contains("memory"));
    }
}
