//! Signing in: by leaving the page, in a window, or when the page says so; and the calls that wait for it.

use std::rc::Rc;

use super::customer::Customer;
use super::login::begin_login;
use super::popup;
use crate::error::{Code, Error, Result};
use crate::json::{Fields, Value};
use crate::oauth::authorize::Wishes;
use crate::platform::{Event, Platform};
use crate::session::pending::{LIFETIME, REDIRECT_MARK, WaitingCall, prune};
use crate::wait::{First, race};

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

impl<P: Platform> Customer<P> {
    /// Waits until somebody is signed in, as the policy allows.
    pub(super) async fn sign_in_for(
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
    /// Errors: `popup_blocked`, `popup_closed`, `popup_timeout`; of the discovery, the callback and the exchange.
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
    pub(super) fn own_page(&self, return_to: &str) -> Result<String> {
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
}
