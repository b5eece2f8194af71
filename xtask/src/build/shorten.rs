//! Numbers for what the wasm and its glue call each other, and the glue itself: see glue.rs.
//!
//! wasm-bindgen names each import after its Rust path and a hash, so that crates cannot clash: 16 characters without a
//! pattern, twice, for every import. Both halves are written by the same run, so a counter does as well, for the exports
//! too; those that the glue never calls go. The glue exports all imports as `imports`, what the wasm is to be started with.

use std::collections::HashMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use walrus::ir::Value;
use walrus::{ConstExpr, DataKind, Module, ModuleConfig};

use super::glue::{BORDER, Functions};

/// The export that keeps its name.
const KEPT: &str = "memory";

/// The one module that the wasm imports from.
const MODULE: &str = "_";

/// Renames in both files. `wasm` keeps its name section, which `cargo xtask size` reads.
pub(super) fn shorten(wasm: &Path, glue: &Path) -> Result<()> {
    let mut module = ModuleConfig::new().generate_name_section(true).parse_file(wasm)?;
    let text = fs::read_to_string(glue).context("the glue cannot be read")?;
    let functions = Functions::of(&text);
    let (from, imports) = number_imports(&mut module, &functions)?;
    let shared = format!("{BORDER}{}{imports}", data_range(&module));
    let (rows, numbers) = number_exports(&mut module, &functions, &shared)?;
    let own_imports: String =
        text.lines().filter(|line| line.starts_with("import ")).map(|line| format!("{line}\n")).collect();
    let short = format!("{own_imports}{from}{}{rows}", with_numbers(&shared, &numbers));
    fs::write(glue, short).context("the glue cannot be written")?;
    module.emit_wasm_file(wasm)
}

/// Where the program's own data lies in its memory, as border.js wants to know it.
fn data_range(module: &Module) -> String {
    let segments = module.data.iter().filter_map(|segment| match segment.kind {
        DataKind::Active { offset: ConstExpr::Value(Value::I32(offset)), .. } => {
            Some((offset as usize, offset as usize + segment.value.len()))
        }
        _ => None,
    });
    let (begin, end) =
        segments.fold((usize::MAX, 0), |range, segment| (range.0.min(segment.0), range.1.max(segment.1)));
    format!("const DATA_BEGIN = {begin};\nconst DATA_END = {end};\n")
}

/// What is to be imported from snippets beside the glue, and the list of all imports.
fn number_imports(module: &mut Module, functions: &Functions) -> Result<(String, String)> {
    let (mut from, mut imports) = (String::new(), String::new());
    for (number, import) in module.imports.iter_mut().enumerate() {
        let name = std::mem::replace(&mut import.name, number.to_string());
        let source = std::mem::replace(&mut import.module, MODULE.to_owned());
        if source.ends_with("_bg.js") {
            writeln!(imports, "  {},", functions.import(&name)?)?;
        } else {
            writeln!(from, "import {{ {name} as _{number} }} from \"{source}\";")?;
            writeln!(imports, "  _{number},")?;
        }
    }
    Ok((from, format!("export const imports = {{ {MODULE}: [\n{imports}] }};\n")))
}

/// The exports that the shell calls, as rows, and the numbers of those that the glue's `shared` part calls.
fn number_exports(
    module: &mut Module,
    functions: &Functions,
    shared: &str,
) -> Result<(String, HashMap<String, usize>)> {
    let (mut rows, mut numbers, mut uncalled) = (String::new(), HashMap::new(), Vec::new());
    for export in module.exports.iter_mut().filter(|export| export.name != KEPT) {
        let number = numbers.len();
        let row = functions.export(&export.name, number)?;
        if row.is_none() && !shared.contains(&format!("{MEMBER}{}", export.name)) {
            uncalled.push(export.id());
            continue;
        }
        rows += &row.unwrap_or_default();
        let name = std::mem::replace(&mut export.name, number.to_string());
        numbers.insert(name, number);
    }
    for export in uncalled {
        module.exports.delete(export);
    }
    Ok((rows, numbers))
}

/// How the glue reaches an export.
const MEMBER: &str = "wasm.";

/// `wasm.readTokens` as `wasm[5]`.
fn with_numbers(glue: &str, numbers: &HashMap<String, usize>) -> String {
    let mut parts = glue.split(MEMBER);
    let mut replaced = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = first_word(part);
        replaced += &match numbers.get(name) {
            Some(number) => format!("wasm[{number}]"),
            None => format!("{MEMBER}{name}"),
        };
        replaced += &part[name.len()..];
    }
    replaced
}

fn first_word(text: &str) -> &str {
    let is_of_word = |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '$';
    &text[..text.find(|character| !is_of_word(character)).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use walrus::{ConstExpr, DataKind, Module, ir::Value};

    use super::{data_range, with_numbers};

    #[test]
    fn the_data_is_where_its_segments_are() {
        let mut module = Module::default();
        let memory = module.memories.add_local(false, false, 2, None, None);
        for (offset, value) in [(70_000, "later"), (65_536, "first"), (66_000, "between")] {
            let kind = DataKind::Active { memory, offset: ConstExpr::Value(Value::I32(offset)) };
            module.data.add(kind, value.into());
        }
        assert_eq!(data_range(&module), "const DATA_BEGIN = 65536;\nconst DATA_END = 70005;\n");
    }

    #[test]
    fn an_export_is_called_by_its_number() {
        let numbers = HashMap::from([("readTokens".to_owned(), 3), ("readTok".to_owned(), 4)]);
        let glue = "readTokens(wasm.readTokens(a), wasm.readTok, wasm.memory)";
        assert_eq!(with_numbers(glue, &numbers), "readTokens(wasm[3](a), wasm[4], wasm.memory)");
        assert_eq!(with_numbers("no member", &numbers), "no member");
    }
}
