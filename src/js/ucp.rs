//! Shops by UCP: what is spoken and where, who may call what, how a call is bound and signed, what comes of it, money.

use alloc::string::String;

use wasm_bindgen::prelude::*;

use super::outcome::{Outcome, present, text, to_object};
use crate::json::Value;
use crate::oauth::discovery::is_secure;
use crate::oauth::pkce::hash_text;
use crate::platform::Platform;
use crate::ucp::idempotency;
use crate::ucp::profile::{choose_version, read_endpoint};
use crate::ucp::setup::Setup;
use crate::ucp::signature::{Request, target};
use crate::ucp::{answer, tier};
use crate::web::{Browser, lent};
use crate::words::split;

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

/// Throws what keeps an agent of this tier from calling the tool. `scope` is the token's, where it is known. Where the
/// server `has_refused` it, whatever would allow it.
#[wasm_bindgen(js_name = checkTier)]
pub fn check_tier(server: &str, tier: &str, tool: &str, scope: &JsValue, has_refused: bool) -> Outcome<()> {
    let (server, tier) = tier::named(server, tier)?;
    if has_refused {
        Err(tier::explain(server, tier, tool).into())
    } else {
        Ok(tier::check(server, tier, tool, scope.text().as_deref())?)
    }
}

/// Where a page calls as an agent.
#[wasm_bindgen(js_name = readAgent)]
pub fn read_agent(options: &JsValue) -> Outcome {
    Ok(to_object(&Setup::read(&Browser, options)?))
}

/// A name for a text that says nothing of it.
#[wasm_bindgen]
pub fn fingerprint(of: &str) -> JsValue {
    text(&hash_text(of))
}

/// Whether the same bytes may be sent again when nobody knows what became of them: 0 no, 1 yes, since it only reads, 2 yes,
/// by its idempotency key. `listed` is the tool's entry in the server's list.
#[wasm_bindgen(js_name = repeatable)]
pub fn repeatable(tool: &str, listed: &JsValue) -> u8 {
    idempotency::repeatable(tool, present(listed)) as u8
}

/// The JSON-RPC `result` of an answer, untouched. `envelope` is `undefined` when it is not JSON.
#[wasm_bindgen(js_name = readUcpAnswer)]
pub fn read_ucp_answer(id: u32, status: u16, retry_after: &JsValue, envelope: &JsValue) -> Outcome {
    let envelope = if envelope.is_undefined() { None } else { Some(envelope) };
    Ok(answer::read_answer(&Browser, id, status, retry_after, envelope)?)
}

/// The resource in the result of a tool, untouched. `said` is the JSON in its first text, or `undefined`.
#[wasm_bindgen(js_name = readUcpResource)]
pub fn read_ucp_resource(tool: &str, result: &JsValue, said: JsValue) -> Outcome {
    Ok(answer::read_resource(tool, result, Some(said))?)
}

/// A URL that a page may open: https (http on loopback), without credentials; `undefined` for anything else.
#[wasm_bindgen(js_name = openable)]
pub fn openable(url: &JsValue) -> Option<JsValue> {
    let url = url.text()?;
    let before_fragment = split(&url, b'#').map_or(&*url, |(before, _)| before);
    is_secure(&Browser, before_fragment, Browser.on_loopback()).then(|| text(&url))
}

/// Where requests to a URL go, as `signatureBase` takes it.
#[wasm_bindgen(js_name = signatureTarget)]
pub fn signature_target(url: &str) -> Outcome {
    Ok(text(&target(&Browser, url, Browser.on_loopback())?))
}

/// The base of a request's signature, as bytes that are only lent. `keyid` is the `kid` of the key in the agent's
/// profile; a header that the request has not is empty.
#[expect(clippy::too_many_arguments, reason = "texts go in for a fraction of what members of an object take")]
#[wasm_bindgen(js_name = signatureBase)]
pub fn signature_base(
    method: &str,
    target: &str,
    keyid: &str,
    content_type: &str,
    ucp_agent: &str,
    idempotency_key: &str,
    signature_agent: &str,
    body: Option<String>,
) -> Outcome {
    let body = body.as_deref();
    let request = Request { method, target, body, content_type, ucp_agent, idempotency_key, signature_agent };
    Ok(lent(request.base(&Browser, keyid)?.as_bytes()))
}
