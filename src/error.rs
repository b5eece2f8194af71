//! The one error of every room: a stable code, a sentence that says what to change, and what a caller can act on.

use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

/// What every fallible function of this crate returns.
pub type Result<T> = core::result::Result<T, Error>;

/// The JavaScript class that a [`Code`] belongs to; the discriminants are known to `js/errors.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    ($($class:ident { $($(#[doc = $doc:literal])? $name:ident = $text:literal,)+ })+) => {
        /// A stable, machine-readable reason. The text is public API; the facade adds a few that only it can meet.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Code { $($($(#[doc = $doc])? $name,)+)+ }

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
        DiscoveryUnavailable = "discovery_unavailable",
        DiscoveryInvalid = "discovery_invalid",
        DiscoveryRedirected = "discovery_redirected",
        IssuerNotAccepted = "issuer_not_accepted",
        EndpointNotSecure = "endpoint_not_secure",
        McpApiMissing = "mcp_api_missing",
        PkceUnsupported = "pkce_unsupported",
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
        PopupBlocked = "popup_blocked",
        PopupClosed = "popup_closed",
        PopupTimeout = "popup_timeout",
        SignInNeeded = "sign_in_needed",
        SignInAbandoned = "sign_in_abandoned",
        SignInRepeated = "sign_in_repeated",
        TokenRefused = "token_refused",
        TokenInvalid = "token_invalid",
        IdTokenInvalid = "id_token_invalid",
        ClientRefused = "client_refused",
        CodeRefused = "code_refused",
        SessionEnded = "session_ended",
        SessionChanged = "session_changed",
        CallNotResumed = "call_not_resumed",
        CustomerChanged = "customer_changed",
        ReturnToInvalid = "return_to_invalid",
    }
    Network {
        Network = "network",
        Offline = "offline",
        Timeout = "timeout",
        Aborted = "aborted",
        RedirectRefused = "redirect_refused",
        HttpStatus = "http_status",
        TooLarge = "too_large",
    }
    Protocol {
        AnswerInvalid = "answer_invalid",
        AnswerMismatch = "answer_mismatch",
        RpcError = "rpc_error",
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
    }
    Storage {
        StorageBlocked = "storage_blocked",
        StorageFull = "storage_full",
        StorageUnavailable = "storage_unavailable",
    }
}

/// Text of a sentence: literal where nothing varies, so that most errors allocate nothing for it.
pub type Text = Cow<'static, str>;

/// An error: see the module. Cheap to move, cloned where several calls share one outcome.
#[derive(Clone)]
pub struct Error(Box<Fault>);

/// The parts of an [`Error`].
#[derive(Clone)]
pub struct Fault {
    /// The stable reason.
    pub code: Code,
    /// A sentence that names the setting to change. Never holds a secret.
    pub message: Text,
    /// The option, member or parameter that was refused.
    pub field: Option<Text>,
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
    /// A value of the platform: a tool's answer, or a JSON-RPC error object.
    pub answer: Option<Rc<dyn Any>>,
    /// A value of the platform: what was thrown underneath.
    pub cause: Option<Rc<dyn Any>>,
}

impl Error {
    /// A new error with nothing but its reason and sentence.
    #[must_use]
    pub fn new(code: Code, message: impl Into<Text>) -> Self {
        Self(Box::new(Fault {
            code,
            message: message.into(),
            field: None,
            status: None,
            retryable: false,
            retry_after_ms: None,
            oauth_error: None,
            oauth_description: None,
            order_number: None,
            answer: None,
            cause: None,
        }))
    }

    /// Names the refused option, member or parameter.
    #[must_use]
    pub fn field(mut self, field: impl Into<Text>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    /// Notes the HTTP status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    /// Says that the same call can succeed later.
    #[must_use]
    pub fn retryable(mut self) -> Self {
        self.0.retryable = true;
        self
    }

    /// Notes the wait that the server asked for, ms.
    #[must_use]
    pub fn retry_after(mut self, ms: Option<f64>) -> Self {
        self.0.retry_after_ms = ms;
        self
    }

    /// Attaches a tool's answer or a JSON-RPC error object.
    #[must_use]
    pub fn answer<V: 'static>(mut self, answer: V) -> Self {
        self.0.answer = Some(Rc::new(answer));
        self
    }

    /// Attaches what was thrown underneath.
    #[must_use]
    pub fn cause<V: 'static>(mut self, cause: V) -> Self {
        self.0.cause = Some(Rc::new(cause));
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

    /// Replaces the sentence, keeping the rest.
    #[must_use]
    pub fn message(mut self, message: impl Into<Text>) -> Self {
        self.0.message = message.into();
        self
    }

    /// The stable reason.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// All parts.
    #[must_use]
    pub fn fault(&self) -> &Fault {
        &self.0
    }
}

// Written by hand: a derive would print the attached values of the platform.
impl core::fmt::Debug for Error {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.0.code.text())?;
        f.write_str(": ")?;
        f.write_str(&self.0.message)
    }
}
