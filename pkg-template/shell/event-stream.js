// Server-sent events (WHATWG HTML section 9.2), as far as an answer to a POST needs them: the data of each event.

/**
 * Takes a stream apart as it arrives: a function that is given each piece, and gives the data of the events that it
 * completes. `last` adds the event that the stream's end cut short: a browser would drop it, but a server that forgets the
 * last blank line is more likely than half an answer, and half an answer is no JSON.
 */
export function eventReader() {
  let rest = "";
  let data;
  let isAfterCr = false;
  return (piece, last) => {
    // The second half of a line end whose first half came with the piece before.
    const text = isAfterCr ? piece.replace(/^\n/, "") : piece;
    isAfterCr = piece ? piece.endsWith("\r") : isAfterCr;
    rest += text;
    if (!last && !/[\r\n]/.test(text)) return [];
    const lines = rest.split(/\r\n?|\n/);
    rest = last ? "" : lines.pop();
    const events = [];
    const complete = () => {
      if (data !== undefined) events.push(data);
      data = undefined;
    };
    for (const line of lines) {
      const field = /^data(?:$|: ?)/.exec(line);
      if (field) data = (data === undefined ? "" : `${data}\n`) + line.slice(field[0].length);
      if (line === "") complete();
    }
    if (last) complete();
    return events;
  };
}
