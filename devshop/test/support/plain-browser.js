import { createHash, randomBytes } from "node:crypto";
import { tlsFetch } from "./tls-fetch.js";

/** A browser as far as a login needs one: navigations with cookies by host, forms, and fetches that carry an Origin. */
export class PlainBrowser {
  #cookies = [];

  constructor(shop) {
    this.shop = shop;
  }

  /** One request of a navigation; redirects are left to the caller. */
  async request(url, { form } = {}) {
    const target = new URL(url);
    const response = await (this.shop.tls ? tlsFetch(this.shop.tls) : fetch)(target, {
      method: form ? "POST" : "GET",
      redirect: "manual",
      headers: { cookie: this.#cookieHeader(target) },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(target, line);
    return response;
  }

  /**
   * Follows redirects until a page or an address outside the login.
   *
   * @returns {Promise<{url: URL, response: Response | null}>}
   */
  async navigate(url, options) {
    let target = new URL(url);
    let response = await this.request(target, options);
    while ([301, 302, 303, 307].includes(response.status)) {
      target = new URL(response.headers.get("location"), target);
      if (!this.#isLogin(target)) return { url: target, response: null };
      response = await this.request(target);
    }
    return { url: target, response };
  }

  /** Signs in as a customer would: address, code from the mailbox. @returns {Promise<URL>} the callback */
  async signIn(authorizeUrl, email) {
    const first = await this.navigate(authorizeUrl);
    if (!first.response) return first.url;
    const asked = await this.navigate(first.url, { form: { email } });
    const code = codeIn(await asked.response.text());
    const last = await this.navigate(`${asked.url}/code`, { form: { code } });
    return last.url;
  }

  #isLogin(url) {
    const hosts = [this.shop.shopify, this.shop.account, this.shop.shop].map((origin) => new URL(origin).host);
    return hosts.includes(url.host) && url.pathname.startsWith("/authentication/");
  }

  #cookieHeader({ hostname, pathname }) {
    return this.#cookies
      .filter(({ host, path }) => host === hostname && pathMatches(pathname, path))
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
  }

  #keep(url, line) {
    const [pair, ...attributes] = line.split(/; */);
    const [name, value] = pair.split(/=(.*)/);
    const path = attributes.find((text) => /^path=/i.test(text))?.slice(5) ?? "/";
    const expires = attributes.find((text) => /^expires=/i.test(text))?.slice(8);
    this.#cookies = this.#cookies.filter((cookie) =>
      !(cookie.host === url.hostname && cookie.path === path && cookie.name === name));
    if (expires && new Date(expires) <= new Date()) return;
    this.#cookies.push({ host: url.hostname, path, name, value });
  }
}

/** RFC 6265 section 5.1.4. */
function pathMatches(pathname, cookiePath) {
  return pathname === cookiePath || pathname.startsWith(cookiePath.endsWith("/") ? cookiePath : `${cookiePath}/`);
}

/** The one-time code on the sign-in page. */
export function codeIn(html) {
  return html.match(/id="one-time-code">(\d{6})</)[1];
}

export function pkce() {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}
