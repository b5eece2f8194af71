import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PlainBrowser } from "./support/plain-browser.js";
import { runningShop } from "./support/shop.js";
import { MAYA, THEO, authorizationRequest } from "./support/sign-in.js";
import { tlsFetch } from "./support/tls-fetch.js";
import { MUG, PORTLAND, callUcp, codes, lines, readyCheckout, totalOf, ucpMessage } from "./support/ucp.js";

const MOST_HOPS = 6;

/** Every address that a browser comes by from here to a page, and the page. */
async function follow(browser, url) {
  const hops = [new URL(url)];
  let response = await browser.request(url);
  while (response.status >= 300 && response.status < 400) {
    assert.ok(hops.length <= MOST_HOPS, "a loop");
    hops.push(new URL(response.headers.get("location"), hops.at(-1)));
    response = await browser.request(hops.at(-1));
  }
  return { hops, response, html: await response.text() };
}

const withParameters = (url, parameters) => `${url}&${new URLSearchParams(parameters)}`;

for (const [profile, options] of [["plain http", {}], ["TLS", { tls: true }]]) {
  describe(`a signed-in shopper goes to the checkout, over ${profile}`, () => {
    const running = runningShop(options);

    const browserOf = async (email) => {
      const browser = new PlainBrowser(running.shop);
      if (email) await browser.signIn(await authorizeUrl(), email);
      return browser;
    };

    /** An authorization request of the storefront, made without discovery's help: TLS names are nobody's here. */
    async function authorizeUrl() {
      const { shop } = running;
      if (!shop.tls) return (await authorizationRequest(shop)).url;
      const text = await (await tlsFetch(shop.tls)(`${shop.shop}/.well-known/openid-configuration`)).text();
      return `${JSON.parse(text).authorization_endpoint}?${new URLSearchParams({
        client_id: shop.clients.headless.clientId, redirect_uri: `${shop.shop}/account/`, response_type: "code",
        scope: "openid email", code_challenge: "a".repeat(43), code_challenge_method: "S256",
      })}`;
    }

    async function create(checkout = { line_items: lines([MUG]) }) {
      const { shop } = running;
      const body = JSON.stringify(ucpMessage(shop, "create_checkout", { checkout }));
      const response = await (shop.tls ? tlsFetch(shop.tls) : fetch)(`${shop.ucp}/api/ucp/mcp`, {
        method: "POST", headers: { "content-type": "application/json" }, body,
      });
      return JSON.parse(await response.text()).result.structuredContent;
    }

    for (const [urlShape, host] of [["shopify", "shopify"], ["vanity", "account"], ["seed", "shop"]]) {
      it(`and is known there, by the ${urlShape} URLs`, async () => {
        const { shop } = running;
        shop.settings({ urlShape });
        const browser = await browserOf(MAYA);
        const { continue_url: url } = await create();
        shop.clearLog();
        const { hops, html, response } = await follow(browser, withParameters(url, { logged_in: "true" }));
        assert.equal(response.status, 200);
        assert.deepEqual(hops.map(({ origin, pathname }) => [origin, pathname.split("/").at(-1)]), [
          [shop.shop, new URL(url).pathname.split("/").at(-1)], [shop[host], "authorize"], [shop.shop, "sso"],
          [shop.shop, new URL(url).pathname.split("/").at(-1)],
        ]);
        assert.equal(hops.at(-1).href, url, "the parameter is gone");
        assert.equal(hops[1].searchParams.get("prompt"), "none");
        assert.equal(hops[1].searchParams.get("code_challenge_method"), "S256");
        assert.match(html, /Signed in as maya\.okafor@example\.com/);
        assert.match(html, /<input id="email"[^>]*\s+value="maya\.okafor@example\.com">/);
        const page = shop.log().filter(({ kind }) => kind === "checkout-page");
        assert.deepEqual(page.map(({ outcome, customer }) => [outcome, customer]), [
          ["silent_sign_in", undefined], ["signed_in", MAYA], ["incomplete", undefined],
        ]);
      });
    }

    it("and stays a guest where nobody is signed in, after one attempt", async () => {
      const { shop } = running;
      const browser = await browserOf(null);
      const { continue_url: url } = await create();
      const { hops, html } = await follow(browser, withParameters(url, { logged_in: "true", sso: "silent" }));
      assert.equal(hops.length, 4);
      assert.equal(hops[2].searchParams.get("error"), "login_required");
      assert.equal(hops.at(-1).href, url);
      assert.doesNotMatch(html, /Signed in/);
      assert.match(html, /<input id="email"[^>]*\s+value="">/);
      assert.equal(shop.log().filter(({ kind }) => kind === "token").length, 0);
    });
  });
}

