//! The login server: authorization codes bound to their request, rotating refresh tokens in families, ID tokens.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use serde_json::{Value as Serde, json};
use sha2::{Digest, Sha256};
use shopper_mcp::oauth::base64url;

use super::keys;
use super::network::{Reply, Sent};
use super::shop::{AUTHORIZATION_ENDPOINT, CLIENT, FakeShop, ISSUER};

/// How the login server is set up.
pub struct Settings {
    /// Seconds that an access token is good for.
    pub lifetime: f64,
    /// What the answer says instead, when it lies.
    pub expires_in: Option<Serde>,
    pub gives_refresh_tokens: bool,
    pub supports_refresh: bool,
    /// Each refresh token can be used once, and a second use revokes its family.
    pub rotates: bool,
    pub gives_token_type: bool,
    /// Whether a refresh answer has an ID token too.
    pub renews_id_token: bool,
    /// Changes header and claims before they are signed.
    pub forge: fn(&mut Serde, &mut Serde),
    /// Breaks the signature.
    pub bad_signature: bool,
    /// `iss` of callbacks; empty for none.
    pub callback_issuer: &'static str,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lifetime: 3600.0,
            expires_in: None,
            gives_refresh_tokens: true,
            supports_refresh: true,
            rotates: true,
            gives_token_type: true,
            renews_id_token: false,
            forge: |_, _| {},
            bad_signature: false,
            callback_issuer: ISSUER,
        }
    }
}

#[derive(Clone)]
struct Grant {
    customer: String,
    redirect_uri: String,
    challenge: String,
    nonce: Option<String>,
    scope: String,
    used: bool,
}

struct Family {
    grant: Grant,
    revoked: bool,
}

struct Access {
    family: usize,
    /// Of the world's true time, ms since the beginning.
    ends: f64,
}

/// See the module.
#[derive(Default)]
pub struct LoginServer {
    numbers: Cell<u32>,
    grants: RefCell<BTreeMap<String, Grant>>,
    families: RefCell<Vec<Family>>,
    /// Refresh tokens, and whether each was used.
    refresh: RefCell<BTreeMap<String, (usize, bool)>>,
    access: RefCell<BTreeMap<String, Access>>,
    /// Codes in the order they were posted.
    pub posted_codes: RefCell<Vec<String>>,
}

impl LoginServer {
    /// A customer signs in at an authorization URL; where the browser goes next.
    #[track_caller]
    pub fn authorize(&self, shop: &FakeShop, url: &str, customer: &str) -> String {
        let request = AuthorizationRequest::read(url);
        let nonce = request.optional("nonce");
        let code = format!("SECRET-code-{}", self.number());
        let grant = Grant {
            customer: customer.to_owned(),
            redirect_uri: request.one("redirect_uri"),
            challenge: request.one("code_challenge"),
            nonce,
            scope: request.one("scope"),
            used: false,
        };
        self.grants.borrow_mut().insert(code.clone(), grant);
        self.callback(shop, &request, &[("code", &code)])
    }

    /// The login server refuses a request; where the browser goes next.
    #[track_caller]
    pub fn refuse(&self, shop: &FakeShop, url: &str, error: &str, description: &str) -> String {
        let request = AuthorizationRequest::read(url);
        self.callback(shop, &request, &[("error", error), ("error_description", description)])
    }

    fn callback(&self, shop: &FakeShop, request: &AuthorizationRequest, answer: &[(&str, &str)]) -> String {
        let mut back = url::Url::parse(&request.one("redirect_uri")).unwrap();
        back.query_pairs_mut().extend_pairs(answer).append_pair("state", &request.one("state"));
        let issuer = shop.settings.borrow().login.callback_issuer;
        if !issuer.is_empty() {
            back.query_pairs_mut().append_pair("iss", issuer);
        }
        back.into()
    }

