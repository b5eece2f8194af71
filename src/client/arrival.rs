//! A finished sign-in on its way from the redirect page to the page that asked for it.

use super::shop::Shop;
use crate::json::{Object, Value};
use crate::platform::{Area, Json, Platform, Storage};
use crate::session::pending::{LIFETIME, WaitingCall, write_list};

/// See the module.
pub struct Arrival<V> {
    /// The page that asked.
    pub return_to: String,
    /// Calls that waited.
    pub calls: Vec<WaitingCall<V>>,
}

impl<V: Value> Arrival<V> {
    /// Leaves it for the next page of this tab; `false` where that is not possible.
    pub fn leave<P: Platform<Value = V>>(&self, shop: &Shop<P>) -> bool {
        let calls: Vec<String> = self.calls.iter().filter_map(|call| call.write(&*shop.platform)).collect();
        let record = Object::new()
            .number("at", shop.platform.now())
            .string("returnTo", &self.return_to)
            .json("calls", &write_list(&calls))
            .finish();
        shop.platform.write(Area::Tab, &shop.keys.arrival(), &record).is_ok()
    }

    /// Takes one that is meant for this page: once, so that a reload does not send its calls again.
    pub fn take<P: Platform<Value = V>>(shop: &Shop<P>) -> Option<Self> {
        let key = shop.keys.arrival();
        let text = shop.platform.read(Area::Tab, &key)?;
        let arrival = read(&*shop.platform, &text, shop.platform.now());
        let elsewhere =
            arrival.as_ref().is_some_and(|arrival| without_fragment(&arrival.return_to) != shop.platform.address());
        if elsewhere {
            return None;
        }
        shop.platform.remove(Area::Tab, &key);
        arrival
    }
}

fn read<P: Json + Storage>(platform: &P, text: &str, now: f64) -> Option<Arrival<P::Value>> {
    let record = platform.parse(&platform.text_out(text))?;
    let age = now - record.get("at")?.number()?;
    (0.0..LIFETIME).contains(&age).then_some(())?;
    Some(Arrival {
        return_to: record.get("returnTo")?.text()?,
        calls: WaitingCall::read_list(record.get("calls").as_ref()),
    })
}

/// An address as [`crate::platform::Navigation::address`] gives it.
#[must_use]
pub fn without_fragment(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}
