//! A shop's servers in one process: documents, login, tokens, tools. Strict about what it receives, and scriptable in
//! what it answers.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use serde_json::{Value as Serde, json};

use super::login_server::LoginServer;
use super::network::{Reply, Sent};
use super::tool_server::ToolServer;
use super::world::World;
use super::{keys, login_server};

pub const CLIENT: &str = "client-1";
pub const ACCOUNT_PAGE: &str = "https://shop.example/pages/account";
pub const ISSUER: &str = "https://shopify.com/authentication/1234";
pub const AUTHORIZATION_ENDPOINT: &str = "https://shopify.com/authentication/1234/oauth/authorize";
pub const TOKEN_ENDPOINT: &str = "https://shopify.com/authentication/1234/oauth/token";
pub const KEYS_ENDPOINT: &str = "https://shopify.com/authentication/1234/.well-known/jwks.json";
pub const LOGOUT_ENDPOINT: &str = "https://shopify.com/authentication/1234/logout";
pub const MCP_ENDPOINT: &str = "https://account.shop.example/customer/api/mcp";

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Endpoint {
    LoginDocument,
    LoginDocumentRfc8414,
    CustomerDocument,
    Keys,
    Token,
    Mcp,
    /// Nobody should ask here.
    Elsewhere,
}

impl Endpoint {
    fn of(url: &str) -> Self {
        match url {
            "https://shop.example/.well-known/openid-configuration" => Self::LoginDocument,
            "https://shop.example/.well-known/oauth-authorization-server" => Self::LoginDocumentRfc8414,
            "https://shop.example/.well-known/customer-account-api" => Self::CustomerDocument,
            KEYS_ENDPOINT => Self::Keys,
            TOKEN_ENDPOINT => Self::Token,
            MCP_ENDPOINT => Self::Mcp,
            _ => Self::Elsewhere,
        }
    }
}

/// How the shop is set up.
pub struct Settings {
    pub login_document: Serde,
    pub customer_document: Serde,
    pub login: login_server::Settings,
    pub tools: super::tool_server::Settings,
}

type Once = Box<dyn FnOnce(&FakeShop, &Sent) -> Reply>;
type Always = Rc<dyn Fn(&FakeShop, &Sent) -> Reply>;

/// See the module.
pub struct FakeShop {
    pub world: Rc<World>,
    pub settings: RefCell<Settings>,
    pub login: LoginServer,
    pub tools: ToolServer,
    log: RefCell<Vec<Sent>>,
    next: RefCell<BTreeMap<Endpoint, VecDeque<Once>>>,
    always: RefCell<BTreeMap<Endpoint, Always>>,
}

impl FakeShop {
    pub fn new(world: Rc<World>) -> Rc<Self> {
        Rc::new(Self {
            world,
            settings: RefCell::new(Settings {
                login_document: login_document(),
                customer_document: json!({ "graphql_api": "https://shop.example/graphql", "mcp_api": MCP_ENDPOINT }),
                login: login_server::Settings::default(),
                tools: super::tool_server::Settings::default(),
            }),
            login: LoginServer::default(),
            tools: ToolServer::default(),
            log: RefCell::default(),
            next: RefCell::default(),
            always: RefCell::default(),
        })
    }

    /// Changes the set-up.
    pub fn set(&self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings.borrow_mut());
    }

    /// Answers the next request to an endpoint in another way; more of these queue up.
    pub fn next(&self, endpoint: Endpoint, reply: impl FnOnce(&Self, &Sent) -> Reply + 'static) {
        self.next.borrow_mut().entry(endpoint).or_default().push_back(Box::new(reply));
    }

    /// Answers every request to an endpoint in another way.
    pub fn always(&self, endpoint: Endpoint, reply: impl Fn(&Self, &Sent) -> Reply + 'static) {
        self.always.borrow_mut().insert(endpoint, Rc::new(reply));
    }

    /// Answers as a shop does again.
    pub fn as_usual(&self, endpoint: Endpoint) {
        self.always.borrow_mut().remove(&endpoint);
        self.next.borrow_mut().remove(&endpoint);
    }

    /// A request arrives.
    pub fn receive(&self, sent: Sent) -> Reply {
        self.log.borrow_mut().push(sent.clone());
        let endpoint = Endpoint::of(&sent.url);
        let once = self.next.borrow_mut().get_mut(&endpoint).and_then(VecDeque::pop_front);
        if let Some(reply) = once {
            return reply(self, &sent);
        }
        let always = self.always.borrow().get(&endpoint).cloned();
        match always {
            Some(reply) => reply(self, &sent),
            None => self.usual(&sent),
        }
    }

    /// What a shop answers.
    pub fn usual(&self, sent: &Sent) -> Reply {
        match Endpoint::of(&sent.url) {
            Endpoint::LoginDocument => Reply::json(200, &self.settings.borrow().login_document),
            Endpoint::CustomerDocument => Reply::json(200, &self.settings.borrow().customer_document),
            Endpoint::Keys => {
                Reply::json(200, &json!({ "keys": [keys::jwk("other", "EC"), keys::jwk("key-1", "RSA")] }))
            }
            Endpoint::Token => self.login.token(self, sent),
            Endpoint::Mcp => self.tools.post(self, sent),
            Endpoint::LoginDocumentRfc8414 | Endpoint::Elsewhere => Reply::text(404, "<h1>Not found</h1>"),
        }
    }

    /// Requests to an endpoint so far.
    pub fn sent(&self, endpoint: Endpoint) -> Vec<Sent> {
        self.log.borrow().iter().filter(|sent| Endpoint::of(&sent.url) == endpoint).cloned().collect()
    }

    pub fn count(&self, endpoint: Endpoint) -> usize {
        self.sent(endpoint).len()
    }

    /// All requests so far.
    pub fn all_sent(&self) -> Vec<Sent> {
        self.log.borrow().clone()
    }

    pub fn forget_log(&self) {
        self.log.borrow_mut().clear();
    }
}

pub fn login_document() -> Serde {
    json!({
        "issuer": ISSUER,
        "authorization_endpoint": AUTHORIZATION_ENDPOINT,
        "token_endpoint": TOKEN_ENDPOINT,
        "jwks_uri": KEYS_ENDPOINT,
        "end_session_endpoint": LOGOUT_ENDPOINT,
        "code_challenge_methods_supported": ["S256"],
        "response_types_supported": ["code"],
        "authorization_response_iss_parameter_supported": true,
    })
}
