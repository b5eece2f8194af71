//! Time.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};

use wasm_bindgen::prelude::*;

use super::Browser;
use crate::platform::Clock;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, ms: f64) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// A timer, cleared when it is dropped.
struct Timer {
    handle: JsValue,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.handle);
    }
}

/// Browsers take longer delays for none at all.
const LONGEST_DELAY: f64 = 2_147_483_647.0;

impl Clock for Browser {
    fn now(&self) -> f64 {
        js_sys::Date::now()
    }

    fn sleep(&self, ms: f64) -> impl Future<Output = ()> {
        let state: Rc<RefCell<(bool, Option<Waker>)>> = Rc::default();
        let fired = state.clone();
        let callback = Closure::once(move || {
            let mut state = fired.borrow_mut();
            state.0 = true;
            if let Some(waker) = state.1.take() {
                waker.wake();
            }
        });
        let timer = Timer { handle: set_timeout(callback.as_ref(), ms.clamp(0.0, LONGEST_DELAY)), _callback: callback };
        poll_fn(move |context| {
            let _running = &timer;
            let mut state = state.borrow_mut();
            if state.0 {
                return Poll::Ready(());
            }
            state.1 = Some(context.waker().clone());
            Poll::Pending
        })
    }

    fn parse_date(&self, text: &str) -> Option<f64> {
        Some(js_sys::Date::parse(text)).filter(|at| at.is_finite())
    }
}
