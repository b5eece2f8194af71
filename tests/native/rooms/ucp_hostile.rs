//! Every reader of `ucp` against values of any shape: none panics, and none repeats what a server wrote.

use serde_json::{Value as Serde, json};
use shopper_mcp::error::{Error, Problem};
use shopper_mcp::ucp::answer::{read_answer, read_resource};
use shopper_mcp::ucp::key::refuse_private;
use shopper_mcp::ucp::profile::{choose_version, read_endpoint};
use shopper_mcp::ucp::setup::Setup;
use shopper_mcp::ucp::signature::{Request, target};

use crate::support::random::Dice;
use crate::support::tree::Tree;
use crate::support::world::World;

const MEMBERS: [&str; 41] = [
    "ucp",
    "version",
    "supported_versions",
    "services",
    "dev.ucp.shopping",
    "transport",
    "endpoint",
    "keys",
    "signing_keys",
    "kid",
    "x",
    "y",
    "d",
    "structuredContent",
    "content",
    "type",
    "text",
    "isError",
    "messages",
    "code",
    "error",
    "data",
    "2026-08-25",
    "__proto__",
    "agent",
    "profiles",
    "tier",
    "token",
    "signer",
    "proxy",
    "ucpEndpoint",
    "agentWideToken",
    "publicJwk",
    "privateKey",
    "sign",
    "method",
    "url",
    "headers",
    "body",
    "content-type",
    "ucp-agent",
];

const AGENT: [&str; 5] = ["tier", "token", "signer", "agentWideToken", "profiles"];
const CATALOG: [&str; 3] = ["server", "endpoint", "token"];

/// A value of any shape in which every text is a secret.
fn secret_value(dice: &Dice) -> Serde {
    dice.secret(&MEMBERS, 4)
}

/// The same under what readers look at first, so that they look further.
fn value(dice: &Dice) -> Tree {
    let secret = secret_value(dice);
    Tree(match dice.below(6) {
        0 => {
            json!({ "ucp": { "version": "2026-08-25", "supported_versions": secret, "services": secret_value(dice) } })
        }
        1 => json!({ "ucp": { "version": "2026-08-25", "services": { "dev.ucp.shopping": [
            { "version": "2026-08-25", "transport": "mcp", "endpoint": secret }
        ] } } }),
        2 => {
            let wrong = if dice.below(2) == 0 { secret } else { json!(null) };
            let catalog =
                json!({ *dice.pick(&CATALOG): if dice.below(4) == 0 { secret_value(dice) } else { json!(null) } });
            let agent = json!({ "profiles": { "2026-08-25": "https://agent.example/" }, *dice.pick(&AGENT): wrong });
            json!({ "agent": agent, "catalog": catalog })
        }
        3 => json!({ "jsonrpc": "2.0", "id": 7, "error": { "code": -32000, "message": "SECRET", "data": secret } }),
        4 => json!({ "version": "2026-08-25", "keys": [secret], "messages": [secret_value(dice)] }),
        _ => secret,
    })
}

#[track_caller]
fn tells_nothing(error: Option<Error>) {
    if let Some(error) = error {
        let sentence = if error.fault().words.is_some() { String::new() } else { error.sentence() };
        let shown = format!("{sentence} {:?}", error.fault().field);
        assert!(!shown.contains("SECRET"), "{shown}");
    }
}

#[test]
fn no_reader_panics_or_repeats_what_it_read() {
    let (world, dice) = (World::new(), Dice::new(31));
    let agents = Tree(json!({ "2026-08-25": "https://agent.example/a.json", "2026-04-08": "https://agent.example/b" }));
    let mut agents_read = 0;
    for _ in 0..3_000 {
        let value = value(&dice);
        tells_nothing(choose_version(&world, &value, &agents, false).err());
        tells_nothing(choose_version(&world, &agents, &value, false).err());
        tells_nothing(read_endpoint(&world, &value, "2026-08-25", false).err());
        tells_nothing(read_resource("get_cart", &value, Some(Tree(json!(dice.text())))).err());
        tells_nothing(read_resource("get_cart", &Tree(json!({})), Some(value.clone())).err());
        tells_nothing(refuse_private(&value).err());
        let secret = format!("SECRET{}", dice.text());
        let method = if dice.below(2) == 0 { "POST" } else { &secret };
        let at = if dice.below(2) == 0 { "shop.example / " } else { &secret };
        tells_nothing(target(&world, &secret, false).err());
        let request = Request { method, target: at, ucp_agent: &secret, body: Some(&secret), ..Request::default() };
        tells_nothing(request.base(&world, &secret).err());
        match Setup::read(&world, &value) {
            Err(error) => tells_nothing(Some(error)),
            Ok(setup) => {
                agents_read += usize::from(setup.version.is_some());
                assert!(setup.version.is_none_or(|version| version == "2026-08-25"));
            }
        }
        for status in [0, 200, 401, 403, 409, 429, 503] {
            tells_nothing(read_answer(&world, 7, status, &Tree(json!(dice.text())), Some(&value)).err());
        }
    }
    assert!(agents_read > 50, "enough of them get past the first look: {agents_read}");
}

/// An entry without these rooms leaves their sentences out.
#[test]
fn the_problems_of_these_rooms_are_the_last() {
    let of_customer = |problem: Problem| (problem as usize) < Problem::OF_CUSTOMER;
    assert!([Problem::Missing, Problem::RpcError, Problem::ToolFailed].into_iter().all(of_customer));
    assert!(![Problem::NotAList, Problem::CompletionNeedsToken, Problem::Forbidden].into_iter().any(of_customer));
}
