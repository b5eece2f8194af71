//! One browser profile on one origin: tabs with their own storage, and what they share.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::bus::Bus;
use super::locks::Locks;
use super::random::Dice;
use super::shop::FakeShop;
use super::store::Store;
use super::world::{Owner, World};

/// See the module.
pub struct Browser {
    pub world: Rc<World>,
    pub shop: Rc<FakeShop>,
    pub local: Rc<Store>,
    pub locks: Rc<Locks>,
    pub bus: Rc<Bus>,
    pub dice: Dice,
    pub online: Cell<bool>,
    pub has_locks: Cell<bool>,
    pub has_channels: Cell<bool>,
    pub has_randomness: Cell<bool>,
    pub blocks_popups: Cell<bool>,
    /// The login server's Cross-Origin-Opener-Policy: a window that goes there looks closed from then on.
    pub cuts_off_openers: Cell<bool>,
    /// Windows that were opened, in order.
    pub popups: RefCell<Vec<Rc<Tab>>>,
}

impl Browser {
    pub fn new(world: Rc<World>, shop: Rc<FakeShop>, seed: u64) -> Rc<Self> {
        Rc::new(Self {
            shop,
            local: Rc::default(),
            locks: Rc::default(),
            bus: Bus::new(world.clone()),
            dice: Dice::new(seed),
            online: Cell::new(true),
            has_locks: Cell::new(true),
            has_channels: Cell::new(true),
            has_randomness: Cell::new(true),
            blocks_popups: Cell::new(false),
            cuts_off_openers: Cell::new(false),
            popups: RefCell::default(),
            world,
        })
    }

    /// A new tab at an address.
    pub fn tab(self: &Rc<Self>, address: &str) -> Rc<Tab> {
        Tab::new(self, Store::default(), address)
    }

    /// The newest popup.
    #[track_caller]
    pub fn popup(&self) -> Rc<Tab> {
        self.popups.borrow().last().expect("a popup").clone()
    }
}

/// One tab, whatever page it shows.
pub struct Tab {
    pub browser: Rc<Browser>,
    pub storage: Rc<Store>,
    pub address: RefCell<String>,
    /// Where pages sent it, in order.
    pub departures: RefCell<Vec<String>>,
    pub closed: Cell<bool>,
    /// A Cross-Origin-Opener-Policy came between it and its opener.
    pub cut_off: Cell<bool>,
    /// The document it shows.
    pub document: Cell<Option<Owner>>,
}

impl Tab {
    fn new(browser: &Rc<Browser>, storage: Store, address: &str) -> Rc<Self> {
        Rc::new(Self {
            browser: browser.clone(),
            storage: Rc::new(storage),
            address: RefCell::new(address.to_owned()),
            departures: RefCell::default(),
            closed: Cell::new(false),
            cut_off: Cell::new(false),
            document: Cell::new(None),
        })
    }

    /// "Duplicate tab", and what a popup gets: a copy of the session storage.
    pub fn duplicate(&self, address: &str) -> Rc<Self> {
        Self::new(&self.browser, self.storage.copy(), address)
    }

    /// Where its page is going; there is exactly one such place.
    #[track_caller]
    pub fn departure(&self) -> String {
        let mut departures = self.departures.take();
        assert_eq!(departures.len(), 1, "navigations: {departures:?}");
        departures.remove(0)
    }

    pub fn leaves(&self) -> bool {
        !self.departures.borrow().is_empty()
    }

    /// Unloads the page, or crashes it: its work, locks and channels are gone.
    pub fn unload(&self) {
        if let Some(document) = self.document.take() {
            self.browser.world.kill(document);
            self.browser.bus.forget(document);
            self.browser.locks.forget(document);
        }
    }

    /// Suspends the page.
    pub fn freeze(&self) {
        self.browser.world.freeze(self.document.get().expect("a page"));
    }

    /// Lets it run again.
    pub fn thaw(&self) {
        let document = self.document.get().expect("a page");
        self.browser.world.thaw(document);
        self.browser.bus.catch_up(document);
    }

    /// Puts another address in; the page that was there is unloaded.
    pub fn go(&self, address: &str) {
        self.unload();
        self.departures.borrow_mut().clear();
        *self.address.borrow_mut() = address.to_owned();
    }
}
