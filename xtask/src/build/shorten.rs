//! Short names for what the wasm and its glue call each other.
//!
//! wasm-bindgen names each import after its Rust path and a hash, so that crates cannot clash: 16 characters without a
//! pattern, twice, for every import. Both halves are written by the same run, so a counter does as well. The modules they
//! are imported from become `glue` and `browser`: the shell hands both over when it starts the wasm.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use walrus::{Module, ModuleConfig};

/// Renames in both files. `wasm` keeps its name section, which `cargo xtask size` reads.
pub(super) fn shorten(wasm: &Path, glue: &Path) -> Result<()> {
    let mut module = ModuleConfig::new().generate_name_section(true).parse_file(wasm)?;
    let mut names = Names::default();
    rename(&mut module, &mut names);
    let text = fs::read_to_string(glue).context("the glue cannot be read")?;
    fs::write(glue, names.replace_in(&text)).context("the glue cannot be written")?;
    module.emit_wasm_file(wasm)
}

fn rename(module: &mut Module, names: &mut Names) {
    for import in module.imports.iter_mut() {
        import.module = if import.module.ends_with("_bg.js") { "glue" } else { "browser" }.to_owned();
        if let Some(short) = names.short(&import.name) {
            import.name = short;
        }
    }
    for export in module.exports.iter_mut() {
        if let Some(short) = names.short(&export.name) {
            export.name = short;
        }
    }
}

#[derive(Default)]
struct Names(HashMap<String, String>);

impl Names {
    /// The short form of a name that ends in a hash; other names are somebody's interface and stay.
    fn short(&mut self, name: &str) -> Option<String> {
        is_hashed(name).then(|| {
            let next = format!("_{}", self.0.len());
            self.0.entry(name.to_owned()).or_insert(next).clone()
        })
    }

    /// The text with every word that is such a name replaced.
    fn replace_in(&self, text: &str) -> String {
        let mut replaced = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(is_of_word) {
            let end =
                rest[start..].find(|character| !is_of_word(character)).map_or(rest.len(), |length| start + length);
            let word = &rest[start..end];
            replaced += &rest[..start];
            replaced += self.0.get(word).map_or(word, String::as_str);
            rest = &rest[end..];
        }
        replaced + rest
    }
}

fn is_of_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_' || character == '$'
}

/// `__wbg_get_0123456789abcdef`, `wasm_bindgen__…__h0123456789abcdef`.
fn is_hashed(name: &str) -> bool {
    name.rsplit_once('_').is_some_and(|(_, tail)| {
        let hash = tail.strip_prefix('h').filter(|hash| hash.len() == 16).unwrap_or(tail);
        hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn hashed_names_become_short_everywhere_and_others_stay() {
        let mut names = Names::default();
        assert_eq!(names.short("__wbg_get_0123456789abcdef").as_deref(), Some("_0"));
        assert_eq!(names.short("wasm_bindgen__invoke__h0123456789abcdef").as_deref(), Some("_1"));
        assert_eq!(names.short("__wbg_get_0123456789abcdef").as_deref(), Some("_0"));
        assert_eq!((names.short("core_callTool"), names.short("memory"), names.short("a_0123")), (None, None, None));
        let glue =
            "import0 = { __wbg_get_0123456789abcdef: f }; wasm.wasm_bindgen__invoke__h0123456789abcdef(1); __wbg_get_0";
        assert_eq!(names.replace_in(glue), "import0 = { _0: f }; wasm._1(1); __wbg_get_0");
    }
}
