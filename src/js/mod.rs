//! What JavaScript sees: thin exports over [`crate::client`], errors as real `Error`s.
//!
//! Every async export is a plain function that clones an `Rc` and returns a promise: nothing of an exported object is
//! borrowed while JavaScript runs, so it can call in again at any time.

mod core;
mod errors;
mod parts;
mod session;

use std::future::Future;
use std::pin::Pin;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::AbortSignal;

use crate::error::{Code, Error, Result};
use crate::json::Value;
use crate::wait::{First, race};
use crate::web::aborted;

/// Half the size of the standard library's, and faster.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

type Work = Pin<Box<dyn Future<Output = Result<JsValue>>>>;

/// A promise for the work; `signal` abandons it.
fn promise(signal: Option<AbortSignal>, work: impl Future<Output = Result<JsValue>> + 'static) -> Promise {
    boxed_promise(signal, Box::pin(work))
}

fn boxed_promise(signal: Option<AbortSignal>, work: Work) -> Promise {
    future_to_promise(async move {
        let outcome = match signal {
            None => work.await,
            Some(signal) => match race(work, aborted(&signal)).await {
                First::Left(outcome) => outcome,
                First::Right(()) => Err(Error::new(Code::Aborted, "The caller aborted.").cause(signal.reason())),
            },
        };
        outcome.map_err(|error| errors::to_js(&error))
    })
}

/// The `signal` member of some options.
fn signal_of(options: &JsValue) -> Option<AbortSignal> {
    options.get("signal")?.dyn_into().ok()
}