    /// The token endpoint.
    pub fn token(&self, shop: &FakeShop, sent: &Sent) -> Reply {
        let form = Form::read(sent);
        assert_eq!(form.one("client_id"), CLIENT);
        assert!(sent.header("authorization").is_none(), "no client authenticates here");
        match form.one("grant_type").as_str() {
            "authorization_code" => self.exchange(shop, &form),
            "refresh_token" => self.renew(shop, &form),
            other => panic!("grant type {other}"),
        }
    }

    fn exchange(&self, shop: &FakeShop, form: &Form) -> Reply {
        form.has_only(&["grant_type", "client_id", "redirect_uri", "code", "code_verifier"]);
        let code = form.one("code");
        self.posted_codes.borrow_mut().push(code.clone());
        let mut grants = self.grants.borrow_mut();
        let challenge = base64url::encode(&Sha256::digest(form.one("code_verifier")));
        match grants.get_mut(&code) {
            Some(grant)
                if !grant.used && grant.challenge == challenge && grant.redirect_uri == form.one("redirect_uri") =>
            {
                grant.used = true;
                let mut families = self.families.borrow_mut();
                families.push(Family { grant: grant.clone(), revoked: false });
                let family = families.len() - 1;
                drop((grants, families));
                self.answer(shop, family, true)
            }
            _ => refused("invalid_grant"),
        }
    }

    fn renew(&self, shop: &FakeShop, form: &Form) -> Reply {
        form.has_only(&["grant_type", "client_id", "refresh_token"]);
        if !shop.settings.borrow().login.supports_refresh {
            return refused("unsupported_grant_type");
        }
        let token = form.one("refresh_token");
        let known = self.refresh.borrow().get(&token).copied();
        let Some((family, used)) = known else { return refused("invalid_grant") };
        let rotates = shop.settings.borrow().login.rotates;
        let mut families = self.families.borrow_mut();
        if used && rotates {
            families[family].revoked = true;
        }
        if families[family].revoked {
            return refused("invalid_grant");
        }
        drop(families);
        self.refresh.borrow_mut().insert(token, (family, true));
        self.answer(shop, family, false)
    }

    fn answer(&self, shop: &FakeShop, family: usize, first: bool) -> Reply {
        let settings = shop.settings.borrow();
        let settings = &settings.login;
        let number = self.number();
        let access_token = format!("SECRET-access-{number}");
        let ends = shop.world.elapsed() + settings.lifetime * 1000.0;
        self.access.borrow_mut().insert(access_token.clone(), Access { family, ends });
        let grant = self.families.borrow()[family].grant.clone();
        let expires_in = settings.expires_in.clone().unwrap_or_else(|| json!(settings.lifetime));
        let mut answer = json!({ "access_token": access_token, "expires_in": expires_in, "scope": grant.scope });
        if settings.gives_token_type {
            answer["token_type"] = json!("bearer");
        }
        if settings.gives_refresh_tokens && (first || settings.rotates) {
            let refresh_token = format!("SECRET-refresh-{number}");
            self.refresh.borrow_mut().insert(refresh_token.clone(), (family, false));
            answer["refresh_token"] = json!(refresh_token);
        }
        if grant.scope.split(' ').any(|word| word == "openid") && (first || settings.renews_id_token) {
            answer["id_token"] = json!(id_token(shop.world.true_time(), settings, &grant, &access_token));
        }
        Reply::json(200, &answer).header("cache-control", "no-store")
    }

    /// The customer of a token that is good now.
    pub fn customer(&self, shop: &FakeShop, token: &str) -> Option<String> {
        let access = self.access.borrow();
        let access = access.get(token)?;
        let family = &self.families.borrow()[access.family];
        let good = access.ends > shop.world.elapsed() && !family.revoked;
        good.then(|| family.grant.customer.clone())
    }

    /// No family was revoked because an old refresh token was used again.
    #[track_caller]
    pub fn assert_families_alive(&self) {
        assert!(self.families.borrow().iter().all(|family| !family.revoked), "a family was revoked");
    }

    /// Ends every session on the server's side.
    pub fn revoke_all(&self) {
        self.families.borrow_mut().iter_mut().for_each(|family| family.revoked = true);
    }

