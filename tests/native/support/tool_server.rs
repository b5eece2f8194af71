//! The Customer Accounts MCP server: JSON-RPC over POST, some tools, and every way to put an answer.

use std::cell::RefCell;

use serde_json::{Value as Serde, json};

use super::network::{Piece, Reply, Sent};
use super::shop::FakeShop;

/// How the server puts its answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Json,
    EventStream,
    /// JSON whose label says event stream.
    JsonCalledStream,
    /// An event stream whose label says JSON.
    StreamCalledJson,
}

/// How the server is set up.
pub struct Settings {
    pub form: Form,
    /// Takes `Bearer <token>` instead of the bare token.
    pub bearer: bool,
    /// Says 401 under HTTP 200, as JSON-RPC -32000.
    pub unauthorized_by_rpc: bool,
    /// Answers 406 to whoever does not offer event streams too.
    pub insists_on_both: bool,
    /// Pages of `tools/list`.
    pub pages: usize,
    /// Wants a token even for `tools/list`.
    pub private_list: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            form: Form::Json,
            bearer: false,
            unauthorized_by_rpc: false,
            insists_on_both: false,
            pages: 1,
            private_list: false,
        }
    }
}

/// A call that was executed.
#[derive(Clone, Debug, PartialEq)]
pub struct Executed {
    pub name: String,
    pub arguments: Serde,
    pub customer: String,
}

/// See the module.
#[derive(Default)]
pub struct ToolServer {
    executed: RefCell<Vec<Executed>>,
    ids: RefCell<Vec<Serde>>,
}

impl ToolServer {
    pub fn executed(&self) -> Vec<Executed> {
        self.executed.borrow().clone()
    }

    /// How often a tool was executed.
    pub fn executions(&self, name: &str) -> usize {
        self.executed.borrow().iter().filter(|call| call.name == name).count()
    }

    /// Ids of all requests, in order.
    pub fn ids(&self) -> Vec<Serde> {
        self.ids.borrow().clone()
    }

    pub fn post(&self, shop: &FakeShop, sent: &Sent) -> Reply {
        assert_eq!(sent.method, "POST");
        assert_eq!(sent.header("content-type"), Some("application/json"));
        let request: Serde = serde_json::from_str(&sent.body).expect("a JSON-RPC request");
        assert_eq!(request["jsonrpc"], "2.0");
        assert!(request["id"].is_u64(), "ids are numbers, never null");
        self.ids.borrow_mut().push(request["id"].clone());
        let settings = shop.settings.borrow();
        let accept = sent.header("accept").unwrap_or_default();
        if settings.tools.insists_on_both && !accept.contains("text/event-stream") {
            return Reply::text(406, "Not acceptable");
        }
        let customer = customer_of(shop, sent, settings.tools.bearer);
        let answer = match request["method"].as_str() {
            Some("tools/list") if customer.is_some() || !settings.tools.private_list => {
                list(settings.tools.pages, &request)
            }
            Some("tools/list") => return unauthorized(&settings.tools, &request),
            Some("tools/call") => match customer {
                Some(customer) => self.call(&request, customer),
                None => return unauthorized(&settings.tools, &request),
            },
            other => panic!("method {other:?}"),
        };
        put(settings.tools.form, &json!({ "jsonrpc": "2.0", "id": request["id"], "result": answer }))
    }

    fn call(&self, request: &Serde, customer: String) -> Serde {
        let name = request["params"]["name"].as_str().expect("a name").to_owned();
        let arguments = request["params"]["arguments"].clone();
        assert!(arguments.is_object());
        self.executed.borrow_mut().push(Executed { name: name.clone(), arguments: arguments.clone(), customer });
        let customer = self.executed.borrow().last().unwrap().customer.clone();
        match name.as_str() {
            "get_order_status" => match arguments["order_number"].as_str() {
                Some("#1001") => content(&format!("Order #1001 of {customer} is on its way.")),
                Some(number) => failure(&format!("Order not found with number: {number}")),
                None => failure("order_number: is required"),
            },
            "get_most_recent_order_status" | "get_store_credit_balances" | "request_return" | "wish_list" => {
                content(&format!("{name} for {customer}"))
            }
            _ => failure(&format!("Tool not found: {name}")),
        }
    }
}

fn customer_of(shop: &FakeShop, sent: &Sent, bearer: bool) -> Option<String> {
    let header = sent.header("authorization")?;
    let token = if bearer { header.strip_prefix("Bearer ")? } else { header };
    shop.login.customer(shop, token)
}

/// The server wants a customer.
pub fn unauthorized(settings: &Settings, request: &Serde) -> Reply {
    if settings.unauthorized_by_rpc {
        let error = json!({ "code": -32000, "message": "AuthenticationRequired" });
        return put(settings.form, &json!({ "jsonrpc": "2.0", "id": request["id"], "error": error }));
    }
    Reply::text(401, "")
}

/// An envelope in the server's form.
pub fn put(form: Form, envelope: &Serde) -> Reply {
    let stream = || {
        let text = envelope.to_string();
        let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
        let progress = json!({ "jsonrpc": "2.0", "method": "notifications/progress", "params": { "progress": 1 } });
        vec![
            Piece::Text(format!(": hello\n\nevent: message\ndata: {progress}\n\n")),
            Piece::Pause(5.0),
            Piece::Text(format!("event: message\ndata: {}", &text[..half])),
            Piece::Pause(5.0),
            Piece::Text(format!("{}\n\n", &text[half..])),
            // A server may keep the stream open after its answer.
            Piece::Hang,
        ]
    };
    match form {
        Form::Json => Reply::json(200, envelope),
        Form::JsonCalledStream => Reply::json(200, envelope).header("content-type", "text/event-stream"),
        Form::EventStream => Reply::pieces(200, stream()).header("content-type", "text/event-stream"),
        Form::StreamCalledJson => Reply::pieces(200, stream()).header("content-type", "application/json"),
    }
}

pub fn content(text: &str) -> Serde {
    json!({ "content": [{ "type": "text", "text": text }] })
}

pub fn failure(text: &str) -> Serde {
    json!({ "content": [{ "type": "text", "text": text }], "isError": true })
}

fn list(pages: usize, request: &Serde) -> Serde {
    let page: usize = request["params"]["cursor"].as_str().map_or(0, |cursor| cursor.parse().unwrap());
    let schema = json!({ "type": "object" });
    let mut tools = vec![json!({ "name": format!("page_{page}"), "inputSchema": schema })];
    if page == 0 {
        tools.push(json!({ "name": "get_order_status", "inputSchema": schema }));
        tools
            .push(json!({ "name": "request_return", "inputSchema": schema, "annotations": { "readOnlyHint": false } }));
        tools.push(json!({ "name": "wish_list", "inputSchema": schema, "annotations": { "readOnlyHint": true } }));
    }
    let mut list = json!({ "tools": tools });
    if page + 1 < pages {
        list["nextCursor"] = json!((page + 1).to_string());
    }
    list
}
