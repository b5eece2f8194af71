//! What takes the room inside the JavaScript: each source that a script was bundled from.

use std::collections::HashMap;

use anyhow::{Context, Result};

use super::largest::{Item, first};

/// The `count` largest sources of a script, by what the bundler noted of each.
pub(super) fn items(sizes: &[u8], script: &str, count: usize) -> Result<Vec<Item>> {
    let mut scripts: HashMap<String, HashMap<String, usize>> = serde_json::from_slice(sizes)?;
    let sources = scripts.remove(script).with_context(|| format!("nothing is known of {script}"))?;
    let whole = sources.values().sum();
    Ok(first(count, sources.iter().map(|(path, &bytes)| Item::new(short(path).to_owned(), bytes, whole))))
}

/// Sources of the package by their path in it, snippets of the SDK by their path in the repository, others by file name.
fn short(path: &str) -> &str {
    let of_package = path.split_once("pkg-template/").map(|(_, file)| file);
    let of_snippet = || path.split_once("/snippets/").and_then(|(_, file)| file.split_once('/')).map(|(_, file)| file);
    of_package.or_else(of_snippet).or_else(|| path.rsplit('/').next()).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::{items, short};

    #[test]
    fn sources_by_size() {
        let sizes = br#"{ "index.js": { "pkg-template/a.js": 1, "pkg-template/b.js": 3 }, "other.js": { "c.js": 9 } }"#;
        let found = items(sizes, "index.js", 10).unwrap();
        let found: Vec<_> = found.iter().map(|item| (item.name.as_str(), item.bytes, item.percent)).collect();
        assert_eq!(found, [("b.js", 3, 75.0), ("a.js", 1, 25.0)]);
        assert!(items(sizes, "missing.js", 10).is_err());
    }

    #[test]
    fn names_say_where_the_source_is() {
        assert_eq!(short("pkg-template/shell/wait.js"), "shell/wait.js");
        assert_eq!(short("target/pkg-glue/full/snippets/shopper-mcp-0123/src/web/browser.js"), "src/web/browser.js");
        assert_eq!(short("../elsewhere/pkg-glue/shopper_mcp.js"), "shopper_mcp.js");
    }
}