    /// Ends the access tokens, but not the sessions.
    pub fn expire_access(&self) {
        self.access.borrow_mut().values_mut().for_each(|access| access.ends = 0.0);
    }

    fn number(&self) -> u32 {
        self.numbers.set(self.numbers.get() + 1);
        self.numbers.get()
    }
}

fn id_token(now: f64, settings: &Settings, grant: &Grant, access_token: &str) -> String {
    let seconds = (now / 1000.0).floor();
    let hash = Sha256::digest(access_token);
    let mut header = json!({ "alg": "RS256", "typ": "JWT", "kid": "key-1" });
    let mut claims = json!({
        "iss": ISSUER,
        "sub": format!("gid://shopify/Customer/{}", grant.customer),
        "aud": CLIENT,
        "exp": seconds + 3600.0,
        "iat": seconds,
        "nonce": grant.nonce,
        "at_hash": base64url::encode(&hash[..16]),
        "email": format!("SECRET-{}@example.com", grant.customer),
    });
    (settings.forge)(&mut header, &mut claims);
    let part = |value: &Serde| base64url::encode(value.to_string().as_bytes());
    let signed = format!("{}.{}", part(&header), part(&claims));
    let algorithm = header["alg"].as_str().unwrap_or_default();
    let mut signature = keys::sign("key-1", algorithm, &signed);
    if settings.bad_signature {
        signature[0] ^= 1;
    }
    format!("{signed}.{}", base64url::encode(&signature))
}

pub fn refused(error: &str) -> Reply {
    Reply::json(400, &json!({ "error": error, "error_description": "SECRET-free words" }))
}

/// A query or form in which nothing may appear twice.
struct Form(BTreeMap<String, String>);

impl Form {
    #[track_caller]
    fn parse(text: &str) -> Self {
        let mut pairs = BTreeMap::new();
        for (key, value) in url::form_urlencoded::parse(text.as_bytes()) {
            let doubled = pairs.insert(key.to_string(), value.into_owned());
            assert!(doubled.is_none(), "{key} is there twice");
        }
        Self(pairs)
    }

    #[track_caller]
    fn read(sent: &Sent) -> Self {
        assert_eq!(sent.method, "POST");
        assert_eq!(sent.header("content-type"), Some("application/x-www-form-urlencoded"));
        assert!(!sent.url.contains('?'), "nothing goes into the URL");
        Self::parse(&sent.body)
    }

    #[track_caller]
    fn one(&self, key: &str) -> String {
        self.0.get(key).unwrap_or_else(|| panic!("{key} is missing")).clone()
    }

    #[track_caller]
    fn has_only(&self, keys: &[&str]) {
        assert!(self.0.keys().all(|key| keys.contains(&key.as_str())), "{:?}", self.0.keys());
    }
}

/// An authorization request, held to what RFC 6749, RFC 7636 and OpenID Connect demand.
struct AuthorizationRequest(Form);

impl AuthorizationRequest {
    #[track_caller]
    fn read(url: &str) -> Self {
        let (endpoint, query) = url.split_once('?').expect("a query");
        assert_eq!(endpoint, AUTHORIZATION_ENDPOINT);
        let form = Form::parse(query);
        assert_eq!(form.one("response_type"), "code");
        assert_eq!(form.one("client_id"), CLIENT);
        assert_eq!(form.one("code_challenge_method"), "S256");
        assert_eq!(form.one("code_challenge").len(), 43);
        assert!(form.one("state").len() >= 22, "at least 128 bits");
        let openid = form.one("scope").split(' ').any(|word| word == "openid");
        assert_eq!(form.0.contains_key("nonce"), openid, "a nonce goes with openid");
        Self(form)
    }

    #[track_caller]
    fn one(&self, key: &str) -> String {
        self.0.one(key)
    }

    fn optional(&self, key: &str) -> Option<String> {
        self.0.0.get(key).cloned()
    }
}
