// What a shop's own page does: connect, pick up a sign-in, keep a list of what it was told. A test steers it by
// `pageSetup`, which it puts in place before any script runs, and talks to it through `globalThis.page`.

/**
 * `options` are added to the page's own, `only` replaces them.
 *
 * @type {{ options?: object, only?: object, entry?: string, connect?: boolean, handleRedirect?: object, wire?: boolean,
 *   popupOnLoad?: boolean, callOnLoad?: string }}
 */
const setup = globalThis.pageSetup ?? {};

const page = {
  /** @type {[string, object][]} */
  events: [],
  wire: [],
  violations: [],
  /** What `handleRedirect` brought on this page load. */
  back: undefined,
  settled: false,
  /** Runs in the click's own turn. */
  onAct: undefined,
  /** What the last thing that was started came to. */
  outcome: undefined,
  start(work) {
    page.outcome = undefined;
    settle(work).then((outcome) => {
      page.outcome = outcome;
    });
  },
  settle,
  connect,
  /** A method of the shop by its path: `cart.create`. */
  method(path) {
    const names = path.split(".");
    const name = names.pop();
    const owner = names.reduce((object, member) => object[member], page.shop);
    return (...args) => owner[name](...args);
  },
};
globalThis.page = page;

document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
  page.violations.push(`${violatedDirective} ${blockedURI}`);
});
document.getElementById("act").addEventListener("click", () => page.start(() => page.onAct()));

page.sdk = await import(setup.entry ?? "/pkg/index.js");
page.config = await (await fetch("/shop-config.json")).json();
if (setup.connect !== false) {
  page.back = await settle(async () => {
    await connect();
    return page.customer.handleRedirect(setup.handleRedirect);
  });
}
page.settled = true;
// What no click is behind. The test does not look in before it is told: to the browser, its look is a click.
if (setup.popupOnLoad) unasked(() => page.customer.login({ mode: "popup" }));
if (setup.callOnLoad) unasked(() => page.customer.callTool(setup.callOnLoad));

async function unasked(work) {
  page.outcome = await settle(work);
  location.hash = "done";
}

async function connect(options = {}) {
  const { shop, clientId, redirectUri, scope } = page.config;
  const { app, ...rest } = setup.options ?? {};
  const own = { shop, clientId: app ? page.config.appClientId : clientId, redirectUri, scope };
  page.shop = await page.sdk.connect({ ...(setup.only ?? { ...own, ...rest }), ...options });
  page.customer = page.shop.customer;
  for (const type of ["signedin", "signedout", "refreshed", "signinneeded", "callsdropped"]) {
    page.customer.addEventListener(type, ({ detail }) => page.events.push([type, detail]));
  }
  if (setup.wire) page.shop.addEventListener("wire", ({ detail }) => page.wire.push(detail));
  return page.shop;
}

/** An outcome that can leave the page: `{ value }` or `{ error }`. */
async function settle(work) {
  try {
    const value = await work();
    return { value: value === undefined ? null : plain(value) };
  } catch (error) {
    return { error: plain(error) };
  }
}

/** The exported class that an error is an instance of, by its exported name. */
function classOf(error) {
  const classes = Object.entries(page.sdk).filter(([name]) => name.endsWith("Error"));
  return classes.find(([, exported]) => error.constructor === exported)?.[0] ?? null;
}

function plain(value) {
  if (value instanceof Error) {
    const { name, message, code, retryable, retryAfterMs, field, status, error, errorDescription, orderNumber } = value;
    const { result, rpc, idempotencyKey } = value;
    return {
      class: classOf(value), name, message, code, retryable,
      retryAfterMs, field, status, error, errorDescription, orderNumber, result, rpc, idempotencyKey,
    };
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}
