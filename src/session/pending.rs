//! Logins that are under way: one record each, keyed by its `state`, used once, for ten minutes.

use super::Keys;
use crate::error::{Code, Error, Result};
use crate::json::{Fields, Object, Value};
use crate::platform::{Area, Json, Storage};

/// How long a login may take, ms.
pub const LIFETIME: f64 = 600_000.0;
/// Most logins that one tab keeps under way; the oldest is given up.
const MOST: usize = 16;
/// Most bytes of waiting calls that one login carries.
pub const CALLS_LIMIT: usize = 65_536;

/// Our mark on the `state` of a login that leaves the page. The facade knows all marks.
pub const REDIRECT_MARK: &str = "sm1r.";
/// Our mark on the `state` of a login in a popup.
pub const POPUP_MARK: &str = "sm1p.";

/// Our mark on the `state` that a logout brings back: nothing waits for it, the facade only cleans it away.
pub const LOGOUT_MARK: &str = "sm1o.";

/// Everything that the way back needs.
#[derive(Clone)]
pub struct Pending {
    /// Mark and 32 random bytes.
    pub state: String,
    /// PKCE.
    pub code_verifier: String,
    /// Only with `openid`.
    pub nonce: Option<String>,
    /// The configured shop's origin.
    pub shop: String,
    /// The public client.
    pub client_id: String,
    /// As sent.
    pub redirect_uri: String,
    /// As asked for.
    pub scope: String,
    /// The issuer that was discovered before the page was left.
    pub issuer: String,
    /// The only address that the code is sent to.
    pub token_endpoint: String,
    /// Keys of the ID token.
    pub jwks_uri: Option<String>,
    /// For the logout later.
    pub end_session_endpoint: Option<String>,
    /// Whether the callback has to name its issuer.
    pub iss_required: bool,
    /// ms since the epoch.
    pub created_at: f64,
}

impl Pending {
    /// Reads a record, or the object that `beginLogin` gave to a page.
    ///
    /// Errors: `option_invalid`, naming the member.
    pub fn read<V: Value>(value: &V) -> Result<Self> {
        let fields = Fields::of(value, Code::OptionInvalid, "The pending login");
        let pending = Self {
            state: fields.string("state"),
            code_verifier: fields.string("codeVerifier"),
            nonce: fields.optional_string("nonce"),
            shop: fields.string("shop"),
            client_id: fields.string("clientId"),
            redirect_uri: fields.string("redirectUri"),
            scope: fields.string("scope"),
            issuer: fields.string("issuer"),
            token_endpoint: fields.string("tokenEndpoint"),
            jwks_uri: fields.optional_string("jwksUri"),
            end_session_endpoint: fields.optional_string("endSessionEndpoint"),
            iss_required: fields.flag("issRequired"),
            created_at: fields.optional_number("createdAt").unwrap_or(0.0),
        };
        fields.end(pending)
    }

    /// The members that [`Pending::read`] reads, open for more.
    #[must_use]
    pub fn write(&self) -> Object {
        Object::new()
            .string("state", &self.state)
            .string("codeVerifier", &self.code_verifier)
            .optional("nonce", self.nonce.as_deref())
            .string("shop", &self.shop)
            .string("clientId", &self.client_id)
            .string("redirectUri", &self.redirect_uri)
            .string("scope", &self.scope)
            .string("issuer", &self.issuer)
            .string("tokenEndpoint", &self.token_endpoint)
            .optional("jwksUri", self.jwks_uri.as_deref())
            .optional("endSessionEndpoint", self.end_session_endpoint.as_deref())
            .flag("issRequired", self.iss_required)
            .number("createdAt", self.created_at)
    }

    /// Refuses a login that has taken too long, or that the clock stands before.
    ///
    /// Errors: `login_expired`.
    pub fn check_age(&self, now: f64) -> Result<()> {
        if (self.created_at..self.created_at + LIFETIME).contains(&now) {
            return Ok(());
        }
        Err(Error::new(Code::LoginExpired, "The sign-in took longer than ten minutes: start again."))
    }
}

/// A call that waits for a sign-in across a navigation.
#[derive(Clone)]
pub struct WaitingCall<V> {
    /// The tool.
    pub name: String,
    /// As the page gave them.
    pub arguments: V,
    /// Whether it may be sent after the way back.
    pub resume: bool,
    /// Who was signed in when it was made.
    pub sub: Option<String>,
}

