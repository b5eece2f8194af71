//! The signed-in customer: call tools, list them, sign out. Signing in is in `sign_in`, coming back in `way_back`.

use std::cell::RefCell;
use std::rc::Rc;

use super::shop::Shop;
use super::sign_in::SignInPolicy;
use super::waiting::WaitingCalls;
use crate::call::{Attempt, Message, Server, as_customer, still_unauthorized, without_session};
use crate::error::{Code, Error, Result};
use crate::json::{Kind, Object, Value};
use crate::mcp::{jsonrpc, tool};
use crate::oauth::pkce::random_text;
use crate::oauth::query;
use crate::platform::Platform;
use crate::session::pending::{LOGOUT_MARK, WaitingCall};
use crate::wait::{Bell, SingleFlight, Wanted};

/// Pages of a tool list: far more than any server has, and an end to one that never stops.
const MOST_PAGES: usize = 100;

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

/// See the module.
pub struct Customer<P: Platform> {
    /// The shop.
    pub shop: Rc<Shop<P>>,
    tools: RefCell<Option<Vec<P::Value>>>,
    pub(super) waiting: Rc<WaitingCalls<P>>,
    pub(super) popups: Rc<SingleFlight<Result<()>>>,
    pub(super) popup_wanted: Rc<Wanted>,
    pub(super) departures: Rc<SingleFlight<Result<()>>>,
    /// Rings when the page is shown again from the browser's cache.
    pub(super) restored: Bell,
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
            if let Ok(random) = random_text(&*self.shop.platform) {
                query::push_pair(&mut url, "state", &[LOGOUT_MARK, &random].concat());
            }
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