describe("the checkout's silent sign-in", () => {
  const running = runningShop();

  const get = async ({ id }, how) => (await callUcp(running.shop, "get_checkout", { id }, how)).data;
  const create = async (checkout) => (await callUcp(running.shop, "create_checkout", { checkout })).data;
  const silently = (url) => withParameters(url, { sso: "silent" });
  const signedIn = async (email = MAYA) => {
    const browser = new PlainBrowser(running.shop);
    await browser.signIn((await authorizationRequest(running.shop)).url, email);
    return browser;
  };

  it("tells the agent whom to write to, unless it knew", async () => {
    const browser = await signedIn();
    const bare = await create({ line_items: lines([MUG]) });
    await follow(browser, silently(bare.continue_url));
    assert.equal((await get(bare)).buyer.email, MAYA);
    const named = await create(readyCheckout({ buyer: { email: "gift@example.com" } }));
    const { html } = await follow(browser, silently(named.continue_url));
    assert.match(html, /Signed in as maya/);
    assert.match(html, /value="gift@example\.com"/);
    assert.equal((await get(named)).buyer.email, "gift@example.com");
  });

  it("gives the buyer what is for customers", async () => {
    const checkout = await create(readyCheckout({ discounts: { codes: ["MEMBERS"] } }));
    assert.deepEqual(codes(checkout), ["identity_required"]);
    await follow(await signedIn(), silently(checkout.continue_url));
    const known = await get(checkout);
    assert.equal(known.status, "ready_for_complete");
    assert.equal(totalOf(known, "discount"), -840);
  });

  it("pays with the address that was filled in", async () => {
    const browser = await signedIn();
    const checkout = await create({ line_items: lines([MUG]) });
    await follow(browser, silently(checkout.continue_url));
    const paid = await browser.request(checkout.continue_url, { form: { email: MAYA, ...PORTLAND } });
    assert.equal(paid.status, 303);
    assert.equal((await get(checkout)).status, "completed");
  });

  it("follows a cart to its checkout", async () => {
    const browser = await signedIn();
    const { data: cart } = await callUcp(running.shop, "create_cart", { cart: { line_items: lines([MUG]) } });
    const { html } = await follow(browser, withParameters(cart.continue_url, { logged_in: "true" }));
    assert.match(html, /Signed in as maya/);
    const { headers } = await browser.request(cart.continue_url, { form: {} });
    const checkout = await (await browser.request(headers.get("location"))).text();
    assert.match(checkout, /Signed in as maya/);
    assert.match(checkout, /value="maya/);
  });

  it("is known to this browser only, and sees who is signed in now", async () => {
    const browser = await signedIn();
    const { continue_url: url } = await create({ line_items: lines([MUG]) });
    await follow(browser, silently(url));
    assert.doesNotMatch(await (await fetch(url)).text(), /Signed in/);
    await browser.signIn((await authorizationRequest(running.shop, { prompt: "login" })).url, THEO);
    assert.match((await follow(browser, silently(url))).html, /Signed in as theo/);
  });

  it("takes no callback that it does not wait for, or that another browser began", async () => {
    const { shop } = running;
    const browser = await signedIn();
    const { continue_url: url } = await create({ line_items: lines([MUG]) });
    const toLogin = (await browser.request(silently(url))).headers.get("location");
    const callback = (await browser.request(toLogin)).headers.get("location");
    const victim = new PlainBrowser(shop);
    const elsewhere = await victim.request(callback);
    assert.equal(elsewhere.status, 303);
    assert.equal(new URL(elsewhere.headers.get("location"), shop.shop).href, url);
    assert.doesNotMatch(await (await victim.request(url)).text(), /Signed in/);
    assert.equal((await browser.request(callback)).status, 400, "a state is good for once");
    assert.equal((await browser.request(`${shop.shop}/checkouts/sso?state=x&code=y`)).status, 400);
    assert.deepEqual(shop.log().filter(({ kind }) => kind === "token"), []);
  });

  it("makes do without, when the login breaks down", async () => {
    const { shop } = running;
    const browser = await signedIn();
    const { continue_url: url } = await create({ line_items: lines([MUG]) });
    shop.settings({ faults: [{ on: "token", times: 1, do: { status: 503 } }] });
    const { hops, html } = await follow(browser, silently(url));
    assert.equal(hops.at(-1).href, url);
    assert.doesNotMatch(html, /Signed in/);
    shop.settings({ idToken: false, idTokenFault: "wrong-nonce", issInCallback: true });
    assert.match((await follow(browser, silently(url))).html, /Signed in/, "what is set for storefronts is not for it");
  });

  it("leaves a page alone whose address does not ask, and has a client that is good for nothing else", async () => {
    const { shop } = running;
    const { continue_url: url } = await create({ line_items: lines([MUG]) });
    for (const parameters of [{ logged_in: "false" }, { sso: "loud" }, {}]) {
      assert.equal((await fetch(withParameters(url, parameters), { redirect: "manual" })).status, 200);
    }
    const browser = await signedIn();
    const toLogin = new URL((await browser.request(silently(url))).headers.get("location"));
    const wrong = { redirect_uri: `${shop.shop}/account/`, scope: "customer-account-mcp-api:full" };
    for (const [name, value] of Object.entries(wrong)) {
      const altered = new URL(toLogin);
      altered.searchParams.set(name, value);
      const { status, headers } = await browser.request(altered);
      const to = headers.get("location");
      assert.ok(status === 400 || new URL(to).searchParams.get("error") === "invalid_scope", name);
    }
  });
});
