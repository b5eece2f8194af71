const JSON_TYPE = "application/json";
const STREAM_TYPE = "text/event-stream";

const FORMS = {
  "json": [asJson, JSON_TYPE],
  "event-stream": [asEventStream, STREAM_TYPE],
  "json-labelled-event-stream": [asJson, STREAM_TYPE],
  "event-stream-labelled-json": [asEventStream, JSON_TYPE],
};

/** How an answer is written and what it claims to be; servers in the field get the label wrong both ways. */
export const ANSWER_FORMS = Object.freeze(Object.keys(FORMS));

/** @returns {{body: string, contentType: string}} */
export function writeAnswer(message, form) {
  const [write, contentType] = FORMS[form];
  return { body: write(message), contentType };
}

function asJson(message) {
  return JSON.stringify(message);
}

/** One event (WHATWG HTML section 9.2), after a comment as servers send it to keep a connection warm. */
function asEventStream(message) {
  return `: ok\n\nevent: message\ndata: ${JSON.stringify(message)}\n\n`;
}
