//! A page in a tab: the platform that the rooms run on.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use shopper_mcp::error::{Code, Error, Result};
use shopper_mcp::platform::{
    Algorithm, Area, Clock, Crypto, Event, Fetch, Json, Navigation, Platform, Popup, Request, Sight, Storage, Tabs, Url,
};
use shopper_mcp::wait::Task;

use super::browser::{Browser, Tab};
use super::bus::Joined;
use super::http_date;
use super::keys;
use super::locks::Held;
use super::network::{Answer, LATENCY, Sent, broken, travel_back};
use super::store::Store;
use super::tree::Tree;
use super::world::Owner;

/// Where this page keeps its tokens.
#[derive(Clone)]
pub enum TokenPlace {
    Tab,
    Origin,
    Nowhere,
    Own(Rc<Store>),
}

/// See the module.
pub struct Document {
    pub id: Owner,
    pub tab: Rc<Tab>,
    tokens: TokenPlace,
    pub events: RefCell<Vec<Event>>,
}

impl Document {
    /// Loads a page into a tab.
    pub fn load(tab: &Rc<Tab>, tokens: TokenPlace) -> Rc<Self> {
        tab.unload();
        let id = tab.browser.world.number() as Owner;
        tab.document.set(Some(id));
        Rc::new(Self { id, tab: tab.clone(), tokens, events: RefCell::default() })
    }

    pub fn browser(&self) -> &Rc<Browser> {
        &self.tab.browser
    }

    fn store(&self, area: Area) -> Option<Rc<Store>> {
        match (area, &self.tokens) {
            (Area::Tab, _) | (Area::Tokens, TokenPlace::Tab) => Some(self.tab.storage.clone()),
            (Area::Origin, _) | (Area::Tokens, TokenPlace::Origin) => Some(self.browser().local.clone()),
            (Area::Tokens, TokenPlace::Nowhere) => None,
            (Area::Tokens, TokenPlace::Own(store)) => Some(store.clone()),
        }
    }
}

impl Fetch for Document {
    type Text = String;
    type Response = Answer;

    async fn send(&self, request: Request<String>) -> Result<Answer> {
        let browser = self.browser();
        if !browser.online.get() {
            return Err(Error::new(Code::Offline, "offline").retryable());
        }
        browser.world.sleep(LATENCY).await;
        if !browser.online.get() {
            return Err(broken());
        }
        let reply = browser.shop.receive(Sent::new(browser.world.elapsed(), request));
        let answer = travel_back(browser.world.clone(), reply).await?;
        if browser.online.get() { Ok(answer) } else { Err(broken()) }
    }
}

impl Json for Document {
    type Value = Tree;

    fn parse(&self, text: &String) -> Option<Tree> {
        Tree::parse(text)
    }

    fn stringify(&self, value: &Tree) -> Option<String> {
        Some(value.0.to_string())
    }

    fn text_in(&self, text: &String) -> String {
        text.clone()
    }

    fn text_out(&self, text: &str) -> String {
        text.to_owned()
    }

    fn join(&self, mut left: String, right: &String) -> String {
        left.push_str(right);
        left
    }

    fn first_unit(&self, text: &String) -> Option<u16> {
        text.encode_utf16().find(|unit| {
            char::from_u32(u32::from(*unit))
                .is_none_or(|character| !character.is_whitespace() && character != '\u{feff}')
        })
    }
}

impl Storage for Document {
    fn read(&self, area: Area, key: &str) -> Option<String> {
        self.store(area)?.read(key)
    }

    fn write(&self, area: Area, key: &str, value: &str) -> Result<()> {
        match self.store(area) {
            Some(store) => store.write(key, value),
            None => Err(Error::new(Code::StorageBlocked, "nowhere")),
        }
    }

    fn remove(&self, area: Area, key: &str) {
        if let Some(store) = self.store(area) {
            store.remove(key);
        }
    }

    fn keys(&self, area: Area, prefix: &str) -> Vec<String> {
        self.store(area).map(|store| store.keys(prefix)).unwrap_or_default()
    }
}

impl Tabs for Document {
    type Guard = Held;
    type Channel = Joined;

    async fn lock(&self, name: &str, wait_ms: u32) -> Option<Held> {
        let browser = self.browser();
        if !browser.has_locks.get() {
            return None;
        }
        browser.locks.clone().acquire(browser.world.clone(), self.id, name.to_owned(), wait_ms).await
    }

