//! BroadcastChannel between two instances of one page, which the browser treats like two tabs.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use shopper_mcp::platform::{Channel, Clock, Tabs};
use shopper_mcp::wait::{Bell, First, race};
use shopper_mcp::web::Browser;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::BroadcastChannel;

use crate::browser;

/// One member of a conversation, and what it heard.
struct Member {
    channel: <Browser as Tabs>::Channel,
    heard: Rc<RefCell<Vec<String>>>,
    bell: Rc<Bell>,
}

impl Member {
    fn join(name: &str) -> Self {
        let (heard, bell): (Rc<RefCell<Vec<String>>>, Rc<Bell>) = Default::default();
        let (ears, rings) = (heard.clone(), bell.clone());
        let listener = Box::new(move |message| {
            ears.borrow_mut().push(message);
            rings.ring();
        });
        let channel = browser().channel(name, listener).expect("a channel");
        Self { channel, heard, bell }
    }

    async fn hears(&self, count: usize) -> Vec<String> {
        while self.heard.borrow().len() < count {
            let news = self.bell.next();
            if let First::Right(()) = race(news, browser().sleep(5_000.0)).await {
                panic!("heard only {:?}", self.heard.borrow());
            }
        }
        self.heard.borrow().clone()
    }
}

/// Long enough for a message that should not come.
async fn a_while() {
    browser().sleep(60.0).await;
}

#[wasm_bindgen_test]
async fn a_message_reaches_every_other_member_in_order() {
    let (first, second, third) = (Member::join("test:talk"), Member::join("test:talk"), Member::join("test:talk"));
    first.channel.post("1 é😀");
    first.channel.post("2");
    assert_eq!(second.hears(2).await, ["1 é😀", "2"]);
    assert_eq!(third.hears(2).await, ["1 é😀", "2"]);
    second.channel.post("3");
    assert_eq!(first.hears(1).await, ["3"]);
}

#[wasm_bindgen_test]
async fn nobody_hears_themselves_or_another_conversation() {
    let (own, other) = (Member::join("test:own"), Member::join("test:other"));
    own.channel.post("hello");
    a_while().await;
    assert!(own.heard.borrow().is_empty() && other.heard.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn who_left_hears_nothing_more() {
    let (stays, leaves) = (Member::join("test:leave"), Member::join("test:leave"));
    let heard = leaves.heard.clone();
    stays.channel.post("before");
    leaves.hears(1).await;
    drop(leaves);
    stays.channel.post("after");
    a_while().await;
    assert_eq!(*heard.borrow(), ["before"]);
}

#[wasm_bindgen_test]
async fn only_text_is_a_message() {
    let member = Member::join("test:text");
    let stranger = BroadcastChannel::new("test:text").unwrap();
    stranger.post_message(&42.into()).unwrap();
    stranger.post_message(&Array::of1(&"no".into())).unwrap();
    stranger.post_message(&"yes".into()).unwrap();
    assert_eq!(member.hears(1).await, ["yes"]);
    stranger.close();
}
