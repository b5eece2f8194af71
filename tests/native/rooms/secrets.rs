//! Every reader against values of any shape: none panics, and none repeats what it read.

use serde_json::{Value as Serde, json};
use shopper_mcp::client::{Options, read_wishes};
use shopper_mcp::error::Error;
use shopper_mcp::mcp::{jsonrpc, tool};
use shopper_mcp::oauth::callback::Callback;
use shopper_mcp::oauth::discovery::{Login, Policy, read_mcp_api};
use shopper_mcp::oauth::id_token::{Expected, IdToken};
use shopper_mcp::oauth::{base64url, token};
use shopper_mcp::session::pending::Pending;
use shopper_mcp::session::record::Record;

use crate::support::document::{Document, TokenPlace, parse_url};
use crate::support::login_server::refused;
use crate::support::network::Reply;
use crate::support::random::Dice;
use crate::support::scene::Scene;
use crate::support::shop::{ACCOUNT_PAGE, Endpoint, login_document};
use crate::support::tree::Tree;

const ROUNDS: usize = 3_000;

const MEMBERS: [&str; 40] = [
    "issuer",
    "authorization_endpoint",
    "token_endpoint",
    "jwks_uri",
    "end_session_endpoint",
    "code_challenge_methods_supported",
    "authorization_response_iss_parameter_supported",
    "mcp_api",
    "access_token",
    "refresh_token",
    "id_token",
    "token_type",
    "expires_in",
    "scope",
    "error",
    "error_description",
    "jsonrpc",
    "id",
    "result",
    "code",
    "message",
    "data",
    "retry_after",
    "resultType",
    "isError",
    "content",
    "text",
    "state",
    "codeVerifier",
    "nonce",
    "clientId",
    "redirectUri",
    "shop",
    "storage",
    "timeoutMs",
    "v",
    "alg",
    "kid",
    "crit",
    "__proto__",
];

/// What an error shows: everything but the server's own words and the answer it carries, which are data by contract.
fn shown(error: &Error) -> String {
    format!("{error:?} {:?} {} {:?}", error, error.fault().message, error.fault().field)
}

#[track_caller]
fn tells_nothing(error: Option<Error>) {
    if let Some(error) = error {
        assert!(!shown(&error).contains("SECRET"), "{}", shown(&error));
    }
}

/// A value of any shape in which every text is a secret.
fn secret_value(dice: &Dice) -> Serde {
    fn spoil(value: &mut Serde) {
        match value {
            Serde::String(text) => text.push_str("SECRET"),
            Serde::Array(items) => items.iter_mut().for_each(spoil),
            Serde::Object(members) => members.values_mut().for_each(spoil),
            _ => {}
        }
    }
    let mut value = if dice.below(5) == 0 { dice.json(&MEMBERS, 3) } else { dice.object(&MEMBERS, 3) };
    spoil(&mut value);
    // Some of what readers look at first is right, so that they look further.
    let half_right = dice.below(2) == 0;
    if let Serde::Object(members) = &mut value
        && half_right
    {
        for (key, value) in login_document().as_object().unwrap() {
            if dice.below(3) > 0 {
                members.insert(key.clone(), value.clone());
            }
        }
        members.insert("jsonrpc".into(), json!("2.0"));
        members.insert("id".into(), json!(7));
        members.insert("isError".into(), json!(true));
    }
    value
}

#[test]
fn no_reader_panics_or_repeats_what_it_read() {
    let scene = Scene::new();
    let document = Document::load(&scene.browser.tab(ACCOUNT_PAGE), TokenPlace::Nowhere);
    let shop = parse_url("https://shop.example/", None).unwrap();
    let dice = Dice::new(13);
    for _ in 0..ROUNDS {
        let value = Tree(secret_value(&dice));
        let policy = Policy { shop: &shop, issuers: &[], loopback: dice.below(2) == 0 };
        tells_nothing(Login::read(&*document, &value, &policy).err());
        tells_nothing(read_mcp_api(&*document, &value, &policy).err());
        tells_nothing(token::TokenAnswer::read(&value).err());
        tells_nothing(Some(token::judge(400 + dice.below(200) as u16, Some(&value)).1));
        tells_nothing(Pending::read(&value).err());
        tells_nothing(read_wishes(&value).err());
        Record::read(&value);
        match jsonrpc::read(&value, 7) {
            // The server's words of an RPC error are the message, by contract.
            Ok(_) => {}
            Err(error) => tells_nothing(Some(error)),
        }
        tool::failure(&value, true);
        if value.0.as_object().is_some_and(|members| !members.keys().any(|key| key.contains("SECRET"))) {
            tells_nothing(Options::read(&*document, &value).err());
        }
    }
}