    fn channel(&self, name: &str, on_message: Box<dyn Fn(String)>) -> Option<Joined> {
        let browser = self.browser();
        browser.has_channels.get().then(|| browser.bus.join(self.id, name, on_message))
    }
}

impl Clock for Document {
    fn now(&self) -> f64 {
        self.browser().world.now()
    }

    fn sleep(&self, ms: f64) -> impl Future<Output = ()> {
        self.browser().world.sleep(ms)
    }

    fn parse_date(&self, text: &str) -> Option<f64> {
        http_date::parse(text)
    }
}

impl Navigation for Document {
    type Popup = Window;

    fn open_popup(&self) -> Option<Window> {
        let browser = self.browser();
        if browser.blocks_popups.get() {
            return None;
        }
        let tab = self.tab.duplicate("about:blank");
        browser.popups.borrow_mut().push(tab.clone());
        Some(Window { tab, opener: self.address() })
    }

    fn address(&self) -> String {
        self.tab.address.borrow().split('#').next().unwrap_or_default().to_owned()
    }

    fn assign(&self, url: &str) {
        self.tab.departures.borrow_mut().push(url.to_owned());
    }

    fn replace(&self, url: &str) {
        self.tab.departures.borrow_mut().push(url.to_owned());
    }

    fn close(&self) {
        self.tab.closed.set(true);
    }

    fn parse_url(&self, text: &str, base: Option<&str>) -> Option<Url> {
        parse_url(text, base)
    }
}

/// How long a window shows its old page after it was sent elsewhere, ms.
const NAVIGATION: f64 = 100.0;

/// By the WHATWG's rules, as a browser does.
pub fn parse_url(text: &str, base: Option<&str>) -> Option<Url> {
    let url = match base {
        Some(base) => url::Url::parse(base).ok()?.join(text).ok()?,
        None => url::Url::parse(text).ok()?,
    };
    Some(Url {
        href: url.as_str().to_owned(),
        origin: url.origin().ascii_serialization(),
        scheme: format!("{}:", url.scheme()),
        host: url.host_str().unwrap_or_default().to_owned(),
        path: url.path().to_owned(),
        query: url.query().filter(|query| !query.is_empty()).map(|query| format!("?{query}")).unwrap_or_default(),
        fragment: url.fragment().filter(|text| !text.is_empty()).map(|text| format!("#{text}")).unwrap_or_default(),
        credentials: !url.username().is_empty() || url.password().is_some(),
    })
}

/// A window as its opener sees it.
pub struct Window {
    tab: Rc<Tab>,
    opener: String,
}

impl Popup for Window {
    fn go(&self, url: &str) {
        let (tab, url) = (self.tab.clone(), url.to_owned());
        self.tab.browser.world.later(NAVIGATION, move || {
            if !tab.closed.get() {
                tab.go(&url);
                tab.cut_off.set(tab.browser.cuts_off_openers.get());
            }
        });
    }

    fn sight(&self) -> Sight {
        if self.tab.closed.get() || self.tab.cut_off.get() {
            return Sight::Closed;
        }
        let address = self.tab.address.borrow();
        let origin = |text: &str| parse_url(text, None).map(|url| url.origin);
        if *address == "about:blank" || origin(&address) == origin(&self.opener) { Sight::Here } else { Sight::Away }
    }

    fn close(&self) {
        // Whoever is cut off from a window cannot close it either.
        if !self.tab.cut_off.get() {
            self.tab.closed.set(true);
            self.tab.unload();
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.close();
    }
}

impl Crypto for Document {
    fn random(&self, bytes: &mut [u8]) -> Result<()> {
        if !self.browser().has_randomness.get() {
            return Err(Error::new(Code::RandomnessUnavailable, "no randomness"));
        }
        self.browser().dice.fill(bytes);
        Ok(())
    }

    async fn verify(&self, key: &Tree, algorithm: Algorithm, signed: &[u8], signature: &[u8]) -> Option<bool> {
        keys::verify(&key.0, algorithm, signed, signature)
    }
}

impl Platform for Document {
    fn spawn(&self, task: Task) {
        self.browser().world.spawn(self.id, task);
    }

    fn emit(&self, event: Event) {
        self.events.borrow_mut().push(event);
    }
}
