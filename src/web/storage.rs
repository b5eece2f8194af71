//! Web Storage by gloo-storage, where the browser allows it.

use gloo_storage::{LocalStorage, SessionStorage, Storage as _};
use wasm_bindgen::prelude::*;

use super::{Browser, window};
use crate::error::{Code, Error, Result};
use crate::platform::{Area, Storage};

/// Where the tokens are kept.
pub enum TokenArea {
    /// This tab's sessionStorage.
    Tab,
    /// localStorage.
    Origin,
    /// Nowhere.
    Nowhere,
    /// The page's own object, with the methods of `Storage`.
    Own(JsValue),
}

/// The stores that could be opened.
pub struct Stores {
    tab: Option<web_sys::Storage>,
    origin: Option<web_sys::Storage>,
    tokens: Option<web_sys::Storage>,
}

impl Stores {
    /// Opens what the browser allows.
    pub fn open(tokens: TokenArea) -> Self {
        // gloo's `raw` throws where storage is blocked (a sandboxed frame, blocked cookies), so the window is asked first.
        let window = window();
        let allowed = |ask: fn(&web_sys::Window) -> core::result::Result<Option<web_sys::Storage>, JsValue>| {
            window.as_ref().is_some_and(|window| matches!(ask(window), Ok(Some(_))))
        };
        let tab = allowed(web_sys::Window::session_storage).then(SessionStorage::raw);
        let origin = allowed(web_sys::Window::local_storage).then(LocalStorage::raw);
        let tokens = match tokens {
            TokenArea::Tab => tab.clone(),
            TokenArea::Origin => origin.clone(),
            TokenArea::Nowhere => None,
            TokenArea::Own(store) => Some(store.unchecked_into()),
        };
        Self { tab, origin, tokens }
    }

    fn area(&self, area: Area) -> Option<&web_sys::Storage> {
        match area {
            Area::Tab => self.tab.as_ref(),
            Area::Origin => self.origin.as_ref(),
            Area::Tokens => self.tokens.as_ref(),
        }
    }
}

impl Storage for Browser {
    fn read(&self, area: Area, key: &str) -> Option<String> {
        self.stores.area(area)?.get_item(key).ok()?
    }

    fn write(&self, area: Area, key: &str, value: &str) -> Result<()> {
        let Some(store) = self.stores.area(area) else {
            return Err(Error::new(
                Code::StorageBlocked,
                "The browser blocks this page's storage, without which a sign-in cannot find its way back: allow it, or use a popup.",
            ));
        };
        store.set_item(key, value).map_err(|cause| {
            Error::new(
                Code::StorageFull,
                "The browser's storage for this origin is full or refuses to write: free some of it.",
            )
            .cause(cause)
        })
    }

    fn remove(&self, area: Area, key: &str) {
        if let Some(store) = self.stores.area(area) {
            // What cannot be removed cannot be read either.
            let _ = store.remove_item(key);
        }
    }

    fn keys(&self, area: Area, prefix: &str) -> Vec<String> {
        let Some(store) = self.stores.area(area) else { return Vec::new() };
        let count = store.length().unwrap_or(0);
        (0..count).filter_map(|index| store.key(index).ok()?).filter(|key| key.starts_with(prefix)).collect()
    }
}
