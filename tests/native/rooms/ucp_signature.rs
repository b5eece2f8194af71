//! What is signed: to the letter of RFC 9421, and as UCP wants it covered.

use serde_json::{Value as Serde, json};
use shopper_mcp::error::{Problem, Result};
use shopper_mcp::ucp::signature::{Components, Request, Unsigned, agent_header, content_digest, signature_header};

use crate::support::random::Dice;
use crate::support::shop::{code_and_field, refused};
use crate::support::tree::Tree;
use crate::support::world::World;

const ENDPOINT: &str = "https://Shop.Example:443/api/ucp/mcp";
const AGENT: &str = "profile=\"https://agent.example/2026-08-25.json\"";

fn unsigned(method: &str, url: &str, headers: Serde, body: Option<&[u8]>) -> Result<Unsigned> {
    let headers = Tree(headers);
    Unsigned::of(&World::new(), &Request { method, url, headers: &headers, body }, "key-1", false)
}

fn headers() -> Serde {
    json!({ "Content-Type": "application/json", "UCP-Agent": AGENT, "Accept": "application/json" })
}

/// The base that the RFC publishes, from its components, time and key.
#[track_caller]
fn base_is(components: &[(&str, &str)], keyid: &str, parameters: &str) {
    let mut covered = Components::default();
    for (name, value) in components {
        covered.add(name, value).unwrap();
    }
    let lines: Vec<String> = components.iter().map(|(name, value)| format!("\"{name}\": {value}\n")).collect();
    let ours = covered.parameters(Some("1618884473"), keyid).unwrap();
    assert_eq!(ours, parameters);
    assert_eq!(covered.base(&ours), format!("{}\"@signature-params\": {parameters}", lines.concat()));
}

/// Its signature verifies over this text with the published key `test-key-ecc-p256`.
#[test]
fn rfc_9421_b_2_4() {
    let digest = "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:";
    base_is(
        &[
            ("@status", "200"),
            ("content-type", "application/json"),
            ("content-digest", digest),
            ("content-length", "23"),
        ],
        "test-key-ecc-p256",
        "(\"@status\" \"content-type\" \"content-digest\" \"content-length\");created=1618884473;keyid=\"test-key-ecc-p256\"",
    );
}

/// Its signature verifies over this text with the published key `test-key-ed25519`.
#[test]
fn rfc_9421_b_2_6() {
    base_is(
        &[
            ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
            ("@method", "POST"),
            ("@path", "/foo"),
            ("@authority", "example.com"),
            ("content-type", "application/json"),
            ("content-length", "18"),
        ],
        "test-key-ed25519",
        "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\");created=1618884473;keyid=\"test-key-ed25519\"",
    );
}

