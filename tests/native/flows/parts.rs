//! The parts, each usable without a page's session: `beginLogin`, `completeLogin`, `callMcp`.

use std::rc::Rc;

use serde_json::{Value as Serde, json};
use shopper_mcp::call::{AuthorizationStyle, Message, Server, without_session};
use shopper_mcp::client::{Target, begin_login, complete_login, discover_login};
use shopper_mcp::error::Result;
use shopper_mcp::oauth::authorize::Wishes;
use shopper_mcp::oauth::callback::Callback;
use shopper_mcp::session::pending::{Pending, REDIRECT_MARK};

use crate::support::document::{Document, TokenPlace};
use crate::support::network::Reply;
use crate::support::page::options;
use crate::support::scene::{Scene, code, words};
use crate::support::shop::{ACCOUNT_PAGE, Endpoint, MCP_ENDPOINT};
use crate::support::tree::Tree;

fn document(scene: &Scene) -> Rc<Document> {
    Document::load(&scene.browser.tab(ACCOUNT_PAGE), TokenPlace::Nowhere)
}

fn begin(scene: &Scene, document: &Rc<Document>) -> (Pending, String) {
    let target = Target::read(&**document, &Tree(options())).unwrap();
    let document = document.clone();
    let work = async move {
        let login = discover_login(&*document, &target).await?;
        begin_login(&*document, &target, &login, &Wishes::default(), REDIRECT_MARK)
    };
    scene.world.start(0, work).wait().unwrap()
}

fn call(scene: &Scene, document: &Rc<Document>, token: Option<String>) -> Result<Tree> {
    let document = document.clone();
    let work = async move {
        let server = Server::new(MCP_ENDPOINT.to_owned(), AuthorizationStyle::Raw, 1e6);
        let params = json!({ "name": "get_order_status", "arguments": { "order_number": "#1001" } }).to_string();
        let message = Message { method: "tools/call", params: &params, timeout_ms: 5_000.0, patience_ms: 0.0 };
        without_session(&*document, &server, &message, token.as_deref()).await
    };
    scene.world.start(0, work).wait()
}

#[test]
fn sign_in_and_call_by_the_parts_alone() {
    let scene = Scene::new();
    let document = document(&scene);
    let (pending, url) = begin(&scene, &document);
    let callback = scene.shop.login.authorize(&scene.shop, &url, "ada");
    // As a page keeps it: through JSON.
    let kept: Serde = serde_json::from_str(&pending.write().finish()).unwrap();
    let pending = Pending::read(&Tree(kept)).unwrap();
    let query = callback.split_once('?').unwrap().1.to_owned();
    let exchanging = document.clone();
    let tokens = scene
        .world
        .start(0, async move { complete_login(&*exchanging, &pending, Callback::parse(&query)?).await })
        .wait()
        .unwrap_or_else(|error| panic!("{error:?}"));
    assert!(tokens.signature_verified);
    assert_eq!(tokens.claims.unwrap().0["sub"], "gid://shopify/Customer/ada");
    assert_eq!(tokens.answer.expires_in, Some(3600.0));
    assert_eq!(words(&call(&scene, &document, Some(tokens.answer.access_token))), "Order #1001 of ada is on its way.");
    assert!(document.tab.storage.text().is_empty() && scene.browser.local.text().is_empty(), "the parts store nothing");
}

#[test]
fn a_call_with_no_token_or_a_dead_one_says_what_it_needs_and_is_sent_once() {
    for token in [None, Some("SECRET-dead".to_owned())] {
        let scene = Scene::new();
        let outcome = call(&scene, &document(&scene), token);
        assert_eq!(code(&outcome), "sign_in_needed");
        assert_eq!(scene.shop.count(Endpoint::Mcp), 1);
        assert!(!format!("{outcome:?}").contains("SECRET"));
    }
}

#[test]
fn a_token_that_no_header_can_carry_is_not_sent() {
    for token in ["SECRET\r\nx: y", "SECRET\u{0}", "SECRETé"] {
        let scene = Scene::new();
        let outcome = call(&scene, &document(&scene), Some(token.to_owned()));
        assert_eq!(code(&outcome), "option_invalid");
        assert_eq!(scene.shop.count(Endpoint::Mcp), 0);
        assert!(!format!("{outcome:?}").contains("SECRET"));
    }
}

#[test]
fn without_patience_a_limit_is_told_at_once() {
    let scene = Scene::new();
    scene.shop.next(Endpoint::Mcp, |_, _| Reply::text(429, "").header("retry-after", "1"));
    let outcome = call(&scene, &document(&scene), None);
    assert_eq!(code(&outcome), "rate_limited");
    assert_eq!(outcome.err().unwrap().fault().retry_after_ms, Some(1_000.0));
}

#[test]
fn a_callback_of_another_login_is_refused_by_the_part_too() {
    let scene = Scene::new();
    let document = document(&scene);
    let (first, first_url) = begin(&scene, &document);
    let (second, _) = begin(&scene, &document);
    assert_ne!(first.code_verifier, second.code_verifier);
    assert_ne!(first.nonce, second.nonce);
    let callback = scene.shop.login.authorize(&scene.shop, &first_url, "ada");
    let query = callback.split_once('?').unwrap().1.to_owned();
    let outcome = scene
        .world
        .start(0, async move { complete_login(&*document, &second, Callback::parse(&query)?).await.map(drop) })
        .wait();
    assert_eq!(code(&outcome), "state_mismatch");
    assert_eq!(scene.shop.count(Endpoint::Token), 0);
}
