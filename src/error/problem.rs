//! Every sentence of the core, with its code: the build writes the package's table from here.

use super::Code;

macro_rules! subjects {
    ($($name:ident => $code:ident, $text:literal;)+) => {
        /// What an object is, whose shape can be wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Subject { $(#[doc = $text] $name,)+ }

        impl Subject {
            /// Every subject, in the order of their numbers: the first one is 1, since 0 is none.
            pub const ALL: &'static [Subject] = &[$(Subject::$name,)+];

            /// The code of what is wrong with its shape.
            #[must_use]
            pub fn code(self) -> Code {
                match self { $(Subject::$name => Code::$code,)+ }
            }

            /// What a sentence calls it.
            #[must_use]
            pub fn text(self) -> &'static str {
                match self { $(Subject::$name => $text,)+ }
            }

            /// The number that is thrown.
            #[must_use]
            pub fn number(self) -> u8 {
                self as u8 + 1
            }
        }
    };
}

subjects! {
    Options => OptionInvalid, "The options";
    LoginOptions => OptionInvalid, "The login options";
    CallOptions => OptionInvalid, "The call's options";
    LoginDocument => DiscoveryInvalid, "The shop's openid-configuration";
    CustomerDocument => DiscoveryInvalid, "The shop's customer-account-api";
    PendingLogin => OptionInvalid, "The pending login";
    TokenAnswer => TokenInvalid, "The token answer";
    StoredSession => StorageUnavailable, "The stored session";
    ShopProfile => DiscoveryInvalid, "The UCP profile";
    AgentProfiles => OptionInvalid, "The list of the agent's profiles";
    SigningKey => OptionInvalid, "The signing key";
    SignedRequest => OptionInvalid, "The request to sign";
    Agent => OptionInvalid, "The option `agent`";
    Catalog => OptionInvalid, "The option `catalog`";
}

macro_rules! problems {
    ($($name:ident => $($code:ident,)? $sentence:literal;)+) => {
        /// What went wrong. A problem of an object's shape has the code of its [`Subject`]. `{subject}` and `{field}`
        /// stand for the error's own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum Problem { $($name,)+ }

        impl Problem {
            /// Every problem, in the order of their numbers: the first one is 0.
            pub const ALL: &'static [Problem] = &[$(Problem::$name,)+];

            /// The code; `None` where the subject has it.
            #[must_use]
            pub fn code(self) -> Option<Code> {
                match self { $(Problem::$name => <[Code]>::first(&[$(Code::$code)?]).copied(),)+ }
            }

            /// A sentence that names the setting to change.
            #[must_use]
            pub fn sentence(self) -> &'static str {
                match self { $(Problem::$name => $sentence,)+ }
            }
        }
    };
}

