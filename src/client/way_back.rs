//! The way back from a sign-in that left the page: the callback, the page that asked, the calls that waited.

use std::rc::Rc;

use super::arrival::{Arrival, without_fragment};
use super::customer::{CallOptions, Customer};
use super::login::complete_login;
use super::popup;
use crate::call::customer_changed;
use crate::error::{Code, Error, Result};
use crate::oauth::callback::Callback;
use crate::platform::{Event, Platform};
use crate::session::pending::{POPUP_MARK, WaitingCall, take};

/// A call that waited across a navigation, and what came of it.
pub struct Resumed<V> {
    /// The call.
    pub call: WaitingCall<V>,
    /// Its answer.
    pub outcome: Result<V>,
}

/// What the way back brought.
pub struct Return<V> {
    /// The page that asked for the sign-in.
    pub return_to: String,
    /// Calls that waited for it.
    pub resumed: Vec<Resumed<V>>,
}

impl<P: Platform> Customer<P> {
    /// Finishes a sign-in that left the page. `query`: of a callback that the facade found to be ours.
    ///
    /// Errors: of the callback, the exchange and the ID token.
    pub async fn handle_redirect(
        self: &Rc<Self>,
        query: Option<String>,
        navigate: bool,
    ) -> Result<Option<Return<P::Value>>> {
        let arrival = match query {
            None => match Arrival::take(&self.shop) {
                Some(arrival) => arrival,
                None => return Ok(None),
            },
            Some(query) => match self.finish(&query).await? {
                None => return Ok(None),
                Some(arrival) if navigate => match self.travel_on(arrival).await {
                    Some(arrival) => arrival,
                    None => return Ok(None),
                },
                Some(arrival) => arrival,
            },
        };
        let mut resumed = Vec::new();
        for call in arrival.calls {
            match self.resume(&call).await {
                // Its arguments are another customer's, too.
                Err(error) if error.code() == Code::CustomerChanged => {
                    self.report_dropped(core::slice::from_ref(&call), "customer_changed");
                }
                outcome => resumed.push(Resumed { call, outcome }),
            }
        }
        Ok(Some(Return { return_to: arrival.return_to, resumed }))
    }

    /// From the callback to a session. `None`: this is a popup, and its opener took over.
    async fn finish(self: &Rc<Self>, query: &str) -> Result<Option<Arrival<P::Value>>> {
        let (shop, platform) = (&self.shop, &*self.shop.platform);
        let callback = Callback::parse(query)?;
        let Some(state) = callback.state.clone() else {
            return Err(Error::new(Code::StateMissing, "The callback carries no state: start again.").field("state"));
        };
        let login = match take(platform, &shop.keys, &state) {
            Err(_) if state.starts_with(POPUP_MARK) && popup::hand_over(shop, &state, query).await => {
                platform.close();
                return Ok(None);
            }
            other => other?,
        };
        if let Err(error) = login.pending.check_age(platform.now()) {
            self.report_dropped(&login.calls, "expired");
            return Err(error);
        }
        let finished = async {
            let tokens = complete_login(platform, &login.pending, callback).await?;
            shop.session.begin(tokens.into_record(&login.pending, platform.now()))
        };
        if let Err(error) = finished.await {
            self.report_dropped(&login.calls, "sign_in_failed");
            return Err(error);
        }
        // The record is our own, but storage is not: an address of another origin in it is not followed.
        let return_to = self.own_page(&login.return_to).unwrap_or_else(|_| platform.address());
        Ok(Some(Arrival { return_to, calls: login.calls }))
    }

    /// Goes to the page that asked; gives the arrival back where this is it already, or where it cannot be left.
    async fn travel_on(&self, arrival: Arrival<P::Value>) -> Option<Arrival<P::Value>> {
        let platform = &*self.shop.platform;
        if without_fragment(&arrival.return_to) == platform.address() {
            if arrival.return_to.contains('#') {
                platform.replace(&arrival.return_to);
            }
            return Some(arrival);
        }
        // Tokens that only this page holds would be lost on the way.
        if !self.shop.session.is_persistent() || !arrival.leave(&self.shop) {
            return Some(arrival);
        }
        platform.replace(&arrival.return_to);
        self.restored.next().await;
        None
    }

    /// Sends a call that waited, where it may be sent and the customer is the one it was made for.
    async fn resume(self: &Rc<Self>, call: &WaitingCall<P::Value>) -> Result<P::Value> {
        if call.sub.is_some() && call.sub != self.shop.session.sub() {
            return Err(customer_changed());
        }
        if !call.resume {
            return Err(Error::new(
                Code::CallNotResumed,
                "This call may change something, so it is not sent after a navigation by itself: ask the shopper, then call again (or pass `resume: true`).",
            )
            .retryable());
        }
        let options = CallOptions { timeout_ms: self.shop.options.target.timeout_ms, policy: None, resume: true };
        self.call_tool(&call.name, call.arguments.clone(), options, None, call.sub.clone()).await
    }

    fn report_dropped(&self, calls: &[WaitingCall<P::Value>], reason: &'static str) {
        if !calls.is_empty() {
            let names = calls.iter().map(|call| call.name.clone()).collect();
            self.shop.platform.emit(Event::CallsDropped(names, reason));
        }
    }
}
