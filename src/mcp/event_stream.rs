//! Server-sent events (WHATWG HTML section 9.2), as far as an answer to a POST needs them: the data of each event.

/// Takes the stream apart as it arrives.
#[derive(Default)]
pub struct EventStream {
    /// What came after the last line end.
    rest: String,
    /// The data lines of the event under way.
    data: Option<String>,
    /// The last piece ended in CR, so a leading LF belongs to it.
    after_cr: bool,
}

impl EventStream {
    /// Adds a piece; returns the data of every event that it completes.
    pub fn push(&mut self, piece: &str) -> Vec<String> {
        let mut events = Vec::new();
        let piece = if self.after_cr { piece.strip_prefix('\n').unwrap_or(piece) } else { piece };
        if !piece.is_empty() {
            self.after_cr = piece.ends_with('\r');
        }
        let text = core::mem::take(&mut self.rest) + piece;
        let mut lines = text.as_str();
        while let Some((line, rest)) = lines.split_once(['\n', '\r']) {
            let crlf = lines.as_bytes().get(line.len()) == Some(&b'\r');
            lines = if crlf { rest.strip_prefix('\n').unwrap_or(rest) } else { rest };
            self.line(line, &mut events);
        }
        self.rest = lines.to_owned();
        events
    }

    /// The data of an event that the stream's end cut short. A browser would drop it; a server that forgets the last
    /// blank line is more likely than half an answer, and half an answer is no JSON.
    pub fn finish(&mut self) -> Option<String> {
        let rest = core::mem::take(&mut self.rest);
        if !rest.is_empty() {
            self.line(&rest, &mut Vec::new());
        }
        self.data.take()
    }

    fn line(&mut self, line: &str, events: &mut Vec<String>) {
        if line.is_empty() {
            events.extend(self.data.take());
        } else if let Some(value) = line.strip_prefix("data") {
            let value = match value.strip_prefix(':') {
                Some(value) => value.strip_prefix(' ').unwrap_or(value),
                None if value.is_empty() => value,
                None => return,
            };
            match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                none => *none = Some(value.to_owned()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_pieces(stream: &str, size: usize) -> Vec<String> {
        let mut reader = EventStream::default();
        let characters: Vec<char> = stream.chars().collect();
        let mut events: Vec<String> =
            characters.chunks(size).flat_map(|piece| reader.push(&piece.iter().collect::<String>())).collect();
        events.extend(reader.finish());
        events
    }

    #[test]
    fn the_same_events_however_the_stream_is_cut() {
        let stream = ": hi\r\nevent: message\r\ndata: {\"a\":\r\ndata: 1}\r\n\r\nid: 3\ndata:two\n\n\ndatax: no\rdata\r\rretry: 5\ndata: last";
        let expected = ["{\"a\":\n1}", "two", "", "last"];
        for size in 1..stream.len() {
            assert_eq!(in_pieces(stream, size), expected, "cut every {size}");
        }
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert!(in_pieces("", 1).is_empty());
        assert!(in_pieces("\n\n\r\n: only a comment\n\n", 3).is_empty());
    }
}
