//! Calls: their options, and what is made of their answers.

use wasm_bindgen::prelude::*;

use super::outcome::{Outcome, present, to_object};
use crate::call::{self, CallOptions, McpCall};
use crate::mcp::tool;
use crate::web::Browser;

/// The options of one call; `null` is as configured.
#[wasm_bindgen(js_name = readCallOptions)]
pub fn read_call_options(options: &JsValue) -> Outcome {
    Ok(to_object(&CallOptions::read(options)?))
}

/// The options of a request without a session.
#[wasm_bindgen(js_name = readMcpCall)]
pub fn read_mcp_call(options: &JsValue) -> Outcome {
    Ok(to_object(&McpCall::read(&Browser, options)?))
}

/// The JSON-RPC `result` of an answer, untouched. `envelope` is `undefined` when it is not JSON.
#[wasm_bindgen(js_name = readAnswer)]
pub fn read_answer(id: u32, status: u16, retry_after: &JsValue, envelope: &JsValue) -> Outcome {
    let envelope = if envelope.is_undefined() { None } else { Some(envelope) };
    Ok(call::read_answer(&Browser, id, status, retry_after, envelope)?)
}

/// Throws what a tool's answer says instead of a result. `listed` is the tool's entry in the server's list.
#[wasm_bindgen(js_name = checkToolResult)]
pub fn check_tool_result(name: &str, listed: &JsValue, result: &JsValue) -> Outcome<()> {
    Ok(tool::check_result(name, present(listed), result)?)
}

/// Whether a call of this tool changes nothing.
#[wasm_bindgen(js_name = onlyReads)]
pub fn only_reads(name: &str, listed: &JsValue) -> bool {
    tool::only_reads(name, present(listed))
}