problems! {
    NotAnObject => "{subject} is not a JSON object.";
    Missing => "{subject}: `{field}` is missing.";
    NotAString => "{subject}: `{field}` is not a string.";
    NotANumber => "{subject}: `{field}` is not a number.";
    NotPositive => "{subject}: `{field}` is not a positive number.";
    NotABoolean => "{subject}: `{field}` is not true or false.";
    NotStrings => "{subject}: `{field}` is not a list of strings.";
    NotForHeaders => "{subject}: `{field}` holds characters that no header may carry.";
    OtherVersion => "{subject}: `{field}` is not the version that this release writes.";

    OptionUnknown => OptionInvalid, "`connect` has no option `{field}`.";
    SecretInPage => SecretInPage,
        "A page cannot keep a secret: use a public client with PKCE, or a proxy of your own. Revoke this secret.";
    ShopInvalid =>
        "{subject}: `{field}` is not a host like `example.com` (or an http origin on loopback, from a loopback page).";
    RedirectUriRelative => "{subject}: `{field}` is not an absolute http(s) URL.";
    RedirectUriElsewhere =>
        "{subject}: `{field}` is not a page of this origin without a fragment: the way back ends here.";
    ScopeInvalid => "{subject}: `{field}` holds characters that no scope has.";
    EndpointInvalid => "{subject}: `{field}` is not a URL or a path of this origin.";
    AuthorizationUnknown => "{subject}: `{field}` is not `raw` or `Bearer`.";
    SignInPolicyUnknown => "{subject}: `{field}` is not `redirect`, `popup` or `event`.";
    StorageUnknown => "{subject}: `{field}` is not `session`, `memory`, `local` or a store of your own.";
    AccessTokenInvalid => OptionInvalid, "The access token holds characters that no header may carry.";
    ModeUnknown => "{subject}: `{field}` is not `redirect` or `popup`.";
    PromptUnknown => "{subject}: `{field}` is not `none` or `login`.";
    LoginHintMissing => "{subject}: `{field}` only goes with `loginHint`.";
    ReturnToElsewhere => ReturnToInvalid, "`returnTo` is not a page of this origin.";
    NoRandomness => RandomnessUnavailable,
        "This browser gives no secure random numbers: nothing is signed or sent without them.";

    EndpointNotSecure => EndpointNotSecure,
        "`{field}` is not an https URL without credentials and fragment: it is not used.";
    IssuerNotAccepted => IssuerNotAccepted,
        "The shop's `issuer` is neither on its own host nor https://shopify.com/authentication/<id>: list it in `issuers` if you trust it.";
    PkceUnsupported => PkceUnsupported, "The shop's login does not offer PKCE with S256: no sign-in is started.";
    EndpointQueryInvalid => DiscoveryInvalid,
        "The shop's authorization endpoint already carries a parameter of the request in its own query.";
    McpApiMissing => McpApiMissing,
        "The shop names no Customer Accounts MCP server: it has no custom domain, or the server is not enabled for it.";

    CallbackDoubled => CallbackInvalid, "The callback carries a parameter twice: it is not used.";
    StateMissing => StateMissing, "The callback carries no state: start again.";
    StateMismatch => StateMismatch, "This callback answers another sign-in: it is not used.";
    LoginExpired => LoginExpired, "The sign-in took longer than ten minutes: start again.";
    IssuerMismatch => IssuerMismatch,
        "The callback was not issued by the login server that this sign-in was started at: it is not used.";
    CodeMissing => CallbackInvalid, "The callback carries neither a code nor an error.";
    LoginRequired => LoginRequired,
        "There is no account session to renew silently: sign in without `prompt: \"none\"`.";
    AccessDenied => AccessDenied, "The sign-in was cancelled or refused.";
    LoginUnavailable => AuthorizationRefused, "The login server could not answer: try again.";
    AuthorizationRefused => AuthorizationRefused,
        "The login server refused the request: check `clientId`, `redirectUri` and `scope` (see `error`).";

    TokenEndpointRedirects => RedirectRefused, "The token endpoint redirects: that is not followed.";
    TokenAnswerNotJson => TokenInvalid, "The token answer is not JSON.";
    TokenTypeUnknown => "{subject}: `{field}` is not Bearer.";
    CodeRefused => CodeRefused, "The login server refused the code: sign in again.";
    RefreshUnsupported => TokenRefused, "This client cannot refresh its tokens: sign in again.";
    TokenEndpointUnavailable => TokenRefused, "The login server could not answer: try again.";
    ClientRefused => ClientRefused,
        "The login server refused this client: check `clientId`, and that this page's origin is among its JavaScript origins.";
    TokenRequestRefused => TokenRefused,
        "The login server refused the token request: check `redirectUri` and `scope`.";

    IdTokenParts => IdTokenInvalid, "The ID token does not have three parts.";
    IdTokenNotJson => IdTokenInvalid, "The ID token holds a part that is not a JSON object.";
    IdTokenAlgorithm => IdTokenInvalid, "The ID token is not signed with RS256 or ES256.";
    IdTokenCritical => IdTokenInvalid, "The ID token demands an extension.";
    IdTokenSignature => IdTokenInvalid, "The ID token has a broken signature part.";
    IdTokenIssuer => IdTokenInvalid, "The ID token was issued by someone else.";
    IdTokenAudience => IdTokenInvalid, "The ID token is meant for another client.";
    IdTokenParty => IdTokenInvalid, "The ID token was asked for by another client.";
    IdTokenSubject => IdTokenInvalid, "The ID token names no customer.";
    IdTokenExpired => IdTokenInvalid, "The ID token has expired, or this device's clock is wrong.";
    IdTokenFuture => IdTokenInvalid, "The ID token is from the future, or this device's clock is wrong.";
    IdTokenNonce => IdTokenInvalid, "The ID token answers another sign-in.";
    IdTokenHash => IdTokenInvalid, "The ID token belongs to another access token.";
    IdTokenRenewed => IdTokenInvalid,
        "The renewed ID token names another customer or issuer: sign in again.";

    ServerRedirects => RedirectRefused,
        "The MCP server redirects, which is never followed with a token: is the shop behind a password?";
    SignInNeeded => SignInNeeded,
        "The server wants a signed-in customer: sign in, and check `scope` and `authorization` (raw or Bearer) if it refuses a fresh token.";
    RateLimited => RateLimited, "The server limits its rate: call less often, or wait for `retryAfterMs`.";
    HttpStatus => HttpStatus, "The server answered with an HTTP error: see `status`.";
    AnswerNotJson => AnswerInvalid, "The answer is not JSON.";
    AnswerNotJsonRpc => AnswerInvalid, "The answer is not a JSON-RPC 2.0 answer.";
    AnswerMismatch => AnswerMismatch, "The answer belongs to another request: it is given to nobody.";
    AnswerAmbiguous => AnswerInvalid, "The answer holds both a result and an error.";
    AnswerEmpty => AnswerInvalid, "The answer holds neither a result nor an error.";
    ResultTypeUnknown => AnswerInvalid, "The answer is of a kind that this client does not know.";
    RpcErrorInvalid => AnswerInvalid, "The answer's error has no code and message.";
    RpcError => RpcError, "The server answered with an error.";

    ToolAnswerInvalid => AnswerInvalid, "The tool's answer is not an object.";
    ToolValidation => ToolValidation, "The tool refused its arguments.";
    ToolProcessing => ToolProcessing, "The tool could not process the request.";
    ToolNotFound => ToolNotFound, "The tool did not find what it was asked for.";
    ToolUnknown => ToolUnknown, "The server has no such tool.";
    ToolRateLimited => RateLimited, "The tool limits its rate.";
    ToolUnauthorized => ToolUnauthorized, "The tool wants a signed-in customer.";
    ToolFailed => ToolFailed, "The tool failed without saying why.";

    // From here on: the rooms of `ucp` alone, see `OF_CUSTOMER`.
    NotAMap => "{subject}: `{field}` is not an object.";
    NotAList => "{subject}: `{field}` is not a list.";
    NotAVersion => "{subject}: `{field}` is not a version like `2026-08-25`.";
    ProfileUrlInvalid => "{subject}: `{field}` is not an https URL that a header can quote.";
    LeafOfAnotherVersion => "{subject}: `{field}` is not the version that it was fetched for: it is not used.";
    VersionUnsupported => VersionUnsupported,
        "The shop and this agent have no version of UCP in common: host a profile for one that the shop lists, and name it in `agent`.";
    UcpEndpointMissing => UcpEndpointMissing,
        "The shop's profile names no MCP endpoint for `dev.ucp.shopping` in the version that is spoken.";

    MemberUnknown => "{subject} has no member `{field}`.";
    CatalogUnknown => "{subject}: `{field}` is not `shop`, `global` or `discover`.";
    TierUnknown => "{subject}: `{field}` is not `anonymous`, `signed` or `token`.";
    TokenInPage => SecretInPage,
        "`agent.token` is neither `\"customer\"` nor a function: a token in the options is every visitor's.";
    TokenBesideProxy => "{subject}: `{field}` does not go through the proxy, which adds a token of its own: leave it out.";
    ProxyElsewhere => "{subject}: `{field}` is not a path of this origin.";

    CompletionNeedsToken => TierInsufficient,
        "`{field}` is for agents with a token that may complete purchases: configure `token`, or open `continueUrl` for the buyer.";
    CompletionNotGranted => Forbidden,
        "`{field}` needs a token that was granted to complete purchases at this shop: ask the shop, or open `continueUrl` for the buyer.";
    OrdersNeedToken => TierInsufficient,
        "`{field}` is for agents with a token that has the scope `read_global_api_orders`: configure `token`.";
    OrderScopeMissing => ScopeMissing,
        "`{field}` needs a token with the scope `read_global_api_orders`, and reads the orders of its own agent alone.";

    CatalogNeedsToken => TierInsufficient,
        "`{field}` of this catalog takes a token with the scope `read_global_api_catalog_search`: configure `catalog.token`, or a proxy.";
    CatalogScopeMissing => ScopeMissing,
        "`{field}` takes a token with the scope `read_global_api_catalog_search`, which this one does not have.";
    TokenWanted => Forbidden,
        "The server wants a token for `{field}`, though the tiers allow it without: configure `agent.token`, or a proxy that adds one.";
    TokenRefused => Forbidden,
        "The server refuses the token for `{field}`: does it belong to the agent of the profile, and to this shop?";

    PrivateKeyInPage => SecretInPage,
        "The key holds its private half (`{field}`), which a page cannot keep: give the public half alone, and make a new key.";
    MethodInvalid => "{subject}: `{field}` is not a method in upper case.";
    UrlNotSigned => "{subject}: `{field}` is not an https URL without credentials and fragment.";

    ProfileUrlRefused => InvalidProfileUrl,
        "The server does not take the URL of the agent's profile: it has to be https, public, and in `agent`.";
    ProfileUnreachable => ProfileUnreachable,
        "The server could not fetch the agent's profile: it has to be public, without redirects.";
    ProfileMalformed => ProfileMalformed,
        "The server does not understand the agent's profile: host it as application/json with `Cache-Control: public, max-age=60` or more.";
    ProfileVersionRefused => VersionUnsupported,
        "The server does not speak the version of the agent's profile: read the shop's profile again.";
    ProfileNotTrusted => ProfileNotTrusted, "The server does not trust the agent's profile, or it is not that of the token.";
    CapabilitiesIncompatible => CapabilitiesIncompatible,
        "The shop and this agent have no capability in common: see what the agent's profile declares.";
    SignatureMissing => SignatureMissing, "The server wants a signed request.";
    SignatureRefused => SignatureInvalid,
        "The server does not accept the signature: was the exact request signed, and for the server's own authority?";
    KeyNotFound => KeyNotFound,
        "The server does not find the signing key in the agent's profile: publish it in `signing_keys` and in `keys`.";
    DigestMismatch => DigestMismatch, "The server received another body than the one that was signed.";
    AlgorithmUnsupported => AlgorithmUnsupported, "The server does not verify signatures of this kind of key.";
    IdempotencyConflict => IdempotencyConflict,
        "Another call was made with this idempotency key: a changed call needs a new one.";
    Forbidden => Forbidden, "The server refuses this call to this agent.";
    ToolNotNegotiated => ToolUnknown,
        "The server has no such tool for this agent: does the agent's profile declare the capability?";
    BuyerIpMissing => BuyerIpMissing,
        "The server wants the buyer's address, which a page cannot know: call it through a proxy that adds `Shopify-Buyer-IP`.";
    ResourceMissing => AnswerInvalid, "The tool's answer holds no resource.";
}

impl Problem {
    /// How many of them the customer's rooms have: those of `ucp` come after.
    pub const OF_CUSTOMER: usize = Problem::NotAMap as usize;
}
