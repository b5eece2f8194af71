//! Sign-in in a popup. The record stays in the opener's memory; the redirect page, in the popup, hands its query over
//! on a channel that only the two can name: a Cross-Origin-Opener-Policy may have cut everything else between them.

use std::cell::RefCell;
use std::rc::Rc;

use super::login::{begin_login, complete_login};
use super::shop::Shop;
use crate::error::{Code, Error, Result};
use crate::json::{Object, Value};
use crate::oauth::authorize::Wishes;
use crate::oauth::base64url;
use crate::oauth::callback::Callback;
use crate::oauth::pkce::sha256;
use crate::platform::{Channel, Platform, Popup, Sight};
use crate::session::pending::{LIFETIME, POPUP_MARK};
use crate::wait::{Bell, First, race};

/// How often a popup is looked at, ms.
const LOOK: f64 = 400.0;
/// How long a message may still be under way when its window is closed, ms.
const LAST_WORDS: f64 = 1_000.0;
/// How long the popup waits for its opener, ms.
const OPENER_WAIT: f64 = 3_000.0;

/// A blank window, to be opened in the click's own turn.
///
/// Errors: `popup_blocked`.
pub fn open<P: Platform>(platform: &P) -> Result<P::Popup> {
    platform.open_popup().ok_or_else(|| {
        Error::new(
            Code::PopupBlocked,
            "The browser blocked the popup: call `login` directly in a click, or use `mode: \"redirect\"`.",
        )
    })
}

/// Signs in through `window`, which is closed at the end whatever happens.
///
/// Errors: `popup_closed`, `popup_timeout`, of the discovery, the callback and the exchange.
pub async fn sign_in<P: Platform>(shop: Rc<Shop<P>>, window: P::Popup, wishes: Wishes) -> Result<()> {
    let outcome = converse(&shop, &window, &wishes).await;
    window.close();
    outcome
}

async fn converse<P: Platform>(shop: &Rc<Shop<P>>, window: &P::Popup, wishes: &Wishes) -> Result<()> {
    let platform = &*shop.platform;
    let login = shop.login_endpoints().await?;
    let (pending, url) = begin_login(platform, &shop.options.target, &login, wishes, POPUP_MARK)?;

    let news: Rc<(RefCell<Option<String>>, Bell)> = Rc::default();
    let inbox = news.clone();
    let on_message = Box::new(move |message: String| {
        *inbox.0.borrow_mut() = Some(message);
        inbox.1.ring();
    });
    let Some(channel) = platform.channel(&channel_name(&pending.state), on_message) else {
        return Err(Error::new(
            Code::StorageUnavailable,
            "This browser has no BroadcastChannel: use `mode: \"redirect\"`.",
        ));
    };

    // Blank until now, on this page's own origin: nothing else than the shopper can have closed it.
    if window.sight() == Sight::Closed {
        return Err(closed());
    }
    window.go(&url);
    let query = watch(platform, window, &news, pending.created_at).await?;
    channel.post(&Object::new().flag("taken", true).finish());
    let callback = Callback::parse(&query)?;
    let tokens = complete_login(platform, &pending, callback).await?;
    shop.session.begin(tokens.into_record(&pending, platform.now()))
}

/// Waits for the query of the way back.
async fn watch<P: Platform>(
    platform: &P,
    window: &P::Popup,
    news: &(RefCell<Option<String>>, Bell),
    since: f64,
) -> Result<String> {
    let mut was_away = false;
    loop {
        let rings = news.1.next();
        let message = news.0.borrow_mut().take();
        if let Some(query) = message.and_then(|message| read_query(platform, &message)) {
            return Ok(query);
        }
        if platform.now() - since > LIFETIME {
            return Err(Error::new(Code::PopupTimeout, "Nobody signed in within ten minutes: start again."));
        }
        match window.sight() {
            // Closed after it was seen on the login server: by the shopper. Never seen there: most likely cut off by a
            // Cross-Origin-Opener-Policy, so the message is still to come.
            Sight::Closed if was_away => {
                if let First::Right(()) = race(rings, platform.sleep(LAST_WORDS)).await {
                    return Err(closed());
                }
                continue;
            }
            Sight::Away => was_away = true,
            Sight::Closed | Sight::Here => {}
        }
        race(rings, platform.sleep(LOOK)).await;
    }
}

fn closed() -> Error {
    Error::new(Code::PopupClosed, "The sign-in window was closed before the customer was back.")
}

/// In the popup: hands the callback's query to the opener. `false` when nobody took it.
pub async fn hand_over<P: Platform>(shop: &Rc<Shop<P>>, state: &str, query: &str) -> bool {
    let taken: Rc<Bell> = Rc::default();
    let bell = taken.clone();
    let platform = &*shop.platform;
    let Some(channel) = platform.channel(&channel_name(state), Box::new(move |_| bell.ring())) else { return false };
    let answer = taken.next();
    channel.post(&Object::new().string("query", query).finish());
    matches!(race(answer, platform.sleep(OPENER_WAIT)).await, First::Left(()))
}

fn read_query<P: Platform>(platform: &P, message: &str) -> Option<String> {
    platform.parse(&platform.text_out(message))?.get("query")?.text()
}

/// Nobody who does not know the state can name the channel, and the name does not tell the state.
fn channel_name(state: &str) -> String {
    ["shopper-mcp:popup:", &base64url::encode(&sha256(state.as_bytes()))].concat()
}
