//! HTTP by gloo-net: no cookies, no referrer, no cache, no redirect, aborted when nobody wants the answer any more.

use gloo_net::http::{Method, RequestBuilder};
use js_sys::{Array, Function, JsString};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect};

use super::browser::Pieces;
use super::{Browser, window};
use crate::error::{Code, Error, Result};
use crate::platform::{Body, Clock, Fetch, Request, Response};

/// Aborts the request when it is dropped; after the end that does nothing.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// See [`Fetch::Response`].
pub struct Answer {
    response: gloo_net::http::Response,
    pieces: Pieces,
    trace: Option<Trace>,
    _abort: AbortOnDrop,
}

impl Fetch for Browser {
    type Text = JsString;
    type Response = Answer;

    async fn send(&self, request: Request<JsString>) -> Result<Answer> {
        let controller = AbortController::new().map_err(|cause| failed(&request.url, cause))?;
        let signal = controller.signal();
        let abort = AbortOnDrop(controller);
        let mut trace = Trace::begin(self, &request);
        let built = build(&request, &signal).map_err(|_| failed(&request.url, JsValue::UNDEFINED))?;
        match built.send().await {
            Ok(response) => {
                if let Some(trace) = &mut trace {
                    trace.answered(&response);
                }
                let pieces = Pieces::new(response.body());
                Ok(Answer { response, pieces, trace, _abort: abort })
            }
            Err(error) => {
                let cause = match error {
                    gloo_net::Error::JsError(error) => JsError::new(&error.message).into(),
                    _ => JsValue::UNDEFINED,
                };
                Err(failed(&request.url, cause))
            }
        }
    }
}

fn build(
    request: &Request<JsString>,
    signal: &web_sys::AbortSignal,
) -> core::result::Result<gloo_net::http::Request, gloo_net::Error> {
    let mut builder = RequestBuilder::new(&request.url)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Manual)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .cache(RequestCache::NoStore)
        .abort_signal(Some(signal));
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    match &request.body {
        None => builder.build(),
        Some(body) => {
            let (content_type, body) = match body {
                Body::Form(form) => ("application/x-www-form-urlencoded", JsValue::from_str(form)),
                Body::Json(text) => ("application/json", text.into()),
            };
            builder.method(Method::POST).header("content-type", content_type).body(body)
        }
    }
}

impl Response for Answer {
    type Text = JsString;

    fn status(&self) -> u16 {
        self.response.status()
    }

    fn header(&self, name: &str) -> Option<String> {
        self.response.headers().get(name)
    }

    async fn piece(&mut self) -> Result<Option<(JsString, u32)>> {
        let next = JsFuture::from(self.pieces.next()).await;
        let piece = match next {
            Ok(piece) => piece.dyn_into::<Array>().ok(),
            Err(cause) => {
                let error = failed(&self.response.url(), cause)
                    .message("The connection broke off in the middle of the answer.");
                return Err(error);
            }
        };
        let Some(piece) = piece else { return Ok(None) };
        let text: JsString = piece.get(0).unchecked_into();
        if let Some(trace) = &mut self.trace {
            trace.body = trace.body.concat(&text);
        }
        Ok(Some((text, piece.get(1).as_f64().unwrap_or(0.0) as u32)))
    }
}

/// No answer: the network, or CORS, which a page cannot tell apart.
fn failed(url: &str, cause: JsValue) -> Error {
    let window = window();
    if window.as_ref().is_some_and(|window| !window.navigator().on_line()) {
        return Error::new(Code::Offline, "This device is offline.").retryable().cause(cause);
    }
    let origin = window.and_then(|window| window.location().origin().ok()).unwrap_or_default();
    let sentence = if url.starts_with(&origin) {
        "The server could not be reached."
    } else {
        "The server could not be reached: the network, or its CORS rules do not allow this page (then list this origin at the shop, or send through a same-origin proxy)."
    };
    Error::new(Code::Network, sentence).retryable().cause(cause)
}

/// One exchange on its way to the page's `wire` hook, which is told its end when this is dropped: read to its end, broken
/// off or given up. Nothing is masked yet.
struct Trace {
    hook: Function,
    exchange: u32,
    method: &'static str,
    url: String,
    began: f64,
    status: Option<u16>,
    headers: Array,
    body: JsString,
}

impl Trace {
    fn begin(browser: &Browser, request: &Request<JsString>) -> Option<Self> {
        let hook = browser.wire.borrow().clone()?;
        browser.exchanges.set(browser.exchanges.get().wrapping_add(1));
        let (method, body) = match &request.body {
            None => ("GET", JsString::from("")),
            Some(Body::Form(form)) => ("POST", JsString::from(form.as_str())),
            Some(Body::Json(text)) => ("POST", text.clone()),
        };
        let trace = Self {
            hook,
            exchange: browser.exchanges.get(),
            method,
            url: request.url.clone(),
            began: browser.now(),
            status: None,
            headers: Array::new(),
            body: JsString::from(""),
        };
        let headers = Array::new();
        for (name, value) in &request.headers {
            headers.push(&pair(name, value));
        }
        trace.report("request", &headers, &body, JsValue::UNDEFINED);
        Some(trace)
    }

    fn answered(&mut self, response: &gloo_net::http::Response) {
        self.status = Some(response.status());
        for (name, value) in response.headers().entries() {
            self.headers.push(&pair(&name, &value));
        }
    }

    fn report(&self, phase: &str, headers: &Array, body: &JsString, duration: JsValue) {
        let told = Array::new();
        for fact in [
            self.exchange.into(),
            phase.into(),
            self.method.into(),
            self.url.as_str().into(),
            headers.into(),
            self.status.into(),
            body.into(),
            duration,
        ] {
            told.push(&fact);
        }
        // A hook that throws is the page's own business.
        let _ = self.hook.call1(&JsValue::UNDEFINED, &told);
    }
}

impl Drop for Trace {
    fn drop(&mut self) {
        let phase = if self.status.is_some() { "response" } else { "failure" };
        let duration = js_sys::Date::now() - self.began;
        self.report(phase, &self.headers, &self.body, duration.into());
    }
}

fn pair(name: &str, value: &str) -> Array {
    Array::of2(&name.into(), &value.into())
}
