const GRANTABLE = new Set(["AccessToken", "AuthorizationCode", "RefreshToken"]);
const SWEEP_EVERY = 500;

/** Everything the provider keeps: sessions, grants, codes, tokens. In memory, with the provider's adapter on top. */
export class LoginRecords {
  #models = new Map();
  #writes = 0;

  /** The adapter factory that the provider asks for, one call per model. */
  adapter = (model) => ({
    upsert: async (id, payload, expiresIn) => this.#put(model, id, payload, expiresIn),
    find: async (id) => this.#get(model, id),
    findByUid: async (uid) => this.#values(model).find((payload) => payload.uid === uid),
    findByUserCode: async () => undefined,
    consume: async (id) => {
      const payload = this.#get(model, id);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => {
      this.#model(model).delete(id);
    },
    revokeByGrantId: async (grantId) => this.revokeGrant(grantId),
  });

  /** Ends everything that came from one authorization: RFC 9700 section 4.14.2, a "family". */
  revokeGrant(grantId) {
    for (const model of GRANTABLE) {
      this.#deleteWhere(model, (payload) => payload.grantId === grantId);
    }
    this.#model("Grant").delete(grantId);
  }

  /** Ends an account session, and with `tokens` what was issued under it. */
  endSession(sessionUid, { tokens }) {
    this.#deleteWhere("Session", (payload) => payload.uid === sessionUid);
    if (!tokens) return;
    const grants = new Set([...GRANTABLE].flatMap((model) =>
      this.#values(model).filter((payload) => payload.sessionUid === sessionUid).map((payload) => payload.grantId)));
    for (const grantId of grants) this.revokeGrant(grantId);
  }

  expireAccessTokens() {
    this.#model("AccessToken").clear();
  }

  revokeSessions() {
    for (const model of ["RefreshToken", "Session"]) this.#model(model).clear();
  }

  clear() {
    this.#models.clear();
  }

  #model(name) {
    if (!this.#models.has(name)) this.#models.set(name, new Map());
    return this.#models.get(name);
  }

  #put(model, id, payload, expiresIn) {
    const expiresAt = typeof expiresIn === "number" ? Date.now() + expiresIn * 1000 : Infinity;
    this.#model(model).set(id, { payload, expiresAt });
    this.#writes += 1;
    if (this.#writes % SWEEP_EVERY === 0) this.#sweep();
  }

  #get(model, id) {
    const record = this.#model(model).get(id);
    return record && record.expiresAt > Date.now() ? record.payload : undefined;
  }

  #values(model) {
    return [...this.#model(model).values()]
      .filter((record) => record.expiresAt > Date.now())
      .map((record) => record.payload);
  }

  #deleteWhere(model, matches) {
    for (const [id, { payload }] of this.#model(model)) {
      if (matches(payload)) this.#model(model).delete(id);
    }
  }

  /** Keeps a long run flat: expired records go. */
  #sweep() {
    const now = Date.now();
    for (const records of this.#models.values()) {
      for (const [id, { expiresAt }] of records) {
        if (expiresAt <= now) records.delete(id);
      }
    }
  }
}
