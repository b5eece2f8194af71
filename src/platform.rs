//! What the pure rooms need of the world. `web/` implements it on a browser; tests implement it on a fake one.

use std::future::Future;

use crate::error::Result;
use crate::json::Value;
use crate::wait::Task;

/// HTTP, as little of it as is used. Never follows a redirect, never sends cookies or a referrer.
pub trait Fetch {
    /// Text that stays where it is: a JavaScript string that does not enter wasm memory.
    type Text: Clone;
    /// An answer whose body has not been read.
    type Response: Response<Text = Self::Text>;

    /// Sends a request. Dropping the future aborts it.
    ///
    /// Errors: `offline`, `network`.
    fn send(&self, request: Request<Self::Text>) -> impl Future<Output = Result<Self::Response>>;
}

/// One request.
pub struct Request<T> {
    /// Absolute, checked.
    pub url: String,
    /// Header names in lower case, values checked by [`header_safe`].
    pub headers: Vec<(&'static str, String)>,
    /// `None` makes it a GET, everything else a POST.
    pub body: Option<Body<T>>,
}

/// The body of a POST.
pub enum Body<T> {
    /// `application/x-www-form-urlencoded`
    Form(String),
    /// `application/json`
    Json(T),
}

/// The answer to a [`Request`]. Dropping it aborts what is still under way.
pub trait Response {
    /// See [`Fetch::Text`].
    type Text;
    /// HTTP status; 0 for a redirect that was not followed.
    fn status(&self) -> u16;
    /// A header, where the browser lets the page read it.
    fn header(&self, name: &str) -> Option<String>;
    /// The next piece of the body and its size in bytes; `None` at the end.
    ///
    /// Errors: `network`.
    fn piece(&mut self) -> impl Future<Output = Result<Option<(Self::Text, u32)>>>;
}

/// JSON by the platform's own parser.
pub trait Json: Fetch {
    /// A parsed value.
    type Value: Value;
    /// `None` when the text is not JSON.
    fn parse(&self, text: &Self::Text) -> Option<Self::Value>;
    /// `None` when the value has no JSON form (a cycle, a BigInt).
    fn stringify(&self, value: &Self::Value) -> Option<Self::Text>;
    /// Copies text in.
    fn text_in(&self, text: &Self::Text) -> String;
    /// Hands text out.
    fn text_out(&self, text: &str) -> Self::Text;
    /// The pieces, one after the other.
    fn join(&self, left: Self::Text, right: &Self::Text) -> Self::Text;
    /// The first UTF-16 unit that is neither JSON white space nor a byte order mark; `None` when there is none.
    fn first_unit(&self, text: &Self::Text) -> Option<u16>;
}

/// Where records are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// This tab's own, gone with it.
    Tab,
    /// Shared by all tabs of the origin, kept.
    Origin,
    /// Where the page wants its tokens.
    Tokens,
}

/// Small records under string keys. Everything read is untrusted.
pub trait Storage {
    /// `None` when there is nothing, or the storage is blocked.
    fn read(&self, area: Area, key: &str) -> Option<String>;
    /// Errors: `storage_blocked`, `storage_full`.
    fn write(&self, area: Area, key: &str, value: &str) -> Result<()>;
    /// Does nothing when there is nothing.
    fn remove(&self, area: Area, key: &str);
    /// The keys that begin with `prefix`.
    fn keys(&self, area: Area, prefix: &str) -> Vec<String>;
}

/// Locks and messages between the tabs of one origin.
pub trait Tabs {
    /// Held until dropped, and released when the tab dies.
    type Guard;
    /// Closed when dropped.
    type Channel: Channel;
    /// Waits for the lock, at most `wait_ms`; `None` when the wait was too long or there are no locks here.
    fn lock(&self, name: &str, wait_ms: u32) -> impl Future<Output = Option<Self::Guard>>;
    /// Joins a conversation; `None` where there is none to join.
    fn channel(&self, name: &str, on_message: Box<dyn Fn(String)>) -> Option<Self::Channel>;
}

