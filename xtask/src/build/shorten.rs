//! Short names for what the wasm and its glue call each other.
//!
//! wasm-bindgen names each import after its Rust path and a hash, so that crates cannot clash: 16 characters without a
//! pattern, twice, for every import. Both halves are written by the same run, so a counter does as well, for the exports
//! too; those that the glue never calls go. Imports come from the glue or from a snippet beside it: the glue then exports
//! all of them as `imports`, what the wasm is to be started with.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use walrus::{Module, ModuleConfig};

/// The exports that the shell knows by name.
const KEPT: [&str; 2] = ["memory", "__wbindgen_start"];

/// The one module that the wasm imports from.
const MODULE: &str = "_";

/// Renames in both files. `wasm` keeps its name section, which `cargo xtask size` reads.
pub(super) fn shorten(wasm: &Path, glue: &Path) -> Result<()> {
    let mut module = ModuleConfig::new().generate_name_section(true).parse_file(wasm)?;
    let text = fs::read_to_string(glue).context("the glue cannot be read")?;
    let mut names = Names::default();
    rename_imports(&mut module, &mut names);
    rename_exports(&mut module, &mut names, &members_of_wasm(&text));
    fs::write(glue, names.replace_in(&text) + &names.imports()).context("the glue cannot be written")?;
    module.emit_wasm_file(wasm)
}

fn rename_imports(module: &mut Module, names: &mut Names) {
    for import in module.imports.iter_mut() {
        let module = std::mem::replace(&mut import.module, MODULE.to_owned());
        import.name = if module.ends_with("_bg.js") {
            names.of_glue(&import.name)
        } else {
            names.of_snippet(&module, &import.name)
        };
    }
}

fn rename_exports(module: &mut Module, names: &mut Names, called: &HashSet<&str>) {
    let mut uncalled = Vec::new();
    for export in module.exports.iter_mut().filter(|export| !KEPT.contains(&export.name.as_str())) {
        if called.contains(export.name.as_str()) {
            export.name = names.of_export(&export.name);
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
    /// Of functions of the glue.
    words: HashMap<String, String>,
    /// Of functions of snippets, with the snippet.
    snippets: BTreeMap<(String, String), String>,
    /// Of exports, which are members of the glue's `wasm`.
    members: HashMap<String, String>,
}

impl Names {
    fn of_glue(&mut self, name: &str) -> String {
        let next = self.next_import();
        self.words.entry(name.to_owned()).or_insert(next).clone()
    }

    fn of_snippet(&mut self, snippet: &str, name: &str) -> String {
        let next = self.next_import();
        self.snippets.entry((snippet.to_owned(), name.to_owned())).or_insert(next).clone()
    }

    fn of_export(&mut self, name: &str) -> String {
        let next = number(self.members.len());
        self.members.entry(name.to_owned()).or_insert(next).clone()
    }

    fn next_import(&self) -> String {
        number(self.words.len() + self.snippets.len())
    }

    /// What the glue exports beside its functions.
    fn imports(&self) -> String {
        let mut text = String::new();
        for ((snippet, name), new) in &self.snippets {
            text += &format!("import {{ {name} as {new} }} from \"{snippet}\";\n");
        }
        let all: Vec<String> = (0..self.words.len() + self.snippets.len()).map(number).collect();
        text + &format!("export const imports = {{ {MODULE}: {{ {} }} }};\n", all.join(", "))
    }

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

fn number(index: usize) -> String {
    format!("_{index}")
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|character| !is_of_word(character)).unwrap_or(text.len())]
}

fn is_of_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_' || character == '$'
}

#[cfg(test)]
mod tests {
    use super::{Names, members_of_wasm};

    #[test]
    fn a_name_is_replaced_where_it_means_the_import_or_the_export() {
        let mut names = Names::default();
        assert_eq!(names.of_glue("__wbg_get_0123456789abcdef"), "_0");
        assert_eq!(names.of_glue("__wbg_set_0123456789abcdef"), "_1");
        assert_eq!(names.of_glue("__wbg_get_0123456789abcdef"), "_0");
        assert_eq!(names.of_export("readTokens"), "_0");
        let glue =
            "function __wbg_set_0123456789abcdef() {} function readTokens(a) { wasm.readTokens(a); wasm.memory }";
        let replaced = "function _1() {} function readTokens(a) { wasm._0(a); wasm.memory }";
        assert_eq!(names.replace_in(glue), replaced);
    }

    #[test]
    fn the_glue_exports_what_the_wasm_imports() {
        let mut names = Names::default();
        names.of_glue("__wbg_get_0123456789abcdef");
        assert_eq!(names.of_snippet("./snippets/a.js", "own"), "_1");
        assert_eq!(names.replace_in("own(1)"), "own(1)", "the glue has its own import of it");
        let exported = "import { own as _1 } from \"./snippets/a.js\";\nexport const imports = { _: { _0, _1 } };\n";
        assert_eq!(names.imports(), exported);
    }

    #[test]
    fn what_the_glue_calls_is_found() {
        let called = members_of_wasm("let wasm; wasm.readTokens(1, wasm.memory)");
        assert_eq!(called.len(), 2);
        assert!(called.contains("readTokens") && called.contains("memory"));
    }
}
