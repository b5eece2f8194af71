import { el } from "../dom.js";
import { errorNotice } from "../notices.js";

/**
 * What went wrong, for the shopper; and in the details, for whoever builds such a page, the SDK's own sentence.
 *
 * @param {unknown} error
 * @param {{title: string, retry?: () => void, actions?: Node[]}} ways
 */
export function catalogProblem(error, ways) {
  const shown = errorNotice(error, ways);
  const sentence = error?.message;
  if (typeof sentence !== "string" || sentence === "") return shown;
  shown.append(
    el(
      "details",
      { class: "sdk-sentence small" },
      el("summary", {}, "In detail"),
      el("p", { class: "break" }, withCode(sentence)),
      typeof error.field === "string" && el("p", {}, "About: ", el("code", {}, error.field)),
      typeof error.status === "number" && el("p", {}, "Status: ", el("code", {}, error.status)),
    ),
  );
  return shown;
}

/** The SDK names options and members between backticks. */
function withCode(sentence) {
  return sentence.split("`").map((part, index) => (index % 2 === 1 ? el("code", {}, part) : part));
}