/// One conversation. A message reaches every other member, never the sender.
pub trait Channel {
    /// Sends a message.
    fn post(&self, message: &str);
}

/// Time.
pub trait Clock {
    /// ms since the epoch. May jump either way.
    fn now(&self) -> f64;
    /// Waits. Dropping the future cancels the timer.
    fn sleep(&self, ms: f64) -> impl Future<Output = ()>;
    /// An HTTP date (RFC 9110 section 5.6.7) as ms since the epoch.
    fn parse_date(&self, text: &str) -> Option<f64>;
}

/// The page and its address.
pub trait Navigation {
    /// A window that a click opened.
    type Popup: Popup + 'static;
    /// Opens a blank window; `None` when the browser refuses. Only a click's own turn may do it.
    fn open_popup(&self) -> Option<Self::Popup>;
    /// The page's address, without its fragment.
    fn address(&self) -> String;
    /// Leaves the page.
    fn assign(&self, url: &str);
    /// Leaves the page, and the history forgets it.
    fn replace(&self, url: &str);
    /// Closes this window, where a script may.
    fn close(&self);
    /// Parses a URL, relative to `base` when one is given.
    fn parse_url(&self, text: &str, base: Option<&str>) -> Option<Url>;
}

/// A window that a click opened, blank at first. Closed when dropped: nobody is left with one that was not needed.
pub trait Popup {
    /// Sends it somewhere.
    fn go(&self, url: &str);
    /// What can be told of it from here.
    fn sight(&self) -> Sight;
    /// Closes it, where a script may.
    fn close(&self);
}

/// What can be told of a popup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// On this origin, or still blank.
    Here,
    /// On another origin and in touch: its `closed` can be believed from now on.
    Away,
    /// Closed, or cut off by a Cross-Origin-Opener-Policy.
    Closed,
}

/// A parsed URL.
#[derive(Clone, Debug)]
pub struct Url {
    /// Normalized, whole.
    pub href: String,
    /// `https://host:port`
    pub origin: String,
    /// `https:`
    pub scheme: String,
    /// Host without port, lower case.
    pub host: String,
    /// `/path`
    pub path: String,
    /// `?query`, or empty.
    pub query: String,
    /// `#fragment`, or empty.
    pub fragment: String,
    /// Whether it holds a user name or password.
    pub credentials: bool,
}

impl Url {
    /// Whether the host is this machine (RFC 6761, RFC 5735).
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let host = self.host.as_str();
        host == "localhost" || host == "[::1]" || host.ends_with(".localhost") || is_127(host)
    }
}

fn is_127(host: &str) -> bool {
    host.strip_prefix("127.").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

/// How an ID token is signed: the allow-list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256
    Rs256,
    /// ECDSA with P-256 and SHA-256
    Es256,
}

/// Randomness and signatures.
pub trait Crypto: Json {
    /// Fills `bytes` from the operating system.
    ///
    /// Errors: `randomness_unavailable`.
    fn random(&self, bytes: &mut [u8]) -> Result<()>;
    /// Whether `key` (a JWK) signed `signed`; `None` when the key cannot be used.
    fn verify(
        &self,
        key: &Self::Value,
        algorithm: Algorithm,
        signed: &[u8],
        signature: &[u8],
    ) -> impl Future<Output = Option<bool>>;
}

/// What the page is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A customer is signed in, by this tab or another.
    SignedIn,
    /// The session is over: `logout` or `ended`.
    SignedOut(&'static str),
    /// The tokens were renewed.
    Refreshed,
    /// The named call waits for a sign-in that the page has to start.
    SignInNeeded(String),
    /// The named calls will not be sent, and why.
    CallsDropped(Vec<String>, &'static str),
}

/// Everything together.
pub trait Platform: Storage + Tabs + Clock + Navigation + Crypto + Sized + 'static {
    /// Drives a future to its end whether or not somebody waits for it.
    fn spawn(&self, task: Task);
    /// Tells the page.
    fn emit(&self, event: Event);
}

/// Whether a value may stand in a header: visible ASCII, no control characters.
#[must_use]
pub fn header_safe(value: &str) -> bool {
    value.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}