#[test]
fn no_id_token_panics_or_is_repeated() {
    let scene = Scene::new();
    let document = Document::load(&scene.browser.tab(ACCOUNT_PAGE), TokenPlace::Nowhere);
    let dice = Dice::new(17);
    let part = |dice: &Dice| match dice.below(4) {
        0 => dice.text(),
        1 => base64url::encode(dice.text().as_bytes()),
        2 => base64url::encode(br#"{"alg":"RS256"}"#),
        _ => base64url::encode(secret_value(dice).to_string().as_bytes()),
    };
    let mut parsed = 0;
    for _ in 0..ROUNDS {
        let count = if dice.below(2) == 0 { 2 } else { 1 + dice.below(5) };
        let token = (0..count).map(|_| part(&dice)).collect::<Vec<_>>().join(".");
        match IdToken::parse(&*document, &format!("{token}.SECRETAA")) {
            Err(error) => tells_nothing(Some(error)),
            Ok(token) => {
                parsed += 1;
                let expected = Expected {
                    issuer: "SECRET",
                    client_id: "SECRET",
                    nonce: Some("SECRET"),
                    access_token: "SECRET",
                    now: scene.world.now(),
                };
                tells_nothing(token.check(&expected).err());
            }
        }
    }
    assert!(parsed > 50, "enough of them get past the first look: {parsed}");
}

#[test]
fn no_callback_panics_or_is_repeated() {
    let dice = Dice::new(19);
    for _ in 0..ROUNDS {
        let keys = ["code", "state", "iss", "error", "%63ode", "x", ""];
        let query: Vec<String> =
            (0..dice.below(6)).map(|_| format!("{}={}SECRET", dice.pick(&keys), dice.text())).collect();
        match Callback::parse(&query.join("&")) {
            Err(error) => tells_nothing(Some(error)),
            Ok(callback) => {
                tells_nothing(callback.check_issuer("https://x", true).err());
                tells_nothing(callback.into_code().err());
            }
        }
    }
}

#[test]
fn whole_flows_against_garbage_end_in_an_error_and_no_session() {
    let dice = std::rc::Rc::new(Dice::new(23));
    let garbage = |dice: &Dice| -> Reply {
        let status = *dice.pick(&[0, 200, 200, 200, 200, 201, 204, 301, 400, 401, 403, 404, 406, 429, 500, 503]);
        let body = if dice.below(4) == 0 { dice.text() } else { secret_value(dice).to_string() };
        Reply::text(status, body).header("retry-after", &dice.text())
    };
    for round in 0..400 {
        let scene = Scene::new();
        let page = scene.page();
        let endpoint = *dice.pick(&[
            Endpoint::LoginDocument,
            Endpoint::CustomerDocument,
            Endpoint::Keys,
            Endpoint::Token,
            Endpoint::Mcp,
        ]);
        let shared = dice.clone();
        scene.shop.always(endpoint, move |_, _| garbage(&shared));
        tells_nothing(page.login(json!({})).wait().err());
        if !page.tab.leaves() {
            continue;
        }
        let departure = page.tab.departures.borrow()[0].clone();
        if !departure.starts_with(crate::support::shop::AUTHORIZATION_ENDPOINT) {
            continue;
        }
        let back = scene.shopper_signs_in(&page.tab, "ada");
        let outcome = back.handle_redirect().wait();
        tells_nothing(outcome.err());
        let call = back.order();
        scene.world.advance(400_000.0);
        if call.is_done() {
            let outcome = call.wait();
            if let Err(error) = outcome {
                let servers_words = matches!(error.code().class(), shopper_mcp::error::Class::Tool)
                    || error.code().text() == "rpc_error"
                    || error.code().text() == "rate_limited";
                assert!(servers_words || !shown(&error).contains("SECRET"), "round {round}: {}", shown(&error));
            }
        }
    }
}

#[test]
fn no_event_and_no_error_of_a_session_names_a_token() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.expire();
    scene.shop.next(Endpoint::Token, |_, _| refused("invalid_request"));
    let error = page.order().wait().err().unwrap();
    assert!(!shown(&error).contains("SECRET"));
    page.order().wait().unwrap();
    page.logout().unwrap();
    assert!(!format!("{:?}", page.events()).contains("SECRET"));
    for url in page.tab.departures.borrow().iter() {
        assert!(!url.contains("SECRET-access") && !url.contains("SECRET-refresh"), "{url}");
    }
}
