//! The object behind the facade's `Shop`.

use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::session::{set, snapshot};
use super::{promise, signal_of};
use crate::client::{
    CallOptions, Customer, Options, Resumed, Return, Shop, SignInPolicy, TokenStore, open_popup, positive, read_wishes,
};
use crate::error::{Code, Result};
use crate::json::{Fields, Value};
use crate::platform::{Event, Navigation};
use crate::web::{Browser, TokenArea};

/// One shop, opened.
#[wasm_bindgen(skip_typescript)]
pub struct Core {
    customer: Rc<Customer<Browser>>,
}

/// Opens a shop: a promise of a [`Core`]. `on_event` is called with each event's name and detail.
#[wasm_bindgen(js_name = openShop)]
pub fn open_shop(options: JsValue, on_event: Function) -> Promise {
    promise(None, async move {
        let reader = Browser::new(TokenArea::Nowhere, Box::new(|_| {}));
        let read = Options::read(&reader, &options)?;
        let tokens = match read.store {
            TokenStore::Session => TokenArea::Tab,
            TokenStore::Local => TokenArea::Origin,
            TokenStore::Memory => TokenArea::Nowhere,
            TokenStore::Own => TokenArea::Own(options.get("storage").unwrap_or(JsValue::UNDEFINED)),
        };
        let browser = Browser::new(tokens, Box::new(move |event| tell(&on_event, &event)));
        let shop = Shop::open(Rc::new(browser), read).await;
        Ok(Core { customer: Customer::new(shop) }.into())
    })
}

#[wasm_bindgen]
impl Core {
    /// The session at this moment.
    #[wasm_bindgen(getter)]
    pub fn session(&self) -> JsValue {
        snapshot(&self.customer.shop.session)
    }

    /// Finishes a sign-in that left the page: `null` or `{returnTo, resumed}`.
    #[wasm_bindgen(js_name = handleRedirect)]
    pub fn handle_redirect(&self, query: Option<String>, navigate: bool, signal: Option<AbortSignal>) -> Promise {
        let customer = self.customer.clone();
        promise(signal, async move {
            Ok(match customer.handle_redirect(query, navigate).await? {
                Some(back) => brought_back(back),
                None => JsValue::NULL,
            })
        })
    }

    /// Signs in by popup (`{returnTo, resumed}`) or by leaving the page (`null`).
    pub fn login(&self, options: JsValue) -> Promise {
        let customer = self.customer.clone();
        // The window has to be opened in the click's own turn.
        let mode = options.get("mode").and_then(|mode| mode.text());
        let window = (mode.as_deref() == Some("popup")).then(|| open_popup(customer.shop.platform.as_ref()));
        promise(signal_of(&options), async move {
            let wishes = read_wishes(&options)?;
            let fields = Fields::of(&options, Code::OptionInvalid, "The login options");
            let return_to = fields.optional_string("returnTo").unwrap_or_else(|| customer.shop.platform.address());
            if fields.optional_string("mode").is_some_and(|mode| mode != "redirect" && mode != "popup") {
                fields.refuse("mode", "is not `redirect` or `popup`.");
            }
            fields.end(())?;
            let Some(window) = window else {
                customer.sign_in_by_redirect(wishes, return_to).await?;
                return Ok(JsValue::NULL);
            };
            customer.sign_in_by_popup(Some(window?), wishes).await?;
            Ok(brought_back(Return { return_to, resumed: Vec::new() }))
        })
    }

    /// Signs out.
    pub fn logout(&self, return_to: Option<String>) -> Promise {
        let customer = self.customer.clone();
        promise(None, async move {
            customer.logout(return_to.as_deref())?;
            Ok(JsValue::UNDEFINED)
        })
    }

    /// The server's tools.
    #[wasm_bindgen(js_name = listTools)]
    pub fn list_tools(&self, fresh: bool, signal: Option<AbortSignal>) -> Promise {
        let customer = self.customer.clone();
        promise(signal, async move {
            let tools = customer.list_tools(fresh).await?;
            Ok(tools.into_iter().collect::<Array>().into())
        })
    }

    /// A tool's answer, as `JSON.parse` made it.
    #[wasm_bindgen(js_name = callTool)]
    pub fn call_tool(&self, name: String, arguments: JsValue, options: JsValue) -> Promise {
        let customer = self.customer.clone();
        let read = read_call_options(&customer, &options);
        // A popup has to be opened in the click's own turn; one that turns out not to be needed is closed again.
        let signed_out = customer.shop.session.stamp().is_none();
        let wanted = matches!(&read, Ok(read) if read.policy == Some(SignInPolicy::Popup)) && signed_out;
        let window = if wanted { customer.shop.platform.open_popup() } else { None };
        promise(signal_of(&options), async move { customer.call_tool(&name, arguments, read?, window, None).await })
    }

    /// The page is shown: `pageshow`, with its `persisted`.
    #[wasm_bindgen(js_name = pageShown)]
    pub fn page_shown(&self, from_cache: bool) {
        self.customer.page_shown(from_cache);
    }

    /// Reports raw traffic to `hook`, before any masking.
    #[wasm_bindgen(js_name = setWire)]
    pub fn set_wire(&self, hook: Option<Function>) {
        self.customer.shop.platform.set_wire(hook);
    }

    /// Leaves the tabs' conversation.
    pub fn close(&self) {
        self.customer.shop.session.close();
    }
}

fn read_call_options(customer: &Customer<Browser>, options: &JsValue) -> Result<CallOptions> {
    let fields = Fields::of(options, Code::OptionInvalid, "The call's options");
    let policy = fields.take(SignInPolicy::read(options)).flatten();
    let read = CallOptions {
        timeout_ms: positive(&fields, "timeoutMs", customer.shop.options.target.timeout_ms),
        policy: Some(policy.unwrap_or(customer.shop.options.on_sign_in_needed)),
        resume: fields.flag("resume"),
    };
    fields.end(read)
}

fn brought_back(back: Return<JsValue>) -> JsValue {
    let object = Object::new().into();
    set(&object, "returnTo", &back.return_to.into());
    set(&object, "resumed", &back.resumed.into_iter().map(resumed).collect::<Array>().into());
    object
}

fn resumed(resumed: Resumed<JsValue>) -> JsValue {
    let object = Object::new().into();
    set(&object, "name", &resumed.call.name.into());
    set(&object, "arguments", &resumed.call.arguments);
    match resumed.outcome {
        Ok(result) => set(&object, "result", &result),
        Err(error) => set(&object, "error", &super::errors::to_js(&error)),
    }
    object
}

fn tell(on_event: &Function, event: &Event) {
    let detail: JsValue = Object::new().into();
    let kind = match event {
        Event::SignedIn => "signedin",
        Event::Refreshed => "refreshed",
        Event::SignedOut(reason) => {
            set(&detail, "reason", &(*reason).into());
            "signedout"
        }
        Event::SignInNeeded(name) => {
            set(&detail, "name", &name.as_str().into());
            "signinneeded"
        }
        Event::CallsDropped(names, reason) => {
            let calls: Array = names
                .iter()
                .map(|name| {
                    let call: JsValue = Object::new().into();
                    set(&call, "name", &name.as_str().into());
                    call
                })
                .collect();
            set(&detail, "calls", &calls);
            set(&detail, "reason", &(*reason).into());
            "callsdropped"
        }
    };
    // The facade's listener does not throw.
    let _ = on_event.call2(&JsValue::UNDEFINED, &kind.into(), &detail);
}
