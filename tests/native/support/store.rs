//! Web Storage that can be blocked, or full, or refuse some keys.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use shopper_mcp::error::{Code, Error, Result};

/// One storage area.
#[derive(Default)]
pub struct Store {
    records: RefCell<BTreeMap<String, String>>,
    blocked: Cell<bool>,
    /// Writes to keys with this ending find no room.
    no_room_for: RefCell<Option<String>>,
}

impl Store {
    pub fn block(&self) {
        self.blocked.set(true);
    }

    pub fn has_no_room_for(&self, ending: &str) {
        *self.no_room_for.borrow_mut() = Some(ending.to_owned());
    }

    pub fn read(&self, key: &str) -> Option<String> {
        if self.blocked.get() { None } else { self.records.borrow().get(key).cloned() }
    }

    pub fn write(&self, key: &str, value: &str) -> Result<()> {
        if self.blocked.get() {
            return Err(Error::new(Code::StorageBlocked, "blocked"));
        }
        if self.no_room_for.borrow().as_ref().is_some_and(|ending| key.ends_with(ending)) {
            return Err(Error::new(Code::StorageFull, "full"));
        }
        self.records.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    pub fn remove(&self, key: &str) {
        if !self.blocked.get() {
            self.records.borrow_mut().remove(key);
        }
    }

    pub fn clear(&self) {
        self.records.borrow_mut().clear();
    }

    pub fn keys(&self, prefix: &str) -> Vec<String> {
        if self.blocked.get() {
            return Vec::new();
        }
        self.records.borrow().keys().filter(|key| key.starts_with(prefix)).cloned().collect()
    }

    /// The key that ends so, and there is exactly one.
    #[track_caller]
    pub fn key(&self, part: &str) -> String {
        let keys = self.records.borrow();
        let mut found = keys.keys().filter(|key| key.contains(part));
        let key = found.next().unwrap_or_else(|| panic!("no key with {part}"));
        assert!(found.next().is_none(), "several keys with {part}");
        key.clone()
    }

    pub fn has(&self, part: &str) -> bool {
        self.records.borrow().keys().any(|key| key.contains(part))
    }

    /// Everything in it as one text.
    pub fn text(&self) -> String {
        self.records.borrow().iter().map(|(key, value)| format!("{key}\n{value}\n")).collect()
    }

    /// As a duplicated tab or a popup gets it.
    pub fn copy(&self) -> Self {
        Self { records: self.records.clone(), ..Self::default() }
    }
}
