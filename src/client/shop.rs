//! One shop, seen from one page: its documents, its servers, its session.

use std::cell::RefCell;
use std::rc::Rc;

use super::login::{discover_login, fetch_document};
use super::options::{Options, TokenStore};
use crate::call::Server;
use crate::error::Result;
use crate::json::{Object, Value};
use crate::oauth::discovery::{CUSTOMER_DOCUMENT, Login, read_mcp_api};
use crate::platform::{Area, Platform};
use crate::session::{Keys, Session};
use crate::wait::SingleFlight;

/// How long a discovery document is good for, ms.
const DISCOVERY_AGE: f64 = 3_600_000.0;

/// See the module.
pub struct Shop<P: Platform> {
    /// The world.
    pub platform: Rc<P>,
    /// As configured.
    pub options: Options,
    /// Names of records.
    pub keys: Keys,
    /// The customer's session.
    pub session: Rc<Session<P>>,
    customer_server: RefCell<Option<Rc<Server>>>,
    discoveries: Rc<SingleFlight<Result<Rc<Server>>>>,
}

impl<P: Platform> Shop<P> {
    /// Opens a shop and picks up the session that this tab or a sibling holds.
    pub async fn open(platform: Rc<P>, options: Options) -> Rc<Self> {
        let keys = Keys::new(&options.target.shop.origin, &options.target.client_id);
        let shared = options.store != TokenStore::Memory;
        let session = Session::new(platform.clone(), keys.clone(), &options.target.client_id, shared);
        session.load().await;
        Rc::new(Self {
            platform,
            options,
            keys,
            session,
            customer_server: RefCell::new(None),
            discoveries: Rc::default(),
        })
    }

    /// Where the shop signs its customers in, from memory of this tab or from the shop.
    ///
    /// Errors: of the discovery.
    pub async fn login_endpoints(&self) -> Result<Login> {
        if let Some(login) = self
            .remembered("login")
            .and_then(|copy| Login::read(&*self.platform, &copy, &self.options.target.policy()).ok())
        {
            return Ok(login);
        }
        let login = discover_login(&*self.platform, &self.options.target).await?;
        self.remember("login", &login.write());
        Ok(login)
    }

    /// The Customer Accounts MCP server.
    ///
    /// Errors: `mcp_api_missing`, of the discovery.
    pub async fn customer_server(self: &Rc<Self>) -> Result<Rc<Server>> {
        let known = self.customer_server.borrow().clone();
        if let Some(server) = known {
            return Ok(server);
        }
        let shop = self.clone();
        let discovery = Box::pin(async move { shop.find_customer_server().await });
        let server = self.discoveries.join(&|task| self.platform.spawn(task), discovery).await?;
        Ok(self.customer_server.borrow_mut().get_or_insert(server).clone())
    }

    async fn find_customer_server(&self) -> Result<Rc<Server>> {
        let url = match &self.options.customer_endpoint {
            Some(url) => url.clone(),
            None => self.customer_endpoint().await?,
        };
        let server = Server::new(url, self.options.style, self.options.max_answer_bytes);
        if self.remembered(&types_of(&server)).is_some() {
            server.offer_both_types();
        }
        Ok(Rc::new(server))
    }

    async fn customer_endpoint(&self) -> Result<String> {
        let target = &self.options.target;
        let read = |document: &P::Value| read_mcp_api(&*self.platform, document, &target.policy());
        if let Some(url) = self.remembered("customer").and_then(|copy| read(&copy).ok()) {
            return Ok(url);
        }
        let url = read(&fetch_document(&*self.platform, target, CUSTOMER_DOCUMENT).await?)?;
        self.remember("customer", &Object::new().string("mcp_api", &url).finish());
        Ok(url)
    }

    /// Keeps, over page loads, that a server insists on being offered event streams.
    pub fn note_types(&self, server: &Server) {
        // Known already: nothing to write after every call.
        if server.wants_both_types() && self.remembered(&types_of(server)).is_none() {
            self.remember(&types_of(server), "true");
        }
    }

    fn remembered(&self, what: &str) -> Option<P::Value> {
        let text = self.platform.read(Area::Tab, &self.keys.discovery(what))?;
        let copy = self.platform.parse(&self.platform.text_out(&text))?;
        let at = copy.get("at")?.number()?;
        let age = self.platform.now() - at;
        if (0.0..DISCOVERY_AGE).contains(&age) { copy.get("copy") } else { None }
    }

    fn remember(&self, what: &str, copy: &str) {
        let record = Object::new().number("at", self.platform.now()).json("copy", copy).finish();
        // Where this storage is refused, the documents are fetched again on the next page.
        let _ = self.platform.write(Area::Tab, &self.keys.discovery(what), &record);
    }
}

fn types_of(server: &Server) -> String {
    ["types:", &server.url].concat()
}
