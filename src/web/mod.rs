//! The only room that touches the browser: it implements [`crate::platform`].

mod abort;
mod browser;
mod clock;
mod crypto;
mod fetch;
mod navigation;
mod storage;
mod tabs;
mod value;

use std::cell::RefCell;

use wasm_bindgen_futures::spawn_local;

use crate::platform::{Event, Platform};
use crate::wait::Task;
pub use abort::aborted;
pub use storage::{Stores, TokenArea};

/// A browser window.
pub struct Browser {
    stores: Stores,
    wire: RefCell<Option<js_sys::Function>>,
    exchanges: std::cell::Cell<u32>,
    on_event: Box<dyn Fn(Event)>,
}

impl Browser {
    /// The window that this runs in. `on_event` tells the page.
    pub fn new(tokens: TokenArea, on_event: Box<dyn Fn(Event)>) -> Self {
        Self { stores: Stores::open(tokens), wire: RefCell::new(None), exchanges: std::cell::Cell::new(0), on_event }
    }

    /// Where raw traffic is reported to, before any masking; `None` reports nothing.
    pub fn set_wire(&self, hook: Option<js_sys::Function>) {
        *self.wire.borrow_mut() = hook;
    }
}

impl Platform for Browser {
    fn spawn(&self, task: Task) {
        spawn_local(task);
    }

    fn emit(&self, event: Event) {
        (self.on_event)(event);
    }
}

/// The window; `None` in a worker.
fn window() -> Option<web_sys::Window> {
    web_sys::window()
}
