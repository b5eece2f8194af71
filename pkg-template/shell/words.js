// The words of errors. The build takes the sentences out of the shell and of the core, and puts numbers in their place: the
// sentences are a module of their own, which is loaded when the first error is about to reach the page.

import { ShopperMcpError, wordless } from "./errors.js";
import { sleep } from "./wait.js";

/** An error is not kept from the page for longer, ms, by words that do not come: then its code has to do. */
const PATIENCE = 3_000;

/** The error, and whatever caused it, with its sentence. */
export async function told(error) {
  const words = wordless.get(error);
  if (words !== undefined) {
    const enough = new AbortController();
    try {
      const sentences = await Promise.race([import("../sentences.js"), sleep(PATIENCE, enough.signal)]);
      // Those of another release have other numbers.
      if (sentences.edition === EDITION) error.message = sentenceOf(sentences, words, error);
    } catch {
      // It cannot be loaded now.
    } finally {
      enough.abort();
    }
  }
  if (error?.cause instanceof ShopperMcpError) await told(error.cause);
  return error;
}

/** The same function, whose errors have their sentences. */
export const telling = (work) =>
  async function (...facts) {
    try {
      return await work.apply(this, facts);
    } catch (error) {
      throw await told(error);
    }
  };

/** The same for methods of a class, by their names. */
export function tellingMethods(Class, ...names) {
  for (const name of names) Class.prototype[name] = telling(Class.prototype[name]);
}

function sentenceOf({ own, problems, subjects }, words, { field }) {
  if (typeof words === "number") return own[words];
  return problems[words.problem].replace("{subject}", () => subjects[words.subject]).replace("{field}", () => field);
}