/// Section 2.1: the name in lower case, the value without the space around it, and an empty one as nothing.
#[test]
fn fields_are_written_as_the_rfc_does() {
    let mut covered = Components::default();
    covered.add("X-OWS-Header", "  Leading and trailing whitespace. ").unwrap();
    covered.add("X-Empty-Header", "").unwrap();
    let parameters = covered.parameters(None, "the key's name, v2").unwrap();
    assert_eq!(parameters, r#"("x-ows-header" "x-empty-header");keyid="the key's name, v2""#);
    let lines = "\"x-ows-header\": Leading and trailing whitespace.\n\"x-empty-header\": \n";
    assert_eq!(covered.base(&parameters), format!("{lines}\"@signature-params\": {parameters}"));
}

#[test]
fn a_call_is_covered_whole() {
    let mut headers = headers();
    headers["idempotency-key"] = json!("8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d6e");
    let unsigned = unsigned("POST", ENDPOINT, headers, Some(b"{\"hello\": \"world\"}")).unwrap();
    let parameters = "(\"@method\" \"@authority\" \"@path\" \"ucp-agent\" \"idempotency-key\" \"content-digest\" \
                      \"content-type\");created=1793613600;keyid=\"key-1\"";
    let base = format!(
        "\"@method\": POST\n\"@authority\": shop.example\n\"@path\": /api/ucp/mcp\n\"ucp-agent\": {AGENT}\n\
         \"idempotency-key\": 8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d6e\n\
         \"content-digest\": sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:\n\
         \"content-type\": application/json\n\"@signature-params\": {parameters}"
    );
    assert_eq!(unsigned.base, base);
    let written = Tree::written(&unsigned).0;
    let input = format!("sig1={parameters}");
    let digest = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";
    assert_eq!(written, json!({ "base": base, "signatureInput": input, "contentDigest": digest }));
}

#[test]
fn what_is_not_there_is_not_covered() {
    let bare = unsigned("GET", "https://shop.example", json!({ "content-type": "text/plain" }), None).unwrap();
    assert_eq!(bare.signature_input, "sig1=(\"@method\" \"@authority\" \"@path\");created=1793613600;keyid=\"key-1\"");
    assert!(bare.base.contains("\"@path\": /\n"), "an empty path is a slash");
    assert_eq!(bare.content_digest, None);
    let empty = unsigned("POST", ENDPOINT, headers(), Some(b"")).unwrap();
    assert!(empty.base.contains("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"), "an empty body is one");
}

#[test]
fn authority_path_and_query_are_those_of_the_url() {
    for (url, authority, path, query) in [
        ("https://SHOP.example/a/b", "shop.example", "/a/b", None),
        ("https://shop.example:8443/a?b=c", "shop.example:8443", "/a", Some("?b=c")),
        ("https://shop.example/?", "shop.example", "/", Some("?")),
        ("https://shop.example/a%20b?x=/y?z", "shop.example", "/a%20b", Some("?x=/y?z")),
        ("https://shop.example/\u{e9}?q=\u{e9}", "shop.example", "/%C3%A9", Some("?q=%C3%A9")),
        ("https://b\u{fc}cher.example/", "xn--bcher-kva.example", "/", None),
        ("https://[2001:DB8::1]:1/", "[2001:db8::1]:1", "/", None),
    ] {
        let base = unsigned("GET", url, json!({}), None).unwrap().base;
        let query_line = query.map_or(String::new(), |query| format!("\"@query\": {query}\n"));
        let lines = format!("\"@authority\": {authority}\n\"@path\": {path}\n{query_line}\"@signature-params\"");
        assert!(base.contains(&lines), "{url}: {base}");
    }
}

#[test]
fn nothing_can_be_smuggled_into_the_base() {
    let spoilt = |name: &str, value: &str| {
        let mut headers = headers();
        headers[name] = json!(value);
        code_and_field(unsigned("POST", ENDPOINT, headers, Some(b"{}")))
    };
    for value in ["a\n\"@method\": GET", "a\r\nx: y", "\u{0}", "a\tb", "\u{7f}", "\u{e9}", "\u{2028}"] {
        for name in ["UCP-Agent", "idempotency-key", "Signature-Agent"] {
            assert_eq!(spoilt(name, value), ("option_invalid", "headers".to_owned()), "{name}: {value:?}");
        }
        let mut headers = headers();
        headers["Content-Type"] = json!(value);
        assert_eq!(code_and_field(unsigned("POST", ENDPOINT, headers, Some(b"{}"))).1, "headers");
        assert!(Components::default().add("x", value).is_err());
        assert!(Components::default().add(value, "x").is_err(), "{value:?}");
        assert!(Components::default().parameters(None, value).is_err());
    }
    for name in ["Signature", "signature-input", "Content-Digest"] {
        assert_eq!(spoilt(name, "x"), ("option_invalid", "headers".to_owned()), "{name}");
    }
    for (name, value) in [("content-TYPE", "text/plain"), ("ucp-AGENT", "x")] {
        let mut headers = headers();
        headers[name] = json!(value);
        let twice = refused(unsigned("POST", ENDPOINT, headers, Some(b"{}")));
        assert_eq!(twice.fault().problem, Problem::HeaderReserved, "there are two of {name} then");
    }
    for name in ["", "@", "a b", "a:b", "a\"b", "@me@thod", "a;key"] {
        assert!(Components::default().add(name, "x").is_err(), "{name:?}");
    }
    for keyid in ["", "a\"b", "a\\", "a\";alg=\"none"] {
        let refusal = code_and_field(Components::default().parameters(None, keyid));
        assert_eq!(refusal, ("option_invalid", "keyid".to_owned()), "{keyid:?}");
    }
}

#[test]
fn a_request_that_nobody_should_sign() {
    for method in ["", "post", "POST ", "GET\nx", "G\u{c9}T"] {
        assert_eq!(code_and_field(unsigned(method, ENDPOINT, headers(), None)).1, "method", "{method:?}");
    }
    for url in
        ["", "/api/ucp/mcp", "http://shop.example/", "https://a:b@shop.example/", "https://shop.example/#a", "data:,"]
    {
        assert_eq!(code_and_field(unsigned("POST", url, headers(), None)).1, "url", "{url:?}");
    }
    assert_eq!(code_and_field(unsigned("POST", ENDPOINT, json!({}), Some(b"{}"))).1, "content-type");
    let local = Tree(json!({}));
    let request = Request { method: "GET", url: "http://127.0.0.1:8080/a", headers: &local, body: None };
    let base = Unsigned::of(&World::new(), &request, "key-1", true).unwrap().base;
    assert!(base.contains("\"@authority\": 127.0.0.1:8080\n"));
    assert!(Unsigned::of(&World::new(), &request, "key-1", false).is_err());
}

#[test]
fn a_request_as_a_page_has_it() {
    let read = |request: Serde| Unsigned::read(&World::new(), &Tree(request), "key-1", false);
    let of_parts = |body: Option<&str>| unsigned("POST", ENDPOINT, headers(), body.map(str::as_bytes)).unwrap();
    for body in [None, Some(""), Some("{\"\u{e9}\":\"\u{1f600}\"}")] {
        let ours = read(json!({ "method": "POST", "url": ENDPOINT, "headers": headers(), "body": body })).unwrap();
        let parts = of_parts(body);
        assert_eq!((ours.base, ours.content_digest), (parts.base, parts.content_digest), "{body:?}");
    }
    let spoilt = |member: &str, value: Serde| {
        let mut request = json!({ "method": "POST", "url": ENDPOINT, "headers": headers(), "body": "{}" });
        request[member] = value;
        let error = refused(read(request));
        (error.fault().problem, error.fault().field.clone().unwrap_or_default().into_owned())
    };
    for member in ["method", "url", "headers"] {
        assert_eq!(spoilt(member, Serde::Null), (Problem::Missing, member.into()));
    }
    for (member, problem) in [
        ("method", Problem::NotAString),
        ("url", Problem::NotAString),
        ("headers", Problem::NotAMap),
        ("body", Problem::NotAString),
    ] {
        assert_eq!(spoilt(member, json!(["POST"])), (problem, member.into()));
    }
    for name in ["content-type", "ucp-agent", "idempotency-key", "signature-agent"] {
        let headers = |value: Serde| json!({ "content-type": "application/json", name: value });
        assert_eq!(
            spoilt("headers", headers(json!(5))),
            (Problem::NotAString, "headers".into()),
            "{name} is sent as \"5\""
        );
    }
    let other = json!({ "content-type": "application/json", "x-count": 5 });
    assert!(read(json!({ "method": "POST", "url": ENDPOINT, "headers": other, "body": "{}" })).is_ok(), "not signed");
    assert_eq!(refused(read(json!("POST"))).fault().problem, Problem::NotAnObject);
}

#[test]
fn digests_are_those_that_others_compute() {
    let every_byte: Vec<u8> = (0..=255).collect();
    for (body, digest) in [
        (&b"{\"hello\": \"world\"}"[..], "X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="),
        ("{\"\u{e9}\":\"\u{1f600}\"}\n".as_bytes(), "YOvIU4aQs8EmMUVdXHLTJO4zoB8wYWyT4poOWZq24oo="),
        (&every_byte, "QK/y6dLYki5Hr9RkjmlnSXFYeF+9Hahw5xECZr+USIA="),
    ] {
        assert_eq!(content_digest(body), format!("sha-256=:{digest}:"));
    }
}

#[test]
fn every_flipped_byte_changes_the_base() {
    let body = b"{\"jsonrpc\":\"2.0\",\"id\":7}";
    let base = unsigned("POST", ENDPOINT, headers(), Some(body)).unwrap().base;
    for index in 0..body.len() {
        let mut flipped = *body;
        flipped[index] ^= 1;
        assert_ne!(unsigned("POST", ENDPOINT, headers(), Some(&flipped)).unwrap().base, base);
    }
}

#[test]
fn a_signature_is_r_and_s() {
    assert_eq!(signature_header(&[0; 64]).unwrap(), format!("sig1=:{}==:", "A".repeat(86)));
    for length in [0, 63, 65, 70, 71, 72] {
        assert_eq!(refused(signature_header(&vec![0x30; length])).fault().problem, Problem::NotASignature);
    }
}

#[test]
fn the_agent_is_a_quoted_https_url() {
    let header = |url: &str| agent_header(&World::new(), url, false);
    assert_eq!(header("https://agent.example/a?b=c").unwrap(), "profile=\"https://agent.example/a?b=c\"");
    for url in [
        "",
        "agent.example",
        "http://agent.example/",
        "https://a.example/\"",
        "https://a.example/\\",
        "https://a.example/\n",
        "https://a.example/\u{e9}",
        "https://a@b.example/",
        "https://a.example/#b",
    ] {
        assert_eq!(code_and_field(header(url)), ("option_invalid", "ucp-agent".into()), "{url:?}");
    }
    assert!(agent_header(&World::new(), "http://localhost:4000/a.json", true).is_ok());
}

/// Whatever a page passes, the base has one line for each name of its parameters.
#[test]
fn a_line_for_each_component() {
    let dice = Dice::new(23);
    let mut signed = 0;
    for _ in 0..2_000 {
        let headers = json!({ "content-type": dice.text(), "ucp-agent": dice.text(), dice.text(): dice.text() });
        let url = format!("https://shop.example/{}", dice.text());
        if let Ok(unsigned) = unsigned("POST", &url, headers, Some(dice.text().as_bytes())) {
            signed += 1;
            let names = unsigned.signature_input.split(')').next().unwrap().matches('"').count() / 2;
            assert_eq!(unsigned.base.lines().count(), names + 1, "{}", unsigned.base);
            assert!(unsigned.base.is_ascii() && !unsigned.base.contains('\r'));
        }
    }
    assert!(signed > 200, "{signed}");
}
