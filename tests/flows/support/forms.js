// Requests to the login server, held to what RFC 6749, RFC 7636 and OpenID Connect demand.

import assert from "node:assert/strict";

/** A query or form in which nothing may appear twice. */
class Form {
  #values;

  constructor(text) {
    const pairs = [...new URLSearchParams(text)];
    this.#values = new Map(pairs);
    assert.equal(this.#values.size, pairs.length, "no parameter is there twice");
  }

  one(name) {
    assert.ok(this.#values.has(name), `${name} is there`);
    return this.#values.get(name);
  }

  optional(name) {
    return this.#values.get(name);
  }

  hasOnly(...names) {
    assert.deepEqual([...this.#values.keys()].filter((name) => !names.includes(name)), [], "nothing more is sent");
  }
}

export function readAuthorization(url, endpoint, client) {
  const { origin, pathname, search } = new URL(url);
  assert.equal(origin + pathname, endpoint);
  const form = new Form(search);
  assert.equal(form.one("response_type"), "code");
  assert.equal(form.one("client_id"), client);
  assert.equal(form.one("code_challenge_method"), "S256");
  assert.equal(form.one("code_challenge").length, 43);
  assert.ok(form.one("state").length >= 22, "at least 128 bits");
  const openid = form.one("scope").split(" ").includes("openid");
  assert.equal(form.optional("nonce") !== undefined, openid, "a nonce goes with openid");
  return form;
}

export function readTokenRequest({ method, url, headers, body }, client) {
  assert.equal(method, "POST");
  assert.equal(headers["content-type"], "application/x-www-form-urlencoded");
  assert.equal(headers.authorization, undefined, "no client authenticates here");
  assert.ok(!url.includes("?"), "nothing goes into the URL");
  const form = new Form(body);
  assert.equal(form.one("client_id"), client);
  assert.ok(["authorization_code", "refresh_token"].includes(form.one("grant_type")));
  return form;
}
