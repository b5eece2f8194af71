//! Our own JavaScript around the wasm, made from what wasm-bindgen wrote.
//!
//! wasm-bindgen writes each function out. Of an export only differs how its arguments go in and what comes back, so it
//! becomes a row: `question(3, "vt")`. Of an import only its one expression is left. `border.js` does the rest, once for
//! all of them. A form that is not known here fails the build: nothing is guessed.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};

/// What all of them share.
pub(super) const BORDER: &str = include_str!("border.js");

/// How the arguments of exports go in, by their types: see `passed` in border.js.
const WAYS: [(&str, char); 5] =
    [("any", 'v'), ("boolean", 'v'), ("number", 'v'), ("string", 't'), ("string | null", 'o')];

/// What is made of an export's result, by what wasm-bindgen does with it; most often a value.
const MADE: [(&str, &str); 6] = [
    ("if (ret[2]) { throw takeFromExternrefTable0(ret[1]); } return takeFromExternrefTable0(ret[0]);", ""),
    ("if (ret[2]) { throw takeFromExternrefTable0(ret[1]); } return ret[0] !== 0;", ", truth"),
    ("if (ret[1]) { throw takeFromExternrefTable0(ret[0]); }", ", nothing"),
    ("return ret;", ", same"),
    ("return ret !== 0;", ", plainTruth"),
    ("", ", same"),
];

/// What an import does with a text that it returns.
const GIVES: [&str; 2] = [
    "ptr1 = isLikeNone(ret) ? 0 : passStringToWasm0(ret, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);",
    "ptr1 = passStringToWasm0(ret, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);",
];

/// The names that parts of imports have in wasm-bindgen's glue, and in border.js.
const RENAMED: [(&str, &str); 2] = [("getStringFromWasm0(", "text("), ("getArrayU8FromWasm0(", "bytes(")];

/// The functions that wasm-bindgen wrote, by their names.
pub(super) struct Functions<'text>(HashMap<&'text str, Function<'text>>);

#[derive(Default)]
struct Function<'text> {
    /// The types of its parameters, as its comment has them.
    types: Vec<&'text str>,
    parameters: &'text str,
    body: Vec<&'text str>,
}

impl<'text> Functions<'text> {
    pub(super) fn of(glue: &'text str) -> Self {
        let mut functions = HashMap::new();
        let mut types = Vec::new();
        let mut lines = glue.lines();
        while let Some(line) = lines.next() {
            if let Some((kind, _)) = line.strip_prefix(" * @param {").and_then(|rest| rest.split_once("} ")) {
                types.push(kind);
            } else if let Some((name, rest)) =
                line.strip_prefix("export function ").and_then(|rest| rest.split_once('('))
            {
                let (parameters, opening) = rest.split_once(") {").unwrap_or_default();
                let inside = lines.by_ref().take_while(|line| !line.starts_with('}'));
                let body = std::iter::once(opening).chain(inside).map(str::trim);
                let body = body.filter(|line| !line.is_empty() && !line.starts_with("//")).collect();
                functions.insert(name, Function { types: std::mem::take(&mut types), parameters, body });
            }
        }
        Self(functions)
    }

    /// The export as a row; `None` for what only the glue calls.
    pub(super) fn export(&self, name: &str, number: usize) -> Result<Option<String>> {
        let Some(function) = self.0.get(name) else {
            return Ok(None);
        };
        let row = function.row(name, number).with_context(|| unknown("export", name, function))?;
        Ok(Some(row))
    }

    /// The import as an expression.
    pub(super) fn import(&self, name: &str) -> Result<String> {
        let function = self.0.get(name).with_context(|| format!("the glue has no function {name}"))?;
        function.expression().with_context(|| unknown("import", name, function))
    }
}

fn unknown(what: &str, name: &str, function: &Function) -> String {
    format!("glue.rs does not know this form of the {what} {name}: {:?}", function.body)
}

impl Function<'_> {
    fn row(&self, name: &str, number: usize) -> Result<String> {
        let call = self.body.iter().position(|line| line.contains(&format!("wasm.{name}("))).context("no call")?;
        let ways: Option<String> = self.types.iter().map(|kind| found(&WAYS, kind)).collect();
        let ways = ways.context("a type of an argument")?;
        let count: usize = ways.chars().map(|way| if way == 'v' { 1 } else { 2 }).sum();
        let (_, arguments) = self.body[call].split_once(&format!("wasm.{name}(")).unwrap_or_default();
        if arguments.split(", ").filter(|argument| !argument.starts_with(')')).count() != count {
            bail!("as many arguments go in as nobody knows of");
        }
        let made = found(&MADE, &self.body[call + 1..].join(" ")).context("the result")?;
        Ok(format!("export const {name} = /* @__PURE__ */ question({number}, \"{ways}\"{made});\n"))
    }

    fn expression(&self) -> Result<String> {
        let Self { parameters, body, .. } = self;
        let expression = match body.as_slice() {
            [first, inside @ ..] if first.starts_with("return handleError(function (") => {
                let (_, parameters) = first.split_once("function (").unwrap_or_default();
                let (parameters, _) = parameters.split_once(')').unwrap_or_default();
                format!("catching(({parameters}) => {{ {} }})", inside.join(" "))
            }
            [result, "return ret;"] => format!("({parameters}) => {}", value_of(result)?),
            [before @ .., result, pointer, length, set_length, set_pointer]
                if GIVES.iter().any(|give| pointer.ends_with(give))
                    && length.ends_with("len1 = WASM_VECTOR_LEN;")
                    && *set_length == "getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);"
                    && *set_pointer == "getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);" =>
            {
                let give = format!("give(arg0, {});", value_of(result)?);
                format!("({parameters}) => {{ {} }}", [before, &[&give]].concat().join(" "))
            }
            lines => format!("({parameters}) => {{ {} }}", lines.join(" ")),
        };
        let expression = RENAMED.iter().fold(expression, |text, (old, new)| text.replace(old, new));
        let leftovers = ["Wasm0", "Table0", "Memory0", "handleError", "isLikeNone", "WASM_VECTOR_LEN"];
        match leftovers.iter().find(|leftover| expression.contains(**leftover)) {
            Some(leftover) => bail!("it needs {leftover}"),
            None => Ok(expression),
        }
    }
}

