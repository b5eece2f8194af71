//! One session over all tabs of an origin: who holds it, which record is the newest, when it is over.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::Keys;
use super::pending::write_list;
use super::record::Record;
use crate::error::{Code, Error, Result};
use crate::json::{Object, Value, string};
use crate::oauth::pkce::random_text;
use crate::platform::{Area, Channel, Event, Platform};
use crate::wait::{Bell, SingleFlight, race};
use crate::words::says;

/// How long siblings have to answer, ms.
const SIBLINGS_WAIT: f64 = 150.0;
/// Tombstones that are kept.
const TOMBSTONES: usize = 16;

/// Which record: a session's id and its generation.
#[derive(Clone, Debug, PartialEq)]
pub struct Stamp {
    id: String,
    generation: f64,
}

/// What a call may use.
#[derive(Clone)]
pub struct Credential {
    /// The access token.
    pub token: String,
    /// The record it is from.
    pub stamp: Stamp,
    /// The customer, when known.
    pub sub: Option<String>,
}

/// The session of one shop and client, as this tab knows it.
pub struct Session<P: Platform> {
    pub(super) platform: Rc<P>,
    pub(super) keys: Keys,
    pub(super) client_id: String,
    current: RefCell<Option<Record>>,
    channel: RefCell<Option<P::Channel>>,
    persistent: Cell<bool>,
    /// Rings whenever the record changes.
    pub changed: Bell,
    pub(super) renewals: Rc<SingleFlight<Result<()>>>,
}

impl<P: Platform> Session<P> {
    /// A session that knows nothing yet. `shared`: whether sibling tabs are told and asked.
    pub fn new(platform: Rc<P>, keys: Keys, client_id: &str, shared: bool) -> Rc<Self> {
        let session = Rc::new(Self {
            platform,
            keys,
            client_id: client_id.to_owned(),
            current: RefCell::new(None),
            channel: RefCell::new(None),
            persistent: Cell::new(true),
            changed: Bell::default(),
            renewals: Rc::default(),
        });
        if shared {
            let listener = Rc::downgrade(&session);
            let on_message = Box::new(move |message: String| {
                if let Some(session) = listener.upgrade() {
                    session.hear(&message);
                }
            });
            *session.channel.borrow_mut() = session.platform.channel(&session.keys.tabs(), on_message);
        }
        session
    }

    /// The world it is in.
    pub fn platform(&self) -> &P {
        &self.platform
    }

    /// Picks up what this tab has stored or a sibling holds.
    pub async fn load(&self) {
        self.reload();
        if self.current.borrow().is_none() && self.platform.read(Area::Origin, &self.keys.live()).is_some() {
            self.ask_siblings().await;
        }
    }

    /// Takes what the store holds, when it is newer: another tab may have written it.
    pub fn reload(&self) {
        let stored = self.platform.read(Area::Tokens, &self.keys.session());
        match stored.and_then(|text| self.parse(&text)) {
            Some(record) if self.ending_of(&record.id).is_none() => self.offer(record),
            Some(_) => {
                // This tab was away when someone signed out.
                self.platform.remove(Area::Tokens, &self.keys.session());
                self.heed();
            }
            None => self.heed(),
        }
    }

    /// The newest record. Any copy holds tokens: none may reach the page.
    pub fn record(&self) -> Option<Record> {
        self.current.borrow().clone()
    }

    /// The newest record's stamp.
    pub fn stamp(&self) -> Option<Stamp> {
        self.current.borrow().as_ref().map(stamp_of)
    }

    /// The signed-in customer, when known.
    pub fn sub(&self) -> Option<String> {
        self.current.borrow().as_ref().and_then(|record| record.sub.clone())
    }

    /// Whether the tokens survive a reload.
    pub fn is_persistent(&self) -> bool {
        self.persistent.get()
    }

