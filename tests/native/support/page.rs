//! A page with the SDK in it: what the JavaScript facade does, on the fake platform.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::{Value as Serde, json};
use shopper_mcp::client::{CallOptions, Customer, Options, Return, Shop, SignInPolicy, TokenStore, read_wishes};
use shopper_mcp::error::Result;
use shopper_mcp::oauth::authorize::Wishes;
use shopper_mcp::platform::{Event, Navigation};
use shopper_mcp::session::record::Record;

use super::browser::Tab;
use super::document::{Document, TokenPlace};
use super::shop::{ACCOUNT_PAGE, CLIENT};
use super::store::Store;
use super::tree::Tree;
use super::world::Started;

pub type Outcome = Result<Tree>;

/// Options of a shop with `openid`, so that it is known who signs in.
pub fn options() -> Serde {
    json!({
        "shop": "shop.example",
        "clientId": CLIENT,
        "redirectUri": ACCOUNT_PAGE,
        "scope": "openid customer-account-mcp-api:full",
    })
}

/// The same with some others.
pub fn options_with(more: Serde) -> Serde {
    let mut options = options();
    for (key, value) in more.as_object().expect("an object") {
        options[key] = value.clone();
    }
    options
}

/// See the module.
pub struct Page {
    pub tab: Rc<Tab>,
    pub document: Rc<Document>,
    pub customer: Rc<Customer<Document>>,
    /// The callback that was taken out of the address bar.
    query: RefCell<Option<String>>,
}

impl Page {
    /// Loads the page at the tab's address.
    #[track_caller]
    pub fn open(tab: &Rc<Tab>, options: &Serde) -> Self {
        Self::open_keeping(tab, options, None)
    }

    /// Loads the page with a token store of its own.
    #[track_caller]
    pub fn open_keeping(tab: &Rc<Tab>, options: &Serde, own: Option<Rc<Store>>) -> Self {
        let query = take_callback(tab, options);
        let reader = Document::load(tab, TokenPlace::Nowhere);
        let read = Options::read(&*reader, &Tree(options.clone())).expect("good options");
        let place = match (read.store, own) {
            (_, Some(store)) => TokenPlace::Own(store),
            (TokenStore::Local, None) => TokenPlace::Origin,
            (TokenStore::Session, None) => TokenPlace::Tab,
            _ => TokenPlace::Nowhere,
        };
        let document = Document::load(tab, place);
        let opened = document.clone();
        let shop = tab.browser.world.start(document.id, async move { Shop::open(opened, read).await }).wait();
        Self { tab: tab.clone(), document, customer: Customer::new(shop), query: RefCell::new(query) }
    }

    fn start<T: 'static>(&self, work: impl Future<Output = T> + 'static) -> Started<T> {
        self.tab.browser.world.start(self.document.id, work)
    }

    /// Calls a tool with the page's options.
    pub fn call(&self, name: &str, arguments: Serde) -> Started<Outcome> {
        self.call_with(name, arguments, None, false)
    }

    /// Calls a tool on the call's own terms.
    pub fn call_with(
        &self,
        name: &str,
        arguments: Serde,
        policy: Option<SignInPolicy>,
        resume: bool,
    ) -> Started<Outcome> {
        let configured = &self.customer.shop.options;
        let policy = policy.unwrap_or(configured.on_sign_in_needed);
        let options = CallOptions { timeout_ms: configured.target.timeout_ms, policy: Some(policy), resume };
        let wants_window = policy == SignInPolicy::Popup && !self.is_signed_in();
        let window = if wants_window { self.document.open_popup() } else { None };
        let (customer, name) = (self.customer.clone(), name.to_owned());
        self.start(async move { customer.call_tool(&name, Tree(arguments), options, window, None).await })
    }

    /// The order that every customer has.
    pub fn order(&self) -> Started<Outcome> {
        self.call("get_order_status", json!({ "order_number": "#1001" }))
    }

    pub fn login(&self, options: Serde) -> Started<Result<()>> {
        let wishes = read_wishes(&Tree(options.clone())).expect("good wishes");
        let return_to = options["returnTo"].as_str().map_or_else(|| self.document.address(), str::to_owned);
        let customer = self.customer.clone();
        self.start(async move { customer.sign_in_by_redirect(wishes, return_to).await })
    }

    pub fn login_by_popup(&self) -> Started<Result<()>> {
        let window = self.document.open_popup();
        let customer = self.customer.clone();
        self.start(async move { customer.sign_in_by_popup(window, Wishes::default()).await })
    }

    pub fn handle_redirect(&self) -> Started<Result<Option<Return<Tree>>>> {
        self.handle_redirect_with(true)
    }

    pub fn handle_redirect_with(&self, navigate: bool) -> Started<Result<Option<Return<Tree>>>> {
        let (customer, query) = (self.customer.clone(), self.query.take());
        self.start(async move { customer.handle_redirect(query, navigate).await })
    }

    pub fn logout(&self) -> Result<()> {
        self.customer.logout(None)
    }

    pub fn list_tools(&self, fresh: bool) -> Started<Result<Vec<Tree>>> {
        let customer = self.customer.clone();
        self.start(async move { customer.list_tools(fresh).await })
    }

    pub fn is_signed_in(&self) -> bool {
        self.record().is_some()
    }

    pub fn record(&self) -> Option<Record> {
        self.customer.shop.session.record()
    }

    pub fn access_token(&self) -> Option<String> {
        self.record().map(|record| record.access_token)
    }

    /// The events since the last time.
    pub fn events(&self) -> Vec<Event> {
        self.document.events.take()
    }

    /// Suspended pages neither run nor hear.
    pub fn freeze(&self) {
        self.tab.freeze();
    }

    /// The tab crashes, or is closed.
    pub fn crash(self) {
        self.tab.unload();
    }
}

/// As `pkg-template/facade/callback.js`: a callback of ours leaves the address bar before anything else happens.
fn take_callback(tab: &Tab, options: &Serde) -> Option<String> {
    let here = url::Url::parse(&tab.address.borrow()).ok()?;
    let redirect = url::Url::parse(options["redirectUri"].as_str()?).ok()?;
    if here.origin() != redirect.origin() || here.path() != redirect.path() {
        return None;
    }
    let prefix = format!("shopper-mcp:https://{}:{}:login:", options["shop"].as_str()?, options["clientId"].as_str()?);
    let parameter = |name: &str| here.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let ours = match parameter("state") {
        Some(state) => state.starts_with("sm1r.") || state.starts_with("sm1p."),
        None => {
            let answers = parameter("code").is_some() || parameter("error").is_some();
            answers && !tab.storage.keys(&prefix).is_empty()
        }
    };
    if !ours {
        return None;
    }
    let query = here.query().map(str::to_owned)?;
    let mut clean = here.clone();
    let kept: Vec<(String, String)> = here
        .query_pairs()
        .filter(|(key, _)| !["code", "state", "iss", "error", "error_description"].contains(&key.as_ref()))
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    clean.set_query(None);
    if !kept.is_empty() {
        clean.query_pairs_mut().extend_pairs(kept);
    }
    *tab.address.borrow_mut() = clean.into();
    Some(query)
}
