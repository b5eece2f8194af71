//! The one error of every room: a numbered problem, and what a caller can act on.
//!
//! No sentence is a part of the wasm: it throws the numbers of [`Problem`] and [`Subject`], and the package's JavaScript
//! looks their words up in a table that the build writes from `error/problem.rs`.

use alloc::boxed::Box;
use alloc::string::String;

mod problem;

use alloc::borrow::Cow;

pub use problem::{Problem, Subject};

/// What every fallible function of this crate returns.
pub type Result<T> = core::result::Result<T, Error>;

/// The JavaScript class that a [`Code`] belongs to; the package's table knows it by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// `OptionsError`
    Options,
    /// `InstanceError`
    Instance,
    /// `DiscoveryError`
    Discovery,
    /// `SignInError`
    SignIn,
    /// `NetworkError`
    Network,
    /// `ProtocolError`
    Protocol,
    /// `RateLimitError`
    RateLimit,
    /// `ToolError`
    Tool,
    /// `StorageError`
    Storage,
}

macro_rules! codes {
    ($($class:ident { $($name:ident = $text:literal,)+ })+) => {
        /// A stable, machine-readable reason. The text is public API; the shell adds those that only it can meet.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Code { $($($name,)+)+ }

        impl Code {
            /// Every code, in the order of the classes.
            pub const ALL: &'static [Code] = &[$($(Code::$name,)+)+];

            /// The code as JavaScript sees it.
            #[must_use]
            pub fn text(self) -> &'static str {
                match self { $($(Code::$name => $text,)+)+ }
            }

            /// The class of the error that carries it.
            #[must_use]
            pub fn class(self) -> Class {
                match self { $($(Code::$name)|+ => Class::$class,)+ }
            }
        }
    };
}

codes! {
    Options {
        OptionInvalid = "option_invalid",
        SecretInPage = "secret_in_page",
    }
    Instance {
        RandomnessUnavailable = "randomness_unavailable",
    }
    Discovery {
        DiscoveryInvalid = "discovery_invalid",
        IssuerNotAccepted = "issuer_not_accepted",
        EndpointNotSecure = "endpoint_not_secure",
        McpApiMissing = "mcp_api_missing",
        PkceUnsupported = "pkce_unsupported",
        VersionUnsupported = "version_unsupported",
        UcpEndpointMissing = "ucp_endpoint_missing",
    }
    SignIn {
        StateMismatch = "state_mismatch",
        StateMissing = "state_missing",
        CallbackInvalid = "callback_invalid",
        IssuerMismatch = "issuer_mismatch",
        LoginExpired = "login_expired",
        LoginRequired = "login_required",
        AccessDenied = "access_denied",
        AuthorizationRefused = "authorization_refused",
        SignInNeeded = "sign_in_needed",
        TokenRefused = "token_refused",
        TokenInvalid = "token_invalid",
        IdTokenInvalid = "id_token_invalid",
        ClientRefused = "client_refused",
        CodeRefused = "code_refused",
        ReturnToInvalid = "return_to_invalid",
    }
    Network {
        RedirectRefused = "redirect_refused",
        HttpStatus = "http_status",
    }
    Protocol {
        AnswerInvalid = "answer_invalid",
        AnswerMismatch = "answer_mismatch",
        RpcError = "rpc_error",
        InvalidProfileUrl = "invalid_profile_url",
        ProfileUnreachable = "profile_unreachable",
        ProfileMalformed = "profile_malformed",
        ProfileNotTrusted = "profile_not_trusted",
        CapabilitiesIncompatible = "capabilities_incompatible",
        SignatureMissing = "signature_missing",
        SignatureInvalid = "signature_invalid",
        KeyNotFound = "key_not_found",
        DigestMismatch = "digest_mismatch",
        AlgorithmUnsupported = "algorithm_unsupported",
        IdempotencyConflict = "idempotency_conflict",
        BuyerIpMissing = "buyer_ip_missing",
        Forbidden = "forbidden",
    }
    RateLimit {
        RateLimited = "rate_limited",
    }
    Tool {
        ToolValidation = "tool_validation",
        ToolProcessing = "tool_processing",
        ToolNotFound = "tool_not_found",
        ToolUnknown = "tool_unknown",
        ToolUnauthorized = "tool_unauthorized",
        ToolFailed = "tool_failed",
        TierInsufficient = "tier_insufficient",
        ScopeMissing = "scope_missing",
    }
    Storage {
        StorageUnavailable = "storage_unavailable",
    }
}