impl<V: Value> WaitingCall<V> {
    fn read(value: &V) -> Option<Self> {
        let fields = Fields::of(value, Code::StorageUnavailable, "The waiting call");
        let call = Self {
            arguments: fields.member("arguments").filter(V::is_object)?,
            name: fields.string("name"),
            resume: fields.flag("resume"),
            sub: fields.optional_string("sub"),
        };
        fields.end(call).ok()
    }

    /// JSON text; `None` when the arguments have none.
    pub fn write<P: Json<Value = V>>(&self, platform: &P) -> Option<String> {
        let arguments = platform.text_in(&platform.stringify(&self.arguments)?);
        let call = Object::new().string("name", &self.name).json("arguments", &arguments).flag("resume", self.resume);
        Some(call.optional("sub", self.sub.as_deref()).finish())
    }

    /// The calls of a stored list; what is not a call is skipped.
    pub fn read_list(list: Option<&V>) -> Vec<Self> {
        let mut calls = Vec::new();
        let mut index = 0;
        while let Some(value) = list.and_then(|list| list.at(index)) {
            index += 1;
            calls.extend(Self::read(&value));
        }
        calls
    }
}

/// The stored list of some calls' texts.
#[must_use]
pub fn write_list(calls: &[String]) -> String {
    ["[", &calls.join(","), "]"].concat()
}

/// A stored login with what it brings back.
pub struct StoredLogin<V> {
    /// The login.
    pub pending: Pending,
    /// The page that asked for it.
    pub return_to: String,
    /// Calls that wait for it.
    pub calls: Vec<WaitingCall<V>>,
}

/// Stores a login, or stores it anew with other calls.
///
/// Errors: `storage_blocked`, `storage_full`: then the page must not leave.
pub fn store(storage: &impl Storage, keys: &Keys, pending: &Pending, return_to: &str, calls: &[String]) -> Result<()> {
    let record = pending.write().string("returnTo", return_to).json("calls", &write_list(calls)).finish();
    storage.write(Area::Tab, &keys.login(&pending.state), &record)
}

/// Takes a login out of the store: it cannot be used twice.
///
/// Errors: `state_mismatch` when there is none.
pub fn take<P: Json + Storage>(platform: &P, keys: &Keys, state: &str) -> Result<StoredLogin<P::Value>> {
    let key = keys.login(state);
    let stored = platform.read(Area::Tab, &key);
    platform.remove(Area::Tab, &key);
    let login = stored.and_then(|text| read_stored(platform, &text)).filter(|login| login.pending.state == state);
    login.ok_or_else(|| {
        Error::new(
            Code::StateMismatch,
            "This callback answers no sign-in of this tab: start again. It may have been used before, or opened in another browser.",
        )
        .field("state")
    })
}

/// Removes what is older than ten minutes, garbage, and the oldest beyond the most.
pub fn prune<P: Json + Storage>(platform: &P, keys: &Keys, now: f64) {
    let mut kept: Vec<(f64, String)> = Vec::new();
    for key in platform.keys(Area::Tab, &keys.login("")) {
        match platform.read(Area::Tab, &key).and_then(|text| read_stored(platform, &text)) {
            Some(login) if login.pending.check_age(now).is_ok() => kept.push((login.pending.created_at, key)),
            _ => platform.remove(Area::Tab, &key),
        }
    }
    while kept.len() >= MOST {
        let mut oldest = 0;
        for (index, (created_at, _)) in kept.iter().enumerate() {
            if kept.get(oldest).is_some_and(|(other, _)| created_at < other) {
                oldest = index;
            }
        }
        platform.remove(Area::Tab, &kept.swap_remove(oldest).1);
    }
}

fn read_stored<P: Json>(platform: &P, text: &str) -> Option<StoredLogin<P::Value>> {
    let value = platform.parse(&platform.text_out(text))?;
    Some(StoredLogin {
        pending: Pending::read(&value).ok()?,
        return_to: value.get("returnTo")?.text()?,
        calls: WaitingCall::read_list(value.get("calls").as_ref()),
    })
}
