//! Calls that wait for a sign-in, and the login that takes them along when it leaves the page.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::shop::Shop;
use crate::error::{Code, Error, Result};
use crate::platform::{Event, Platform};
use crate::session::pending::{CALLS_LIMIT, Pending, WaitingCall, store};

/// A login that the page is leaving for.
struct Departure {
    pending: Pending,
    return_to: String,
}

struct Entry {
    number: u32,
    /// As it is stored.
    text: String,
}

/// See the module.
pub struct WaitingCalls<P: Platform> {
    shop: Rc<Shop<P>>,
    entries: RefCell<Vec<Entry>>,
    departure: RefCell<Option<Departure>>,
    numbers: Cell<u32>,
}

impl<P: Platform> WaitingCalls<P> {
    /// Nobody waits yet.
    pub fn new(shop: Rc<Shop<P>>) -> Rc<Self> {
        Rc::new(Self { shop, entries: RefCell::default(), departure: RefCell::new(None), numbers: Cell::new(0) })
    }

    /// Adds a call; it waits until the ticket is dropped.
    ///
    /// Errors: `too_large` when all waiting calls together are larger than 64 KiB.
    pub fn add(self: &Rc<Self>, call: &WaitingCall<P::Value>) -> Result<Ticket<P>> {
        let text = call.write(&*self.shop.platform).unwrap_or_default();
        let size = self.entries.borrow().iter().map(|entry| entry.text.len()).sum::<usize>() + text.len();
        if text.is_empty() || size > CALLS_LIMIT {
            self.shop.platform.emit(Event::CallsDropped(vec![call.name.clone()], "too_large"));
            return Err(Error::new(
                Code::TooLarge,
                "The calls that wait for this sign-in are larger than 64 KiB together: sign in first, then call.",
            )
            .field("arguments"));
        }
        self.numbers.set(self.numbers.get().wrapping_add(1));
        let number = self.numbers.get();
        self.entries.borrow_mut().push(Entry { number, text });
        let ticket = Ticket { calls: self.clone(), number };
        self.take_along()?;
        Ok(ticket)
    }

    /// Lets a login take the calls along: from now on they are sent by the page it returns to, not by this one.
    ///
    /// Errors: `storage_blocked`, `storage_full`.
    pub fn depart(&self, pending: Pending, return_to: String) -> Result<()> {
        *self.departure.borrow_mut() = Some(Departure { pending, return_to });
        let stored = self.take_along();
        if stored.is_err() {
            *self.departure.borrow_mut() = None;
        }
        stored
    }

    /// Whether a login has taken the calls along.
    pub fn departed(&self) -> bool {
        self.departure.borrow().is_some()
    }

    /// The page was not left after all, or it is back from the browser's cache: the login keeps, its calls do not.
    pub fn stay(&self) {
        let departure = self.departure.borrow_mut().take();
        if let Some(Departure { pending, return_to }) = departure {
            // Should this fail, the calls expire with the login.
            let _ = store(&*self.shop.platform, &self.shop.keys, &pending, &return_to, &[]);
        }
    }

    fn take_along(&self) -> Result<()> {
        match &*self.departure.borrow() {
            Some(Departure { pending, return_to }) => {
                let texts: Vec<String> = self.entries.borrow().iter().map(|entry| entry.text.clone()).collect();
                store(&*self.shop.platform, &self.shop.keys, pending, return_to, &texts)
            }
            None => Ok(()),
        }
    }
}

/// A call's place among those that wait.
pub struct Ticket<P: Platform> {
    calls: Rc<WaitingCalls<P>>,
    number: u32,
}

impl<P: Platform> Drop for Ticket<P> {
    fn drop(&mut self) {
        self.calls.entries.borrow_mut().retain(|entry| entry.number != self.number);
        // A call that its page gave up is not sent by the next one. Should this fail, it expires with the login.
        let _ = self.calls.take_along();
    }
}