/// An error: see the module. One pointer, so that a `Result` of it is cheap to move.
pub struct Error(Box<Fault>);

/// The parts of an [`Error`].
pub struct Fault {
    /// What went wrong.
    pub problem: Problem,
    /// Whose shape is wrong.
    pub subject: Option<Subject>,
    /// The option, member or parameter that was refused.
    pub field: Option<Cow<'static, str>>,
    /// The server's own words, in place of the sentence: untrusted.
    pub words: Option<String>,
    /// HTTP status, where an answer came.
    pub status: Option<u16>,
    /// Whether the same call can succeed when it is made again.
    pub retryable: bool,
    /// The wait that the server asked for, ms.
    pub retry_after_ms: Option<f64>,
    /// The server's own OAuth `error`: untrusted.
    pub oauth_error: Option<String>,
    /// The server's own OAuth `error_description`: untrusted, cut.
    pub oauth_description: Option<String>,
    /// The order number a tool did not find.
    pub order_number: Option<String>,
}

impl Error {
    /// A new error with nothing but its problem.
    #[must_use]
    #[inline(never)]
    pub fn new(problem: Problem) -> Self {
        Self(Box::new(Fault {
            problem,
            subject: None,
            field: None,
            words: None,
            status: None,
            retryable: false,
            retry_after_ms: None,
            oauth_error: None,
            oauth_description: None,
            order_number: None,
        }))
    }

    /// A problem of an option, member or parameter.
    #[must_use]
    #[inline(never)]
    pub fn at(problem: Problem, field: &'static str) -> Self {
        Self::new(problem).field(field)
    }

    /// A problem of the shape of `subject`.
    #[must_use]
    #[inline(never)]
    pub fn shape(problem: Problem, subject: Subject, field: Option<&'static str>) -> Self {
        let mut error = Self::new(problem);
        error.0.subject = Some(subject);
        error.0.field = field.map(Cow::Borrowed);
        error
    }

    /// Names the refused option, member or parameter.
    #[must_use]
    pub fn field(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    /// Replaces the sentence with the server's own words.
    #[must_use]
    pub fn words(mut self, words: String) -> Self {
        self.0.words = Some(words);
        self
    }

    /// Notes the HTTP status; 0 is none.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.0.status = Some(status).filter(|status| *status > 0);
        self
    }

    /// Says whether the same call can succeed later.
    #[must_use]
    pub fn retryable(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self
    }

    /// Notes the wait that the server asked for, ms, unless one is known.
    #[must_use]
    pub fn default_retry_after(mut self, ms: Option<f64>) -> Self {
        self.0.retry_after_ms = self.0.retry_after_ms.or(ms);
        self
    }

    /// Keeps the server's own OAuth words, as data.
    #[must_use]
    pub fn oauth(mut self, error: String, description: Option<String>) -> Self {
        self.0.oauth_error = Some(error);
        self.0.oauth_description = description;
        self
    }

    /// Names the order that was not found.
    #[must_use]
    pub fn order_number(mut self, number: Option<String>) -> Self {
        self.0.order_number = number;
        self
    }

    /// All parts.
    #[must_use]
    pub fn fault(&self) -> &Fault {
        &self.0
    }

    /// The stable reason.
    #[must_use]
    pub fn code(&self) -> Code {
        let own = self.0.problem.code();
        own.or(self.0.subject.map(Subject::code)).unwrap_or(Code::OptionInvalid)
    }

    /// What people read: the server's words, or the sentence of the problem.
    #[must_use]
    pub fn sentence(&self) -> String {
        match &self.0.words {
            Some(words) => words.clone(),
            None => {
                let subject = self.0.subject.map_or("", Subject::text);
                let field = self.0.field.as_deref().unwrap_or_default();
                self.0.problem.sentence().replace("{subject}", subject).replace("{field}", field)
            }
        }
    }
}

// Written by hand: the server's words are for the page, not for a log.
impl core::fmt::Debug for Error {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.code().text())?;
        f.write_str(": ")?;
        f.write_str(&self.sentence())
    }
}
