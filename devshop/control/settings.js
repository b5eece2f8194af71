import { URL_SHAPES } from "../hosts/addresses.js";
import { ID_TOKEN_FAULTS } from "../login/id-token-faults.js";
import { ANSWER_FORMS } from "../mcp/answer-forms.js";
import { UCP_SETTINGS } from "../ucp/settings.js";
import { LIMIT_PARTS, boolean, integerBetween, integerFrom, must, oneOf, orNull, partsOf } from "./checks.js";
import { faultsProblem } from "./fault-rules.js";

/** A setting that does not exist, or a value it cannot take. */
export class SettingRefused extends Error {
  constructor(name, reason) {
    super(`${name}: ${reason}`);
    this.setting = name;
  }
}

const RATE_LIMIT = {
  ...LIMIT_PARTS,
  perSecond: must((value) => Number.isFinite(value) && value > 0, "a number above 0"),
  exposed: boolean,
};

/** Name, default and check of every setting; and how a part of its value goes into it, where one may. */
const SETTINGS = {
  urlShape: ["shopify", oneOf(...URL_SHAPES)],
  refreshTokens: [true, boolean],
  idToken: [true, boolean],
  tokenType: [false, boolean],
  accessTokenTtl: [3600, integerFrom(1)],
  issInCallback: [false, boolean],
  acceptRaw: [true, boolean],
  acceptBearer: [true, boolean],
  authFailure: ["http401", oneOf("http401", "rpc200")],
  cors: [true, boolean],
  answers: ["json", oneOf(...ANSWER_FORMS)],
  insistOnBothTypes: [false, boolean],
  toolsPageSize: [null, orNull(integerFrom(1))],
  latencyMs: [0, integerFrom(0)],
  coop: [false, boolean],
  rateLimit: [null, orNull(partsOf(RATE_LIMIT, "a rate limit"))],
  mcpApi: [true, boolean],
  idTokenFault: [null, orNull(oneOf(...ID_TOKEN_FAULTS))],
  catalogProducts: [600, integerBetween(600, 10_000)],
  faults: [[], faultsProblem],
  ...UCP_SETTINGS,
};

/** The switches of one running shop. */
export class Settings {
  #initial;
  #listeners = [];

  /** @param {object} initial settings that differ from the defaults; a reset comes back to them */
  constructor(initial = {}) {
    const defaults = Object.fromEntries(Object.entries(SETTINGS).map(([name, [value]]) => [name, value]));
    checkPatch(initial);
    this.#initial = merged(defaults, initial);
    this.current = structuredClone(this.#initial);
  }

  /** Applies all of a patch or none of it. */
  patch(patch) {
    checkPatch(patch);
    this.current = merged(this.current, patch);
    this.#tell(Object.keys(patch));
    return this.current;
  }

  reset() {
    this.current = structuredClone(this.#initial);
    this.#tell(Object.keys(SETTINGS));
  }

  /** @param {(names: string[]) => void} listener called after a change with the settings that were set */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  #tell(names) {
    for (const listener of this.#listeners) listener(names);
  }
}

function merged(settings, patch) {
  const values = Object.entries(structuredClone(patch)).map(([name, value]) => {
    const [, , merge] = SETTINGS[name];
    return [name, merge ? merge(settings[name], value) : value];
  });
  return { ...settings, ...Object.fromEntries(values) };
}

function checkPatch(patch) {
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) {
    throw new SettingRefused("settings", "must be an object");
  }
  for (const [name, value] of Object.entries(patch)) {
    if (!Object.hasOwn(SETTINGS, name)) throw new SettingRefused(name, "there is no such setting");
    const problem = SETTINGS[name][1](value);
    if (problem) throw new SettingRefused(name, problem);
  }
}
