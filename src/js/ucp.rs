//! Shops by UCP: what is spoken and where, who may call what, how a call is bound and signed, what comes of it, money.

use alloc::string::String;

use wasm_bindgen::prelude::*;

use super::outcome::{Outcome, present, text, to_object};
use crate::json::Value;
use crate::oauth::discovery::is_secure;
use crate::oauth::pkce::hash_text;
use crate::platform::Platform;
use crate::ucp::idempotency;
use crate::ucp::key;
use crate::ucp::profile::{choose_version, read_endpoint};
use crate::ucp::setup::{CallOptions, Setup};
use crate::ucp::signature::{self, Unsigned};
use crate::ucp::token::AgentToken;
use crate::ucp::{answer, tier, tools};
use crate::web::Browser;

/// The version that a shop and an agent speak. `agents` has the URLs of the agent's profiles by their versions; `leaf`
/// is where the shop's profile in that version is, or `null` for the one that was given.
#[wasm_bindgen(js_name = chooseUcpVersion)]
pub fn choose_ucp_version(profile: &JsValue, agents: &JsValue) -> Outcome {
    Ok(to_object(&choose_version(&Browser, profile, agents, Browser.on_loopback())?))
}

/// The MCP endpoint of a shop's profile, which has to be in that version.
#[wasm_bindgen(js_name = readUcpEndpoint)]
pub fn read_ucp_endpoint(profile: &JsValue, version: &str) -> Outcome {
    Ok(text(&read_endpoint(&Browser, profile, version, Browser.on_loopback())?))
}

/// Throws what keeps an agent of this tier from calling the tool. `scope` is the token's, where it is known.
#[wasm_bindgen(js_name = checkTier)]
pub fn check_tier(server: &str, tier: &str, tool: &str, scope: Option<String>) -> Outcome<()> {
    let (server, tier) = tier::named(server, tier)?;
    Ok(tier::check(server, tier, tool, scope.as_deref())?)
}

/// Throws what would allow a call that the server refused.
#[wasm_bindgen(js_name = explainTier)]
pub fn explain_tier(server: &str, tier: &str, tool: &str) -> Outcome<()> {
    let (server, tier) = tier::named(server, tier)?;
    Err(tier::explain(server, tier, tool).into())
}

/// The options of a page that calls as an agent; `undefined` where it does not.
#[wasm_bindgen(js_name = readAgent)]
pub fn read_agent(options: &JsValue) -> Outcome<Option<JsValue>> {
    Ok(Setup::read(&Browser, options)?.as_ref().map(to_object))
}

/// The options of one call; `null` is as configured.
#[wasm_bindgen(js_name = readUcpCallOptions)]
pub fn read_ucp_call_options(options: &JsValue) -> Outcome {
    Ok(to_object(&CallOptions::read(options)?))
}

/// The agent's token, as the page's function gave it.
#[wasm_bindgen(js_name = readAgentToken)]
pub fn read_agent_token(given: &JsValue) -> Outcome {
    Ok(to_object(&AgentToken::read(&Browser, given)?))
}

/// Which of a server's rate limits a tool counts to.
#[wasm_bindgen(js_name = limitOf)]
pub fn limit_of(tool: &str) -> String {
    String::from(tools::find(tool).map_or("", |tool| tool.family.limit()))
}

/// The idempotency key of a call; `undefined` where the tool takes none. `known` is that of a call which was made before.
#[wasm_bindgen(js_name = idempotencyKey)]
pub fn idempotency_key(tool: &str, known: &JsValue) -> Outcome<Option<String>> {
    let known = present(known).map(|key| key.text().unwrap_or_default());
    Ok(idempotency::key_of(&Browser, tool, known)?)
}

/// A name for a text that says nothing of it.
#[wasm_bindgen]
pub fn fingerprint(of: &str) -> JsValue {
    text(&hash_text(of))
}

/// Whether the same bytes may be sent again when nobody knows what became of them. `listed` is the tool's entry in the
/// server's list.
#[wasm_bindgen(js_name = isRepeatable)]
pub fn is_repeatable(tool: &str, listed: &JsValue) -> bool {
    idempotency::is_repeatable(tool, present(listed))
}

/// The JSON-RPC `result` of an answer, untouched. `envelope` is `undefined` when it is not JSON.
#[wasm_bindgen(js_name = readUcpAnswer)]
pub fn read_ucp_answer(id: u32, status: u16, retry_after: Option<String>, envelope: &JsValue) -> Outcome {
    let envelope = if envelope.is_undefined() { None } else { Some(envelope) };
    Ok(answer::read_answer(&Browser, id, status, retry_after.as_deref(), envelope)?)
}

/// The resource in the result of a tool, untouched.
#[wasm_bindgen(js_name = readUcpResource)]
pub fn read_ucp_resource(tool: &str, result: &JsValue) -> Outcome {
    Ok(answer::read_resource(&Browser, tool, result)?)
}

/// A URL that a page may open: https (http on loopback), without credentials and fragment; `undefined` for anything else.
#[wasm_bindgen(js_name = openable)]
pub fn openable(url: &JsValue) -> Option<String> {
    url.text().filter(|url| is_secure(&Browser, url, Browser.on_loopback()))
}

/// What is signed of a request, and the headers around it. `keyid` is the `kid` of the key in the agent's profile.
#[wasm_bindgen(js_name = signatureOf)]
pub fn signature_of(request: &JsValue, keyid: &str) -> Outcome {
    Ok(to_object(&Unsigned::read(&Browser, request, keyid, Browser.on_loopback())?))
}

/// `Signature`, of the bytes that the signer gave.
#[wasm_bindgen(js_name = signatureHeader)]
pub fn signature_header(bytes: &[u8]) -> Outcome {
    Ok(text(&signature::signature_header(bytes)?))
}

/// `UCP-Agent`, of the URL of the agent's profile.
#[wasm_bindgen(js_name = agentHeader)]
pub fn agent_header(profile: &str) -> Outcome {
    Ok(text(&signature::agent_header(&Browser, profile, Browser.on_loopback())?))
}

/// Whether the agent's profile holds this key.
#[wasm_bindgen(js_name = isPublished)]
pub fn is_published(profile: &JsValue, jwk: &JsValue) -> bool {
    key::is_published(profile, jwk)
}
