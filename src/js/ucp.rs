//! Shops by UCP: what is spoken and where, who may call what, how a call is bound and signed, what comes of it, money.

use alloc::string::String;

use wasm_bindgen::prelude::*;

use super::outcome::{Outcome, present, text, to_object};
use crate::json::Value;
use crate::oauth::pkce::hash_text;
use crate::platform::Platform;
use crate::ucp::binding::{self, Binding};
use crate::ucp::capabilities::Shared;
use crate::ucp::key::{self, PublicKey};
use crate::ucp::outcome::Outcome as Business;
use crate::ucp::profile::{choose_version, read_endpoint};
use crate::ucp::setup::{CallOptions, Setup};
use crate::ucp::signature::{self, Unsigned};
use crate::ucp::token::AgentToken;
use crate::ucp::{agent, answer, money, tier, tools};
use crate::web::{Browser, set};

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

/// What a shop and an agent can do together: versions by names.
#[wasm_bindgen(js_name = sharedCapabilities)]
pub fn shared_capabilities(shop_profile: &JsValue, agent_profile: &JsValue) -> Outcome {
    Ok(to_object(&Shared::of(shop_profile, agent_profile)?))
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

/// What binds a call to its agent: `arguments.meta` as JSON, and the idempotency key, `null` where the tool takes none.
/// `key` is that of a call which was made before.
#[wasm_bindgen(js_name = bindUcp)]
pub fn bind_ucp(tool: &str, profile: &str, key: &JsValue) -> Outcome {
    let key = present(key).map(|key| key.text().unwrap_or_default());
    Ok(to_object(&Binding::new(&Browser, tool, profile, key, Browser.on_loopback())?))
}

/// Whether a tool takes an idempotency key.
#[wasm_bindgen(js_name = takesKey)]
pub fn takes_key(tool: &str) -> bool {
    binding::takes_key(tool)
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
    binding::is_repeatable(tool, present(listed))
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

/// What came of a call: the word that a page switches on, the messages in the order in which they are dealt with, and
/// where the buyer goes on, or `null`.
#[wasm_bindgen(js_name = readOutcome)]
pub fn read_outcome(resource: &JsValue) -> JsValue {
    let outcome = Business::of(&Browser, resource, Browser.on_loopback());
    let object = to_object(&outcome);
    set(&object, "messages", &JsValue::from(outcome.messages));
    object
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

/// The public half of a signing key, as it is published.
#[wasm_bindgen(js_name = readPublicKey)]
pub fn read_public_key(jwk: &JsValue) -> Outcome {
    Ok(to_object(&PublicKey::read(jwk)?))
}

/// Whether the agent's profile holds this key.
#[wasm_bindgen(js_name = isPublished)]
pub fn is_published(profile: &JsValue, jwk: &JsValue) -> Outcome<bool> {
    Ok(key::is_published(profile, &PublicKey::read(jwk)?))
}

/// An agent's profile, ready to be hosted, as JSON.
#[wasm_bindgen(js_name = agentDocument)]
pub fn agent_document(options: &JsValue) -> Outcome {
    Ok(text(&agent::document(options)?))
}

/// Minor units as decimal text. What is not a number is refused, where the border would make one of it.
#[wasm_bindgen(js_name = moneyToDecimal)]
pub fn money_to_decimal(amount: &JsValue, currency: &JsValue) -> Outcome {
    let amount = amount.number().unwrap_or(f64::NAN);
    Ok(text(&money::to_decimal(amount, &currency.text().unwrap_or_default())?))
}

/// Decimal text as minor units.
#[wasm_bindgen(js_name = moneyToMinor)]
pub fn money_to_minor(decimal: &JsValue, currency: &JsValue) -> Outcome<f64> {
    Ok(money::to_minor(&decimal.text().unwrap_or_default(), &currency.text().unwrap_or_default())?)
}
