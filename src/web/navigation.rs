//! The page's address, and windows that a click opens.

use web_sys::Window;

use super::{Browser, window};
use crate::platform::{Navigation, Popup, Sight, Url};

/// See [`Popup`].
pub struct PopupWindow(Window);

impl Drop for PopupWindow {
    fn drop(&mut self) {
        self.close();
    }
}

impl Popup for PopupWindow {
    fn go(&self, url: &str) {
        // It may be closed by now; `sight` tells.
        let _ = self.0.location().replace(url);
    }

    fn sight(&self) -> Sight {
        if self.0.closed().unwrap_or(true) {
            return Sight::Closed;
        }
        // Another origin's address throws.
        match self.0.location().href() {
            Ok(_) => Sight::Here,
            Err(_) => Sight::Away,
        }
    }

    fn close(&self) {
        let _ = self.0.close();
    }
}

impl Navigation for Browser {
    type Popup = PopupWindow;

    fn open_popup(&self) -> Option<PopupWindow> {
        let opened =
            window()?.open_with_url_and_target_and_features("about:blank", "_blank", "popup,width=480,height=720");
        opened.ok().flatten().map(PopupWindow)
    }

    fn address(&self) -> String {
        let href = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
        href.split('#').next().unwrap_or_default().to_owned()
    }

    fn assign(&self, url: &str) {
        if let Some(window) = window() {
            let _ = window.location().assign(url);
        }
    }

    fn replace(&self, url: &str) {
        if let Some(window) = window() {
            let _ = window.location().replace(url);
        }
    }

    fn close(&self) {
        if let Some(window) = window() {
            let _ = window.close();
        }
    }

    fn parse_url(&self, text: &str, base: Option<&str>) -> Option<Url> {
        let url = match base {
            Some(base) => web_sys::Url::new_with_base(text, base),
            None => web_sys::Url::new(text),
        };
        let url = url.ok()?;
        Some(Url {
            href: url.href(),
            origin: url.origin(),
            scheme: url.protocol(),
            host: url.hostname(),
            path: url.pathname(),
            query: url.search(),
            fragment: url.hash(),
            credentials: !(url.username().is_empty() && url.password().is_empty()),
        })
    }
}
