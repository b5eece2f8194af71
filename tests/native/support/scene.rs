//! The beginning of most flows: a shop, a browser, a page.

use std::rc::Rc;

use serde_json::{Value as Serde, json};
use shopper_mcp::client::Return;
use shopper_mcp::error::Result;

use super::browser::{Browser, Tab};
use super::page::{Outcome, Page, options};
use super::shop::{ACCOUNT_PAGE, FakeShop};
use super::tree::Tree;
use super::world::World;

/// See the module.
pub struct Scene {
    pub world: Rc<World>,
    pub shop: Rc<FakeShop>,
    pub browser: Rc<Browser>,
    pub options: Serde,
}

impl Scene {
    pub fn new() -> Self {
        Self::with(options())
    }

    /// With other options for `connect`.
    pub fn with(options: Serde) -> Self {
        let world = World::new();
        let shop = FakeShop::new(world.clone());
        let browser = Browser::new(world.clone(), shop.clone(), 1);
        Self { world, shop, browser, options }
    }

    /// A new tab with the account page, which is the redirect page too.
    #[track_caller]
    pub fn page(&self) -> Page {
        self.page_at(ACCOUNT_PAGE)
    }

    #[track_caller]
    pub fn page_at(&self, address: &str) -> Page {
        Page::open(&self.browser.tab(address), &self.options)
    }

    /// Loads the tab's page again.
    #[track_caller]
    pub fn reload(&self, tab: &Rc<Tab>) -> Page {
        Page::open(tab, &self.options)
    }

    /// The shopper follows the page to the login, signs in, and is sent back.
    #[track_caller]
    pub fn shopper_signs_in(&self, tab: &Rc<Tab>, customer: &str) -> Page {
        let callback = self.shop.login.authorize(&self.shop, &tab.departure(), customer);
        tab.go(&callback);
        self.reload(tab)
    }

    /// The whole sign-in by redirect, up to the page that the shopper wanted.
    #[track_caller]
    pub fn sign_in(&self, page: Page, customer: &str) -> (Page, Return<Tree>) {
        page.login(json!({})).wait().expect("a departure");
        let back = self.shopper_signs_in(&page.tab, customer);
        let brought = back.handle_redirect().wait().expect("a sign-in").expect("a callback of ours");
        (back, brought)
    }

    /// A page with Ada signed in, the log empty.
    #[track_caller]
    pub fn signed_in_page(&self) -> Page {
        let (page, _) = self.sign_in(self.page(), "ada");
        self.warm(&page);
        page
    }

    /// Another tab that finds itself signed in, with nothing left to discover.
    #[track_caller]
    pub fn sibling(&self) -> Page {
        let page = self.page();
        assert!(page.is_signed_in(), "the new tab takes over the session");
        self.warm(&page);
        page
    }

    #[track_caller]
    fn warm(&self, page: &Page) {
        page.order().wait().expect("an order");
        self.shop.forget_log();
        page.events();
    }

    /// Lets the access token of every tab come to its end.
    pub fn expire(&self) {
        self.world.advance(3_700_000.0);
        self.shop.forget_log();
    }
}

/// The text of a tool's answer.
#[track_caller]
pub fn words(outcome: &Outcome) -> String {
    match outcome {
        Ok(answer) => answer.0["content"][0]["text"].as_str().expect("text").to_owned(),
        Err(error) => panic!("{error:?}"),
    }
}

/// The stable code of a failure.
#[track_caller]
pub fn code<T>(outcome: &Result<T>) -> &'static str {
    match outcome {
        Ok(_) => panic!("this should have failed"),
        Err(error) => error.code().text(),
    }
}
