import { el } from "../dom.js";
import { notice } from "../notices.js";

/** Titles of what keeps a buyer from going on, by what is to be done about it. */
const TO_DO = Object.freeze({
  recoverable: "Please change this",
  requires_buyer_input: "The shop has a question for you",
  requires_buyer_review: "The shop asks you to look this over",
  unrecoverable: "This cannot go on",
});

/**
 * What the shop says about a cart or checkout, each message in its place: beside the line or code that its `path`
 * names, or above all of them.
 *
 * @param {readonly import("/pkg/index.js").Message[]} messages in the order in which they are dealt with
 * @param {{lines: number, codes: number}} counts what there is to be beside of
 */
export function placed(messages, { lines, codes }) {
  const places = { general: [], lines: new Map(), codes: [] };
  for (const message of messages) {
    const line = indexIn(message.path, "line_items");
    if (line !== null && line < lines) {
      places.lines.set(line, [...(places.lines.get(line) ?? []), message]);
    } else if (codes > 0 && indexIn(message.path, "discounts.codes") !== null) places.codes.push(message);
    else places.general.push(message);
  }
  return places;
}

/**
 * Messages above everything: errors by what is to be done about them, all others one by one. The words are the shop's:
 * text, whatever they look like.
 *
 * @param {readonly import("/pkg/index.js").Message[]} messages
 * @param {Partial<Record<keyof typeof TO_DO, {tone: string, title: string}>>} [looks] where they are not the usual ones
 */
export function messageNotices(messages, looks = {}) {
  const groups = new Map();
  for (const message of messages) {
    const group = message.type === "error" ? (message.severity ?? "error") : groups.size;
    groups.set(group, [...(groups.get(group) ?? []), message]);
  }
  return [...groups.values()].map((group) => {
    return notice(
      looks[group[0].severity] ?? looksOf(group[0]),
      ...group.map((message) =>
        el(
          "p",
          { class: "message-words", "data-code": message.code },
          message.content,
          " ",
          furtherReading(message),
        ),
      ),
    );
  });
}

/** The same in one line, beside what it is about. */
export function messageLine(message) {
  const { tone, title } = looksOf(message);
  return el(
    "p",
    { class: `message message-${tone}`, "data-code": message.code },
    isDisclosure(message)
      ? el("strong", {}, `${title}: `)
      : el("span", { class: "visually-hidden" }, `${title}: `),
    el("span", { class: "message-words" }, message.content),
    " ",
    furtherReading(message),
  );
}

/** Has to be seen by the buyer, wherever the page has room for it. */
export function isDisclosure({ presentation }) {
  return presentation === "disclosure";
}

function looksOf(message) {
  if (message.type === "error") {
    const tone = message.severity === "recoverable" || message.severity === "unrecoverable" ? "bad" : "warn";
    return { tone, title: TO_DO[message.severity] ?? "Please note" };
  }
  if (isDisclosure(message)) return { tone: "warn", title: "Important" };
  if (message.type === "warning") return { tone: "warn", title: "Please note" };
  return { tone: "calm", title: "From the shop" };
}

/** Where the shop has more to say; only an address that may be opened. */
function furtherReading({ url }) {
  if (typeof url !== "string" || !URL.canParse(url) || new URL(url).protocol !== "https:") return null;
  return el(
    "a",
    { class: "message-more", href: url, target: "_blank", rel: "noopener noreferrer" },
    "Read more",
    el("span", { class: "visually-hidden" }, " (opens a new tab)"),
  );
}

/** The first index of a member in a JSONPath: 2 of `$.line_items[2].quantity`. */
function indexIn(path, member) {
  if (typeof path !== "string" || !path.startsWith(`$.${member}[`)) return null;
  const index = Number.parseInt(path.slice(member.length + 3), 10);
  return Number.isInteger(index) ? index : null;
}
