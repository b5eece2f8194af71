//! Every reader against values of any shape: none panics, and none repeats what it read.

use serde_json::{Value as Serde, json};
use shopper_mcp::call::{CallOptions, McpCall, read_answer};
use shopper_mcp::error::Error;
use shopper_mcp::mcp::tool;
use shopper_mcp::oauth::base64url;
use shopper_mcp::oauth::callback::Callback;
use shopper_mcp::oauth::discovery::{Login, Policy, read_mcp_api};
use shopper_mcp::oauth::id_token::{Expected, IdToken};
use shopper_mcp::oauth::token::TokenAnswer;
use shopper_mcp::options::{Settings, check_login_options};
use shopper_mcp::platform::Platform;
use shopper_mcp::session::pending::Pending;
use shopper_mcp::session::record::Record;

use crate::support::random::Dice;
use crate::support::shop::login_document;
use crate::support::tree::Tree;
use crate::support::world::World;

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

/// What an error shows: everything but the server's own words, which are data.
fn shown(error: &Error) -> String {
    let sentence = if error.fault().words.is_some() { String::new() } else { error.sentence() };
    format!("{sentence} {:?}", error.fault().field)
}

#[track_caller]
fn tells_nothing(error: Option<Error>) {
    if let Some(error) = error {
        assert!(!shown(&error).contains("SECRET"), "{}", shown(&error));
    }
}

/// A value of any shape in which every text is a secret.
fn secret_value(dice: &Dice) -> Serde {
    let mut value = dice.secret(&MEMBERS, 3);
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
    let world = World::new();
    let shop = world.parse_url("https://shop.example/", None).unwrap();
    let dice = Dice::new(13);
    for _ in 0..ROUNDS {
        let value = Tree(secret_value(&dice));
        let policy = Policy { shop: &shop, issuers: None, loopback: dice.below(2) == 0 };
        tells_nothing(Login::read(&world, &value, &policy).err());
        tells_nothing(read_mcp_api(&world, &value, &policy).err());
        tells_nothing(TokenAnswer::read(&value).err());
        tells_nothing(Pending::read(&value).err());
        tells_nothing(Record::read(&value).err());
        tells_nothing(check_login_options(&value).err());
        tells_nothing(CallOptions::read(&value).err());
        tells_nothing(McpCall::read(&world, &value).err());
        tells_nothing(tool::check_result("x", Some(&value), &value).err());
        for status in [0, 200, 401, 429, 400 + dice.below(200) as u16] {
            tells_nothing(TokenAnswer::receive(status, Some(&value)).err());
            tells_nothing(read_answer(&world, 7, status, &Tree(json!(dice.text())), Some(&value)).err());
        }
        if value.0.as_object().is_some_and(|members| !members.keys().any(|key| key.contains("SECRET"))) {
            tells_nothing(Settings::read(&world, &value, true, &[]).err());
        }
    }
}

#[test]
fn no_id_token_panics_or_is_repeated() {
    let world = World::new();
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
        match IdToken::parse(&world, &format!("{token}.SECRETAA")) {
            Err(error) => tells_nothing(Some(error)),
            Ok(token) => {
                parsed += 1;
                let expected = Expected {
                    issuer: "SECRET",
                    client_id: "SECRET",
                    nonce: Some("SECRET"),
                    access_token: "SECRET",
                    now: world.now(),
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
        match Callback::parse(&World::new(), &query.join("&")) {
            Err(error) => tells_nothing(Some(error)),
            Ok(callback) => {
                tells_nothing(callback.check_issuer("https://x", true).err());
                tells_nothing(callback.code().err());
            }
        }
    }
}
