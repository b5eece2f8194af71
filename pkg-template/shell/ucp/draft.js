// A cart or checkout as a request: an update replaces all of it, so what a request may hold is taken over from what is there.

import { invalid } from "../errors.js";
import { isPlainObject } from "../json.js";

/** Members that are sent as they came. */
const KEPT = ["buyer", "context", "payment"];
/** Members that a request has and no answer: what this page sent last. */
const UNANSWERED = ["attribution", "signals"];

/** Items as on the wire. */
export const lineItems = (items) =>
  Array.isArray(items) ? items.map((line) => (typeof line?.item === "string" ? { ...line, item: { id: line.item } } : line)) : items;

/** A cart or checkout that a page gives, as on the wire. */
export function requestOf(given) {
  if (Array.isArray(given)) return { line_items: lineItems(given) };
  if (isPlainObject(given)) return { ...given, line_items: lineItems(given.line_items) };
  throw invalid("line_items", "This takes a list of items, or an object as on the wire.");
}

/** What of a request comes back in no answer, as it is sent. */
export const unanswered = (request) => JSON.parse(JSON.stringify(picked(request, UNANSWERED)));

/**
 * The request that changes nothing.
 *
 * @param {object} resource what the server says there is; it is not touched
 * @param {object} [sent] what this page sent, of which the server says nothing
 */
export function draftOf(resource, sent) {
  const { line_items, discounts, fulfillment } = resource;
  const lines = line_items.filter(isPlainObject).map(({ id, item, quantity }) => ({ id, item: { id: item?.id }, quantity }));
  const draft = structuredClone({ ...sent, ...picked(resource, KEPT), line_items: lines });
  if (Array.isArray(discounts?.codes)) draft.discounts = { codes: [...discounts.codes] };
  if (Array.isArray(fulfillment?.methods)) draft.fulfillment = { methods: fulfillment.methods.filter(isPlainObject).map(chosen) };
  return draft;
}

/** What was chosen of a way of delivery, without what there was to choose from. */
function chosen({ id, type, line_item_ids, destinations, selected_destination_id, groups }, _, { length }) {
  const method = { id, type, destinations, selected_destination_id };
  // A single one is for all lines, also for those that are to come.
  if (length > 1) method.line_item_ids = line_item_ids;
  if (Array.isArray(groups)) method.groups = groups.filter(isPlainObject).map((group) => ({ id: group.id, selected_option_id: group.selected_option_id }));
  return structuredClone(method);
}

function picked(from, names) {
  return Object.fromEntries(names.filter((name) => isPlainObject(from[name])).map((name) => [name, from[name]]));
}
