//! What takes the room inside the wasm: functions by name, and data.

use std::collections::HashMap;

use anyhow::Result;
use serde::Serialize;
use wasmparser::{KnownCustom, Name, NameSectionReader, Parser, Payload, TypeRef};

#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Item {
    pub(super) name: String,
    /// Uncompressed.
    pub(super) bytes: usize,
    /// Of the whole, in percent.
    pub(super) percent: f64,
}

impl Item {
    pub(super) fn new(name: String, bytes: usize, whole: usize) -> Self {
        Self { name, bytes, percent: percent(bytes, whole) }
    }
}

/// The `count` largest of some items.
pub(super) fn first(count: usize, items: impl Iterator<Item = Item>) -> Vec<Item> {
    let mut items: Vec<Item> = items.collect();
    items.sort_by(|one, other| other.bytes.cmp(&one.bytes).then_with(|| one.name.cmp(&other.name)));
    items.truncate(count);
    items
}

/// The `count` largest functions and data segments of a module with names.
pub(super) fn items(wasm: &[u8], count: usize) -> Result<Vec<Item>> {
    let contents = read(wasm)?;
    let shipped = wasm.len() - contents.name_section;
    let name = |part| match part {
        Part::Function(index) => contents.functions.get(&index).cloned().unwrap_or_else(|| format!("function {index}")),
        Part::Data(index) => contents.data.get(&index).cloned().unwrap_or_else(|| format!("data {index}")),
    };
    Ok(first(count, contents.parts.iter().map(|&(part, bytes)| Item::new(name(part), bytes, shipped))))
}

#[derive(Clone, Copy)]
enum Part {
    Function(u32),
    Data(u32),
}

#[derive(Default)]
struct Contents {
    parts: Vec<(Part, usize)>,
    functions: HashMap<u32, String>,
    data: HashMap<u32, String>,
    /// Bytes of the section that never ships.
    name_section: usize,
}

fn read(wasm: &[u8]) -> Result<Contents> {
    let mut contents = Contents::default();
    // Imported functions come first in the index space.
    let mut next_function = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    next_function += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => {
                contents.parts.push((Part::Function(next_function), body.range().len()));
                next_function += 1;
            }
            Payload::DataSection(segments) => {
                for (index, segment) in (0..).zip(segments) {
                    contents.parts.push((Part::Data(index), segment?.data.len()));
                }
            }
            Payload::CustomSection(section) if section.name() == "name" => {
                contents.name_section = section.range().len();
                if let KnownCustom::Name(names) = section.as_known() {
                    read_names(names, &mut contents)?;
                }
            }
            _ => {}
        }
    }
    Ok(contents)
}

fn read_names(names: NameSectionReader<'_>, contents: &mut Contents) -> Result<()> {
    for subsection in names {
        let (map, into) = match subsection? {
            Name::Function(map) => (map, &mut contents.functions),
            Name::Data(map) => (map, &mut contents.data),
            _ => continue,
        };
        for naming in map {
            let naming = naming?;
            into.insert(naming.index, plain(naming.name));
        }
    }
    Ok(())
}

/// A symbol's name without what tells apart builds of one crate, `core[c5930c85a12de822]::str` and
/// `sha2::f::h7f7ed8a4ab5cf09a`, and without what wasm-bindgen adds to that of an export.
fn plain(name: &str) -> String {
    let is_hash = |text: &str| text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let name = name.trim_end_matches(" multivalue shim").trim_end_matches(" externref shim");
    let name = name.rsplit_once("::h").filter(|(_, hash)| is_hash(hash)).map_or(name, |(name, _)| name);
    let mut parts = name.split('[');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if is_hash(hash) => text.push_str(rest),
            _ => text.extend(["[", part]),
        }
    }
    text
}

/// To one decimal.
fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    (part as f64 * 1000.0 / whole as f64).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::{items, percent, plain};

    /// One imported function; two functions, the second one longer; one data segment; names for both functions.
    const MODULE: &[u8] = &[
        0, b'a', b's', b'm', 1, 0, 0, 0, // header
        1, 4, 1, 0x60, 0, 0, // type: () -> ()
        2, 7, 1, 1, b'e', 1, b'f', 0, 0, // import e.f
        3, 3, 2, 0, 0, // two functions
        5, 3, 1, 0, 1, // memory
        10, 10, 2, 2, 0, 0x0b, 5, 0, 0x01, 0x01, 0x01, 0x0b, // bodies: nothing; three times nop
        11, 11, 1, 0, 0x41, 0, 0x0b, 5, b'h', b'e', b'l', b'l', b'o', // data
        0, 20, 4, b'n', b'a', b'm', b'e', // name section
        1, 13, 2, 1, 3, b'o', b'n', b'e', 2, 5, b't', b'h', b'r', b'e', b'e',
    ];

    #[test]
    fn functions_and_data_by_size() {
        let found = items(MODULE, 10).unwrap();
        let found: Vec<_> = found.iter().map(|item| (item.name.as_str(), item.bytes)).collect();
        assert_eq!(found, [("data 0", 5), ("three", 5), ("one", 2)]);
    }

    #[test]
    fn no_more_than_asked_for() {
        assert_eq!(items(MODULE, 1).unwrap().len(), 1);
    }

    #[test]
    fn something_else_is_refused() {
        assert!(items(b"not wasm", 10).is_err());
    }

    #[test]
    fn names_are_plain() {
        let names = [
            ("sha2::sha256::compress256::h7f7ed8a4ab5cf09a", "sha2::sha256::compress256"),
            ("<&str as core[c5930c85a12de822]::fmt::Display>::fmt", "<&str as core::fmt::Display>::fmt"),
            ("<[u8; 4] as a::hello>::h", "<[u8; 4] as a::hello>::h"),
            (".rodata", ".rodata"),
            ("readAnswer externref shim multivalue shim", "readAnswer"),
        ];
        for (name, expected) in names {
            assert_eq!(plain(name), expected);
        }
    }

    #[test]
    fn percent_has_one_decimal() {
        assert_eq!(percent(1, 3), 33.3);
        assert_eq!(percent(5, 5), 100.0);
        assert_eq!(percent(5, 0), 0.0);
    }
}
