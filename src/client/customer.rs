//! The signed-in customer: sign in, come back, call tools, sign out.

use std::cell::RefCell;
use std::rc::Rc;

use super::arrival::{Arrival, without_fragment};
use super::login::{begin_login, complete_login};
use super::popup;
use super::shop::Shop;
use super::waiting::WaitingCalls;
use crate::call::{Attempt, Message, Server, as_customer, customer_changed, still_unauthorized, without_session};
use crate::error::{Code, Error, Result};
use crate::json::{Fields, Kind, Object, Value};
use crate::mcp::{jsonrpc, tool};
use crate::oauth::authorize::Wishes;
use crate::oauth::callback::Callback;
use crate::oauth::query;
use crate::platform::{Event, Platform};
use crate::session::pending::{LIFETIME, POPUP_MARK, REDIRECT_MARK, WaitingCall, prune, take};
use crate::wait::{Bell, First, SingleFlight, Wanted, race};

/// Pages of a tool list: far more than any server has, and an end to one that never stops.
const MOST_PAGES: usize = 100;

/// What a call may do when it needs a customer and nobody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInPolicy {
    /// Leave the page.
    Redirect,
    /// Open a window.
    Popup,
    /// Tell the page and wait.
    Event,
}

impl SignInPolicy {
    /// Reads `onSignInNeeded`.
    ///
    /// Errors: `option_invalid`.
    pub fn read<V: Value>(options: &V) -> Result<Option<Self>> {
        let fields = Fields::of(options, Code::OptionInvalid, "The options");
        let policy = match fields.optional_string("onSignInNeeded").as_deref() {
            None => None,
            Some("redirect") => Some(Self::Redirect),
            Some("popup") => Some(Self::Popup),
            Some("event") => Some(Self::Event),
            Some(_) => {
                fields.refuse("onSignInNeeded", "is not `redirect`, `popup` or `event`.");
                None
            }
        };
        fields.end(policy)
    }
}

/// One call's own terms.
#[derive(Clone)]
pub struct CallOptions {
    /// Time limit of one request, ms.
    pub timeout_ms: f64,
    /// What it may do when nobody is signed in; `None`: it has had its sign-in.
    pub policy: Option<SignInPolicy>,
    /// Whether it may be sent after a navigation though it may write.
    pub resume: bool,
}

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

/// See the module.
pub struct Customer<P: Platform> {
    /// The shop.
    pub shop: Rc<Shop<P>>,
    tools: RefCell<Option<Vec<P::Value>>>,
    waiting: Rc<WaitingCalls<P>>,
    popups: Rc<SingleFlight<Result<()>>>,
    popup_wanted: Rc<Wanted>,
    departures: Rc<SingleFlight<Result<()>>>,
    /// Rings when the page is shown again from the browser's cache.
    restored: Bell,
}

impl<P: Platform> Customer<P> {
    /// The customer of a shop.
    pub fn new(shop: Rc<Shop<P>>) -> Rc<Self> {
        let waiting = WaitingCalls::new(shop.clone());
        Rc::new(Self {
            shop,
            tools: RefCell::new(None),
            waiting,
            popups: Rc::default(),
            popup_wanted: Rc::default(),
            departures: Rc::default(),
            restored: Bell::default(),
        })
    }

    /// A tool's answer.
    ///
    /// `window`: opened in the click's turn, for the policy `popup`.
    ///
    /// Errors: of the tool, the sign-in, the network; see the codes.
    pub async fn call_tool(
        self: &Rc<Self>,
        name: &str,
        arguments: P::Value,
        options: CallOptions,
        mut window: Option<P::Popup>,
        sub: Option<String>,
    ) -> Result<P::Value> {
        let platform = &*self.shop.platform;
        let params = jsonrpc::call_params(platform, name, &arguments)?;
        let server = self.shop.customer_server().await?;
        let sub = sub.or_else(|| self.shop.session.sub());
        let message = self.message("tools/call", &params, options.timeout_ms);
        let mut policy = options.policy;
        loop {
            match as_customer(platform, &self.shop.session, &server, &message, sub.as_deref()).await? {
                Attempt::Answered(result) => return self.tool_result(&server, name, result),
                Attempt::SignInNeeded => {}
            }
            let Some(policy) = policy.take() else { return Err(still_unauthorized()) };
            let resume = options.resume || self.only_reads(name);
            let call = WaitingCall { name: name.to_owned(), arguments: arguments.clone(), resume, sub: sub.clone() };
            self.sign_in_for(&call, policy, window.take()).await?;
        }
    }

