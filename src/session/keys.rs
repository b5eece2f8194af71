//! Names of records, locks and channels: one namespace per shop and client, so that two of them never meet.

/// Names under `shopper-mcp:<shop>:<client>:`. The facade knows the prefix and `login:`.
#[derive(Clone)]
pub struct Keys {
    prefix: String,
    shop: String,
}

impl Keys {
    /// The namespace of a shop's host and a client.
    #[must_use]
    pub fn new(shop: &str, client_id: &str) -> Self {
        let shop = ["shopper-mcp:", shop, ":"].concat();
        Self { prefix: [&shop, client_id, ":"].concat(), shop }
    }

    /// The session with its tokens.
    #[must_use]
    pub fn session(&self) -> String {
        self.named("session")
    }

    /// Ids of sessions that someone signed out of; no secret.
    #[must_use]
    pub fn ended(&self) -> String {
        self.named("ended")
    }

    /// Id of the newest session, a hint that a sibling tab may hold it; no secret.
    #[must_use]
    pub fn live(&self) -> String {
        self.named("live")
    }

    /// The lock that a renewal holds.
    #[must_use]
    pub fn renewal(&self) -> String {
        self.named("renewal")
    }

    /// The conversation of the tabs.
    #[must_use]
    pub fn tabs(&self) -> String {
        self.named("tabs")
    }

    /// One login under way; with an empty `state`, what all of them begin with.
    #[must_use]
    pub fn login(&self, state: &str) -> String {
        [&self.prefix, "login:", state].concat()
    }

    /// A finished sign-in on its way to the page that asked for it.
    #[must_use]
    pub fn arrival(&self) -> String {
        self.named("arrival")
    }

    /// What was learned of the shop; the same for every client.
    #[must_use]
    pub fn discovery(&self, what: &str) -> String {
        [&self.shop, "discovery:", what].concat()
    }

    fn named(&self, name: &str) -> String {
        [&self.prefix, name].concat()
    }
}
