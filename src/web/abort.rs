//! The caller's AbortSignal.

use std::future::Future;
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::browser::on_abort;
use crate::wait::Bell;

struct Listening {
    stop: Function,
    _ring: Closure<dyn FnMut()>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.stop.call0(&JsValue::UNDEFINED);
    }
}

/// Waits until the signal aborts; stops listening when dropped.
pub fn aborted(signal: &AbortSignal) -> impl Future<Output = ()> + 'static {
    let bell: Rc<Bell> = Rc::default();
    let rung = bell.clone();
    let ring = Closure::once(move || rung.ring());
    let listening = Listening { stop: on_abort(signal, ring.as_ref()), _ring: ring };
    let signal = signal.clone();
    async move {
        let _until_dropped = listening;
        // Asked first: it may have aborted before anybody polled.
        while !signal.aborted() {
            bell.next().await;
        }
    }
}