    fn tool_result(&self, server: &Server, name: &str, result: P::Value) -> Result<P::Value> {
        self.shop.note_types(server);
        if !result.is_object() {
            return Err(Error::new(Code::AnswerInvalid, "The tool's answer is not an object.").field("result"));
        }
        match tool::failure(&result, self.only_reads(name)) {
            Some(error) => Err(error),
            None => Ok(result),
        }
    }

    /// Waits until somebody is signed in, as the policy allows.
    async fn sign_in_for(
        self: &Rc<Self>,
        call: &WaitingCall<P::Value>,
        policy: SignInPolicy,
        window: Option<P::Popup>,
    ) -> Result<()> {
        match policy {
            SignInPolicy::Popup => self.sign_in_by_popup(window, Wishes::default()).await,
            SignInPolicy::Redirect => {
                let _ticket = self.waiting.add(call)?;
                if !self.waiting.departed() {
                    self.sign_in_by_redirect(Wishes::default(), self.shop.platform.address()).await?;
                }
                self.never_left().await
            }
            SignInPolicy::Event => {
                let _ticket = self.waiting.add(call)?;
                self.shop.platform.emit(Event::SignInNeeded(call.name.clone()));
                self.signed_in_by_page().await
            }
        }
    }

    async fn signed_in_by_page(&self) -> Result<()> {
        let (session, platform) = (&self.shop.session, &self.shop.platform);
        let until = platform.now() + LIFETIME;
        loop {
            let changed = session.changed.next();
            if self.waiting.departed() {
                return self.never_left().await;
            }
            if session.stamp().is_some() {
                return Ok(());
            }
            let left = until - platform.now();
            if left <= 0.0 {
                return Err(Error::new(
                    Code::SignInNeeded,
                    "Nobody signed in within ten minutes: call `login`, then call again.",
                ));
            }
            race(changed, platform.sleep(left.min(1_000.0))).await;
        }
    }

    /// The page is being left: nothing more happens here, unless the browser brings the page back from its cache.
    async fn never_left(&self) -> Result<()> {
        self.restored.next().await;
        Err(Error::new(Code::SignInAbandoned, "The shopper came back without signing in: call again.").retryable())
    }

    /// Signs in through a window; calls share one, which closes when all of them have given up.
    ///
    /// Errors: `popup_blocked`, and as [`popup::sign_in`].
    pub async fn sign_in_by_popup(self: &Rc<Self>, window: Option<P::Popup>, wishes: Wishes) -> Result<()> {
        let shop = self.shop.clone();
        let wanted = self.popup_wanted.clone();
        let _wish = wanted.one_more();
        let flight = Box::pin(async move {
            let window = match window {
                Some(window) => window,
                None => popup::open(&*shop.platform)?,
            };
            match race(popup::sign_in(shop, window, wishes), wanted.by_nobody()).await {
                First::Left(outcome) => outcome,
                // Heard by nobody.
                First::Right(()) => Err(Error::new(Code::Aborted, "The caller aborted.")),
            }
        });
        self.popups.join(&|task| self.shop.platform.spawn(task), flight).await
    }

    /// Leaves the page for the login server, taking the waiting calls along; calls share one departure.
    ///
    /// Errors: of the discovery, `storage_blocked`, `storage_full`, `return_to_invalid`: then the page is not left.
    pub async fn sign_in_by_redirect(self: &Rc<Self>, wishes: Wishes, return_to: String) -> Result<()> {
        let return_to = self.own_page(&return_to)?;
        let customer = self.clone();
        let flight = Box::pin(async move { customer.depart(&wishes, return_to).await });
        self.departures.join(&|task| self.shop.platform.spawn(task), flight).await
    }

    async fn depart(&self, wishes: &Wishes, return_to: String) -> Result<()> {
        let shop = &self.shop;
        let login = shop.login_endpoints().await?;
        let (pending, url) = begin_login(&*shop.platform, &shop.options.target, &login, wishes, REDIRECT_MARK)?;
        prune(&*shop.platform, &shop.keys, shop.platform.now());
        // A login that was started before and not finished keeps, but takes no calls along any more.
        self.waiting.stay();
        self.waiting.depart(pending, return_to)?;
        // Calls that wait for the page's own login learn here that it takes them along.
        shop.session.changed.ring();
        shop.platform.assign(&url);
        Ok(())
    }