/// The expression of `const ret = …;`.
fn value_of(line: &str) -> Result<&str> {
    line.strip_prefix("const ret = ").and_then(|rest| rest.strip_suffix(';')).context("no result")
}

fn found<Value: Copy>(table: &[(&str, Value)], key: &str) -> Option<Value> {
    table.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::Functions;

    const GLUE: &str = r#"
/**
 * What it does.
 * @param {string} token
 * @param {any} pending
 * @returns {any}
 */
export function read(token, pending) {
    const ptr0 = passStringToWasm0(token, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    const len0 = WASM_VECTOR_LEN;
    const ret = wasm.read(ptr0, len0, pending);
    if (ret[2]) {
        throw takeFromExternrefTable0(ret[1]);
    }
    return takeFromExternrefTable0(ret[0]);
}
/**
 * @param {string} name
 * @param {string | null} [text]
 * @returns {any}
 */
export function named(name, text) {
    const ptr0 = passStringToWasm0(name, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    const len0 = WASM_VECTOR_LEN;
    var ptr1 = isLikeNone(text) ? 0 : passStringToWasm0(text, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    var len1 = WASM_VECTOR_LEN;
    const ret = wasm.named(ptr0, len0, ptr1, len1);
    return ret;
}
/**
 * @param {bigint} number
 * @returns {boolean}
 */
export function odd(number) {
    const ret = wasm.odd(number);
    return ret !== 0;
}
/**
 * @param {any} value
 */
export function many(value) {
    const ret = wasm.many(ptr0, len0);
    return ret;
}
export function __wbg_text(arg0, arg1, arg2) {
    const ret = textOf(arg1, getStringFromWasm0(arg2, arg3));
    var ptr1 = isLikeNone(ret) ? 0 : passStringToWasm0(ret, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);
    var len1 = WASM_VECTOR_LEN;
    getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);
    getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);
}
export function __wbg_random() { return handleError(function (arg0, arg1) {
    globalThis.crypto.getRandomValues(getArrayU8FromWasm0(arg0, arg1));
}, arguments); }
export function __wbg_is(arg0) {
    // An intrinsic.
    const ret = arg0 === undefined;
    return ret;
}
export function __wbg_set(arg0, arg1, arg2) {
    set(arg0, getStringFromWasm0(arg1, arg2));
}
export function __wbg_list(arg0, arg1) {
    set(getArrayF64FromWasm0(arg0, arg1));
}
"#;

    #[test]
    fn an_export_becomes_a_row() {
        let functions = Functions::of(GLUE);
        let row = "export const read = /* @__PURE__ */ question(7, \"tv\");\n";
        assert_eq!(functions.export("read", 7).unwrap().unwrap(), row);
        let row = "export const named = /* @__PURE__ */ question(8, \"to\", same);\n";
        assert_eq!(functions.export("named", 8).unwrap().unwrap(), row, "a text that may be absent");
        assert!(functions.export("__wbindgen_malloc", 7).unwrap().is_none(), "nothing but the glue calls it");
    }

    #[test]
    fn an_import_becomes_an_expression() {
        let functions = Functions::of(GLUE);
        let import = |name| functions.import(name).unwrap();
        assert_eq!(import("__wbg_text"), "(arg0, arg1, arg2) => { give(arg0, textOf(arg1, text(arg2, arg3))); }");
        let random = "catching((arg0, arg1) => { globalThis.crypto.getRandomValues(bytes(arg0, arg1)); })";
        assert_eq!(import("__wbg_random"), random);
        assert_eq!(import("__wbg_is"), "(arg0) => arg0 === undefined");
        assert_eq!(import("__wbg_set"), "(arg0, arg1, arg2) => { set(arg0, text(arg1, arg2)); }");
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        let functions = Functions::of(GLUE);
        assert!(functions.export("odd", 0).is_err(), "a type that has no way");
        assert!(functions.export("many", 0).is_err(), "two arguments for one value");
        assert!(functions.import("__wbg_list").is_err(), "a part of wasm-bindgen's glue that border.js has not");
        assert!(functions.import("__wbg_missing").is_err());
    }
}