    /// A token to call with, renewed when it is about to end; `None` when nobody is signed in.
    ///
    /// Errors: of the renewal, when the token has ended and could not be renewed for now.
    pub async fn credential(self: &Rc<Self>) -> Result<Option<Credential>> {
        self.heed();
        let now = self.platform.now();
        let due = match &*self.current.borrow() {
            Some(record) if record.refresh_token.is_some() && record.renew_at.is_some_and(|at| at <= now) => {
                Some((stamp_of(record), record.expires_at.is_none_or(|at| at > now)))
            }
            _ => None,
        };
        if let Some((stamp, still_good)) = due {
            match self.renew(stamp).await {
                Err(error)
                    if !still_good && error.code() != Code::SessionEnded && error.code() != Code::SignInNeeded =>
                {
                    return Err(error);
                }
                _ => {}
            }
        }
        let current = self.current.borrow();
        Ok(current.as_ref().map(|record| Credential {
            token: record.access_token.clone(),
            stamp: stamp_of(record),
            sub: record.sub.clone(),
        }))
    }

    /// Starts a session: here, in the store, in the other tabs.
    ///
    /// Errors: `randomness_unavailable`.
    pub fn begin(&self, mut record: Record) -> Result<()> {
        record.id = random_text(&*self.platform)?;
        record.generation = 1.0;
        record.started_at = self.platform.now();
        // A marker for tabs that open later; without it they only find the session when they are asked to sign in.
        let _ = self.platform.write(Area::Origin, &self.keys.live(), &record.id);
        self.keep(record.clone());
        self.platform.emit(Event::SignedIn);
        self.tell_record(&record);
        Ok(())
    }

    /// Ends the session everywhere: `logout`, or `ended` when the server refuses to go on with it.
    pub fn end(&self, reason: &'static str) -> Option<Record> {
        let record = self.current.borrow_mut().take()?;
        self.platform.remove(Area::Tokens, &self.keys.session());
        self.platform.remove(Area::Origin, &self.keys.live());
        self.bury(&record.id, reason);
        self.tell(&Object::new().string("type", "ended").string("id", &record.id).string("reason", reason).finish());
        self.changed.ring();
        self.platform.emit(Event::SignedOut(reason));
        Some(record)
    }

    /// Lets go of a session that another tab ended. Cheap: asked before each call and when a page is shown again.
    pub fn heed(&self) {
        let ending = self.current.borrow().as_ref().and_then(|record| self.ending_of(&record.id));
        if let Some(reason) = ending {
            self.let_go(reason);
        }
    }

    /// Leaves the tabs' conversation.
    pub fn close(&self) {
        *self.channel.borrow_mut() = None;
    }

    /// Puts a newer generation in place: here, in the store, in the other tabs.
    ///
    /// Errors: `session_ended` when someone signed out meanwhile, `session_changed` when someone else signed in.
    pub(super) fn succeed(&self, record: Record) -> Result<()> {
        self.heed();
        match &*self.current.borrow() {
            Some(current) if record.id != current.id => {
                return Err(
                    Error::new(Code::SessionChanged, "Another customer signed in meanwhile: call again.").retryable()
                );
            }
            Some(_) => {}
            None => return Err(ended()),
        }
        self.keep(record.clone());
        self.platform.emit(Event::Refreshed);
        self.tell_record(&record);
        Ok(())
    }

    /// Stores a change that is no new generation.
    pub(super) fn amend(&self, change: impl FnOnce(&mut Record)) {
        let changed = self.current.borrow().clone().map(|mut record| {
            change(&mut record);
            record
        });
        if let Some(record) = changed {
            self.keep(record);
        }
    }

    /// Asks the siblings for a newer record, and waits until one comes or it is clear that none will.
    pub(super) async fn ask_siblings(&self) {
        if self.channel.borrow().is_none() {
            return;
        }
        let changed = self.changed.next();
        let question = Object::new().string("type", "ask");
        let question = match self.stamp() {
            Some(stamp) => question.string("id", &stamp.id).number("generation", stamp.generation),
            None => question,
        };
        self.tell(&question.finish());
        race(changed, self.platform.sleep(SIBLINGS_WAIT)).await;
    }

