import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PlainBrowser, codeIn } from "./support/plain-browser.js";
import { runningShop } from "./support/shop.js";
import { MAYA, authorizationRequest } from "./support/sign-in.js";

describe("the sign-in page", () => {
  const running = runningShop();

  async function open(overrides) {
    const { shop } = running;
    const browser = new PlainBrowser(shop);
    const { url: authorizeUrl } = await authorizationRequest(shop, overrides);
    const { url, response } = await browser.navigate(authorizeUrl);
    return { browser, url, response, html: await response.text() };
  }

  it("has no script, and refuses frames", async () => {
    const { response, html } = await open();
    assert.equal(response.headers.get("x-frame-options"), "DENY");
    assert.match(response.headers.get("content-security-policy"), /frame-ancestors 'none'/);
    assert.match(response.headers.get("content-security-policy"), /default-src 'none'/);
    assert.doesNotMatch(html, /<script/);
    assert.match(html, /Cedar &#38; Clay/);
  });

  it("speaks the language that was asked for", async () => {
    assert.match((await open({ locale: "fr-CA" })).html, /<html lang="fr-CA">[\s\S]*Se connecter/);
    assert.match((await open({ ui_locales: "de fr" })).html, /Se connecter/);
    assert.match((await open({ locale: "ja" })).html, /<html lang="en">[\s\S]*Sign in/);
  });

  it("fills in login_hint, and with login_hint_mode=submit goes on to the code", async () => {
    const hinted = await open({ login_hint: MAYA, region_country: "CA" });
    assert.match(hinted.html, /value="maya\.okafor@example\.com"/);
    const submitted = await open({ login_hint: MAYA, login_hint_mode: "submit" });
    assert.match(codeIn(submitted.html), /^\d{6}$/);
    const code = codeIn(submitted.html);
    const { url } = await submitted.browser.navigate(`${submitted.url}/code`, { form: { code } });
    assert.ok(url.searchParams.get("code"));
  });

  it("writes a hostile login_hint as text", async () => {
    const { html } = await open({ login_hint: '"><img src=x>' });
    assert.doesNotMatch(html, /<img/);
  });

  it("shows the code in the mailbox and in the state", async () => {
    const { shop } = running;
    const { browser, url } = await open();
    const { response } = await browser.navigate(url, { form: { email: MAYA.toUpperCase() } });
    const code = codeIn(await response.text());
    assert.deepEqual(shop.state().oneTimeCodes.map(({ email, code: sent }) => [email, sent]), [[MAYA, code]]);
  });

  it("says what is wrong with an address or a code", async () => {
    const { browser, url } = await open();
    const unknown = await browser.navigate(url, { form: { email: "nobody@example.com" } });
    assert.equal(unknown.response.status, 422);
    assert.match(await unknown.response.text(), /No customer of this shop/);
    const asked = await browser.navigate(url, { form: { email: MAYA } });
    const right = codeIn(await asked.response.text());
    const code = right === "000000" ? "000001" : "000000";
    const wrong = await browser.navigate(`${url}/code`, { form: { code } });
    assert.equal(wrong.response.status, 422);
    assert.match(await wrong.response.text(), /role="alert"/);
  });

  it("voids a code after five wrong ones", async () => {
    const { browser, url } = await open();
    const asked = await browser.navigate(url, { form: { email: MAYA } });
    const right = codeIn(await asked.response.text());
    const code = right === "000000" ? "000001" : "000000";
    for (let attempt = 0; attempt < 5; attempt += 1) await browser.navigate(`${url}/code`, { form: { code } });
    const late = await browser.navigate(`${url}/code`, { form: { code: right } });
    assert.equal(late.response.status, 422);
    assert.match(await late.response.text(), /no longer valid/);
  });

  it("goes back to the address, and back to the store", async () => {
    const { browser, url } = await open();
    await browser.navigate(url, { form: { email: MAYA } });
    const changed = await browser.navigate(`${url}?change`);
    assert.match(await changed.response.text(), /name="email"/);
    const canceled = await browser.navigate(`${url}/cancel`, { form: {} });
    assert.equal(canceled.url.searchParams.get("error"), "access_denied");
    const gone = await browser.navigate(url);
    assert.equal(gone.response.status, 400);
  });

  it("belongs to one browser", async () => {
    const { url } = await open();
    const stranger = await new PlainBrowser(running.shop).navigate(url);
    assert.equal(stranger.response.status, 400);
  });

  it("cuts the opener with coop", async () => {
    assert.equal((await open()).response.headers.get("cross-origin-opener-policy"), null);
    running.shop.settings({ coop: true });
    assert.equal((await open()).response.headers.get("cross-origin-opener-policy"), "same-origin");
  });
});
