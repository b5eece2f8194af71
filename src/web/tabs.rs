//! Web Locks and BroadcastChannel.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent};

use super::Browser;
use super::browser::acquire;
use crate::platform::{Channel, Tabs};

/// A lock that is held.
pub struct Held(Function);

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

/// A conversation that was joined.
pub struct Joined {
    channel: BroadcastChannel,
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Joined {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}

impl Channel for Joined {
    fn post(&self, message: &str) {
        // Text can always be cloned, and a closed channel has nobody to tell.
        let _ = self.channel.post_message(&message.into());
    }
}

impl Tabs for Browser {
    type Guard = Held;
    type Channel = Joined;

    async fn lock(&self, name: &str, wait_ms: u32) -> Option<Held> {
        JsFuture::from(acquire(name, wait_ms)).await.ok()?.dyn_into().ok().map(Held)
    }

    fn channel(&self, name: &str, on_message: Box<dyn Fn(String)>) -> Option<Joined> {
        let channel = BroadcastChannel::new(name).ok()?;
        let listener = Closure::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                on_message(text);
            }
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        Some(Joined { channel, _listener: listener })
    }
}