    /// A message of a sibling tab, as untrusted as anything else that is read.
    fn hear(&self, message: &str) {
        let Some(message) = self.platform.parse(&self.platform.text_out(message)) else { return };
        let text = |key: &str| message.get(key).and_then(|value| value.text());
        match text("type").as_deref() {
            Some("ask") => {
                self.answer(text("id").as_deref(), message.get("generation").and_then(|value| value.number()))
            }
            Some("session") => {
                if let Some(record) = message.get("record").and_then(|value| Record::read(&value)) {
                    self.offer(record);
                }
            }
            Some("ended") => {
                let ours = self.current.borrow().as_ref().map(|record| record.id.clone());
                if ours.is_some() && text("id") == ours {
                    let reason = if text("reason").as_deref() == Some("ended") { "ended" } else { "logout" };
                    self.let_go(reason);
                }
            }
            _ => {}
        }
    }

    fn answer(&self, id: Option<&str>, generation: Option<f64>) {
        self.heed();
        let newer = self.current.borrow().clone().filter(|record| {
            id != Some(record.id.as_str()) || generation.is_none_or(|generation| record.generation > generation)
        });
        if let Some(record) = newer {
            self.tell_record(&record);
        }
    }

    /// Adopts a record that is newer than ours. A lower generation never replaces a higher one.
    fn offer(&self, record: Record) {
        if self.ending_of(&record.id).is_some() {
            return;
        }
        let event = match &*self.current.borrow() {
            None => Event::SignedIn,
            Some(current) if !record.supersedes(current) => return,
            Some(current) if current.id == record.id => Event::Refreshed,
            Some(_) => Event::SignedIn,
        };
        self.keep(record);
        self.platform.emit(event);
    }

    fn keep(&self, record: Record) {
        let stored = self.platform.write(Area::Tokens, &self.keys.session(), &record.write());
        self.persistent.set(stored.is_ok());
        if stored.is_err() {
            // What is left there is used up: a reload that sent it again would end the session everywhere.
            self.platform.remove(Area::Tokens, &self.keys.session());
        }
        *self.current.borrow_mut() = Some(record);
        self.changed.ring();
    }

    fn let_go(&self, reason: &'static str) {
        if self.current.borrow_mut().take().is_some() {
            self.platform.remove(Area::Tokens, &self.keys.session());
            self.changed.ring();
            self.platform.emit(Event::SignedOut(reason));
        }
    }

    fn tell_record(&self, record: &Record) {
        self.tell(&Object::new().string("type", "session").json("record", &record.write()).finish());
    }

    fn tell(&self, message: &str) {
        if let Some(channel) = &*self.channel.borrow() {
            channel.post(message);
        }
    }

    fn bury(&self, id: &str, reason: &str) {
        let mut stones = self.tombstones();
        stones.push(tombstone(id, reason));
        let surplus = stones.len().saturating_sub(TOMBSTONES);
        let texts: Vec<String> = stones.iter().skip(surplus).map(|stone| quoted(stone)).collect();
        // Where this storage is refused, the other tabs still get the message.
        let _ = self.platform.write(Area::Origin, &self.keys.ended(), &write_list(&texts));
    }

    /// Why a session is over, when it is.
    fn ending_of(&self, id: &str) -> Option<&'static str> {
        let stones = self.platform.read(Area::Origin, &self.keys.ended())?;
        ["logout", "ended"].into_iter().find(|reason| says(&stones, &quoted(&tombstone(id, reason))))
    }

    fn tombstones(&self) -> Vec<String> {
        let mut ids = Vec::new();
        let list = self
            .platform
            .read(Area::Origin, &self.keys.ended())
            .and_then(|text| self.platform.parse(&self.platform.text_out(&text)));
        while let Some(id) = list.as_ref().and_then(|list| list.at(ids.len() as u32)).and_then(|id| id.text()) {
            ids.push(id);
        }
        ids
    }

    fn parse(&self, text: &str) -> Option<Record> {
        Record::read(&self.platform.parse(&self.platform.text_out(text))?)
    }
}

fn tombstone(id: &str, reason: &str) -> String {
    [reason, " ", id].concat()
}

fn quoted(id: &str) -> String {
    let mut text = String::new();
    string(&mut text, id);
    text
}

fn stamp_of(record: &Record) -> Stamp {
    Stamp { id: record.id.clone(), generation: record.generation }
}

/// The session is over and nothing can renew it.
#[must_use]
pub fn ended() -> Error {
    Error::new(Code::SessionEnded, "The session is over: sign in again.")
}