    /// A page of this origin, absolute.
    fn own_page(&self, return_to: &str) -> Result<String> {
        let address = self.shop.platform.address();
        let parse = |text: &str| self.shop.platform.parse_url(text, Some(&address));
        match (parse(return_to), parse(&address)) {
            (Some(url), Some(page))
                if url.origin == page.origin && url.scheme.starts_with("http") && !url.credentials =>
            {
                Ok(url.href)
            }
            _ => Err(Error::new(Code::ReturnToInvalid, "`returnTo` is not a page of this origin.").field("returnTo")),
        }
    }

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

    /// Signs out: here and in the other tabs at once, then at the shop where an ID token allows it.
    ///
    /// Errors: `return_to_invalid`; the session is over all the same.
    pub fn logout(&self, return_to: Option<&str>) -> Result<()> {
        let ended = self.shop.session.end("logout");
        *self.tools.borrow_mut() = None;
        let back = match return_to {
            Some(return_to) => self.own_page(return_to)?,
            None => self.shop.options.target.redirect_uri.clone(),
        };
        if let Some((Some(id_token), Some(endpoint))) =
            ended.map(|record| (record.id_token, record.end_session_endpoint))
        {
            let mut url = endpoint;
            if !url.contains('?') {
                url.push('?');
            }
            query::push_pair(&mut url, "id_token_hint", &id_token);
            query::push_pair(&mut url, "post_logout_redirect_uri", &back);
            self.shop.platform.assign(&url);
        }
        Ok(())
    }

    /// The server's tools, all pages.
    ///
    /// Errors: `answer_invalid`, of the network.
    pub async fn list_tools(self: &Rc<Self>, fresh: bool) -> Result<Vec<P::Value>> {
        let known = self.tools.borrow().clone().filter(|_| !fresh);
        if let Some(tools) = known {
            return Ok(tools);
        }
        let server = self.shop.customer_server().await?;
        let mut tools = Vec::new();
        let mut cursors: Vec<String> = Vec::new();
        loop {
            let page = self.tools_page(&server, cursors.last().map(String::as_str)).await?;
            let Some(list) = page.get("tools").filter(|list| list.kind() == Kind::Array) else {
                return Err(Error::new(Code::AnswerInvalid, "The tool list is not a list.").field("tools"));
            };
            let mut index = 0;
            while let Some(tool) = list.at(index) {
                index += 1;
                tools.push(tool);
            }
            let next = page.get("nextCursor").and_then(|next| next.text()).filter(|next| !next.is_empty());
            let Some(next) = next else { break };
            if cursors.contains(&next) || cursors.len() == MOST_PAGES {
                let sentence = "The tool list's next page makes no progress.";
                return Err(Error::new(Code::AnswerInvalid, sentence).field("nextCursor"));
            }
            cursors.push(next);
        }
        self.shop.note_types(&server);
        *self.tools.borrow_mut() = Some(tools.clone());
        Ok(tools)
    }

    async fn tools_page(self: &Rc<Self>, server: &Server, cursor: Option<&str>) -> Result<P::Value> {
        let platform = &*self.shop.platform;
        let params = platform.text_out(&Object::new().optional("cursor", cursor).finish());
        let message = self.message("tools/list", &params, self.shop.options.target.timeout_ms);
        match without_session(platform, server, &message, None).await {
            // The list is public where it was seen; a server that wants a customer for it gets one if there is one.
            Err(error) if error.code() == Code::SignInNeeded => {
                match as_customer(platform, &self.shop.session, server, &message, None).await? {
                    Attempt::Answered(page) => Ok(page),
                    Attempt::SignInNeeded => Err(error),
                }
            }
            other => other,
        }
    }

    /// The page is shown again. `from_cache`: it had been left.
    pub fn page_shown(&self, from_cache: bool) {
        self.shop.session.reload();
        if from_cache {
            self.waiting.stay();
            self.restored.ring();
        }
    }

    fn only_reads(&self, name: &str) -> bool {
        let tools = self.tools.borrow();
        let named = |tool: &&P::Value| tool.get("name").and_then(|other| other.text()).as_deref() == Some(name);
        tool::only_reads(name, tools.as_ref().and_then(|tools| tools.iter().find(named)))
    }

    fn message<'a>(&self, method: &'a str, params: &'a P::Text, timeout_ms: f64) -> Message<'a, P::Text> {
        Message { method, params, timeout_ms, patience_ms: self.shop.options.rate_limit_wait_ms }
    }
}
