//! What is signed: to the letter of RFC 9421, and as UCP wants it covered.

use serde_json::{Value as Serde, json};
use shopper_mcp::error::{Result, Subject};
use shopper_mcp::ucp::signature::{Components, Request, content_digest, target};

use crate::support::random::Dice;
use crate::support::shop::{code_and_field, refused};
use crate::support::world::World;

const ENDPOINT: &str = "https://Shop.Example:443/api/ucp/mcp";
/// As [`target`] gives it.
const TARGET: &str = "shop.example /api/ucp/mcp ";
const AGENT: &str = "profile=\"https://agent.example/2026-08-25.json\"";

/// The request whose covered headers are among these.
fn request<'a>(method: &'a str, target: &'a str, headers: &'a Serde, body: Option<&'a str>) -> Request<'a> {
    let header = |name: &str| headers[name].as_str().unwrap_or_default();
    Request {
        method,
        target,
        content_type: header("content-type"),
        ucp_agent: header("ucp-agent"),
        idempotency_key: header("idempotency-key"),
        signature_agent: header("signature-agent"),
        body,
    }
}

fn base(method: &str, url: &str, headers: Serde, body: Option<&str>) -> Result<String> {
    let target = target(&World::new(), url, false)?;
    request(method, &target, &headers, body).base(&World::new(), "key-1")
}

/// What its last line says.
fn parameters_of(base: &str) -> &str {
    base.lines().last().and_then(|line| line.strip_prefix("\"@signature-params\": ")).unwrap()
}

/// By their names in lower case, as the shell has them.
fn headers() -> Serde {
    json!({ "content-type": "application/json", "ucp-agent": AGENT, "accept": "application/json" })
}

/// The base that the RFC publishes, from its components, time and key.
#[track_caller]
fn base_is(components: &[(&str, &str)], keyid: &str, parameters: &str) {
    let mut covered = Components::default();
    for (name, value) in components {
        covered.add(name, value);
    }
    let lines: Vec<String> = components.iter().map(|(name, value)| format!("\"{name}\": {value}\n")).collect();
    let ours = covered.parameters(Some("1618884473"), keyid).unwrap();
    assert_eq!(ours, parameters);
    assert_eq!(covered.into_base(&ours), format!("{}\"@signature-params\": {parameters}", lines.concat()));
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

/// Section 2.1: a value without the space around it, and an empty one as nothing.
#[test]
fn fields_are_written_as_the_rfc_does() {
    let mut covered = Components::default();
    covered.add("x-ows-header", "  Leading and trailing whitespace. ");
    covered.add("x-empty-header", "");
    assert!(!covered.is_unfit);
    let parameters = covered.parameters(None, "the key's name, v2").unwrap();
    assert_eq!(parameters, r#"("x-ows-header" "x-empty-header");keyid="the key's name, v2""#);
    let lines = "\"x-ows-header\": Leading and trailing whitespace.\n\"x-empty-header\": \n";
    assert_eq!(covered.into_base(&parameters), format!("{lines}\"@signature-params\": {parameters}"));
}

#[test]
fn a_call_is_covered_whole() {
    let mut headers = headers();
    headers["idempotency-key"] = json!("8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d6e");
    headers["signature-agent"] = json!("\"https://agent.example/keys\"");
    let ours = base("POST", ENDPOINT, headers, Some("{\"hello\": \"world\"}")).unwrap();
    let parameters = "(\"@method\" \"@authority\" \"@path\" \"ucp-agent\" \"idempotency-key\" \"signature-agent\" \
                      \"content-digest\" \"content-type\");created=1793613600;keyid=\"key-1\"";
    let whole = format!(
        "\"@method\": POST\n\"@authority\": shop.example\n\"@path\": /api/ucp/mcp\n\"ucp-agent\": {AGENT}\n\
         \"idempotency-key\": 8b7c6a52-1a6a-4b5e-9c8e-1f2a3b4c5d6e\n\
         \"signature-agent\": \"https://agent.example/keys\"\n\
         \"content-digest\": sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:\n\
         \"content-type\": application/json\n\"@signature-params\": {parameters}"
    );
    assert_eq!(ours, whole);
}

#[test]
fn what_is_not_there_is_not_covered() {
    let bare = base("GET", "https://shop.example", json!({ "content-type": "text/plain" }), None).unwrap();
    assert_eq!(parameters_of(&bare), "(\"@method\" \"@authority\" \"@path\");created=1793613600;keyid=\"key-1\"");
    assert!(bare.contains("\"@path\": /\n"), "an empty path is a slash");
    assert!(!bare.contains("content-digest"));
    let untyped = base("POST", ENDPOINT, json!({}), Some("{}")).unwrap();
    assert!(untyped.contains("\n\"content-type\": \n"), "with a body its type is, also where there is none");
    let empty = base("POST", ENDPOINT, headers(), Some("")).unwrap();
    assert!(empty.contains("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"), "an empty body is one");
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
        let base = base("GET", url, json!({}), None).unwrap();
        let query_line = query.map_or(String::new(), |query| format!("\"@query\": {query}\n"));
        let lines = format!("\"@authority\": {authority}\n\"@path\": {path}\n{query_line}\"@signature-params\"");
        assert!(base.contains(&lines), "{url}: {base}");
    }
}

#[test]
fn nothing_can_be_smuggled_into_the_base() {
    for value in ["a\n\"@method\": GET", "a\r\nx: y", "\u{0}", "a\tb", "\u{7f}", "\u{e9}", "\u{2028}"] {
        for name in ["ucp-agent", "idempotency-key", "signature-agent", "content-type"] {
            let mut headers = headers();
            headers[name] = json!(value);
            let refusal = code_and_field(base("POST", ENDPOINT, headers, Some("{}")));
            assert_eq!(refusal, ("option_invalid", "headers".to_owned()), "{name}: {value:?}");
        }
        let mut covered = Components::default();
        covered.add("x", value);
        covered.add("y", "fine");
        assert!(covered.is_unfit, "{value:?}");
        assert!(Components::default().parameters(None, value).is_err(), "{value:?}");
    }
    for keyid in ["", "a\"b", "a\\", "a\";alg=\"none"] {
        let refusal = code_and_field(Components::default().parameters(None, keyid));
        assert_eq!(refusal, ("option_invalid", "keyid".to_owned()), "{keyid:?}");
        let headers = headers();
        let whole = request("POST", TARGET, &headers, Some("{}"));
        assert_eq!(code_and_field(whole.base(&World::new(), keyid)), refusal, "{keyid:?}");
    }
}

#[test]
fn a_request_that_nobody_should_sign() {
    for method in ["", "post", "POST ", "GET\nx", "G\u{c9}T"] {
        let refusal = code_and_field(base(method, ENDPOINT, headers(), None));
        assert_eq!(refusal, ("option_invalid", "method".to_owned()), "{method:?}");
    }
    for url in
        ["", "/api/ucp/mcp", "http://shop.example/", "https://a:b@shop.example/", "https://shop.example/#a", "data:,"]
    {
        let refusal = code_and_field(base("POST", url, headers(), None));
        assert_eq!(refusal, ("option_invalid", "url".to_owned()), "{url:?}");
    }
    let none = json!({});
    for place in ["", "shop.example", "shop.example /api/ucp/mcp"] {
        let refusal = code_and_field(request("GET", place, &none, None).base(&World::new(), "key-1"));
        assert_eq!(refusal, ("option_invalid", "url".to_owned()), "{place:?}");
    }
    assert_eq!(target(&World::new(), "http://127.0.0.1:8080/a", true).unwrap(), "127.0.0.1:8080 /a ");
    let error = refused(base("post", ENDPOINT, headers(), None));
    assert_eq!(error.fault().subject, Some(Subject::SignedRequest));
}

/// Until 2106, and on a clock that is wrong.
#[test]
fn seconds_have_ten_digits() {
    let none = json!({});
    for (ms, created) in [(1_793_613_600_999.0, "1793613600"), (0.0, "0000000000"), (9e15, "4294967295")] {
        let world = World::new();
        world.now.set(ms);
        let base = request("GET", TARGET, &none, None).base(&world, "key-1").unwrap();
        assert!(parameters_of(&base).contains(&format!(";created={created};")), "{base}");
    }
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
fn every_changed_character_changes_the_base() {
    let body = "{\"jsonrpc\":\"2.0\",\"id\":7}";
    let whole = base("POST", ENDPOINT, headers(), Some(body)).unwrap();
    for index in 0..body.len() {
        let mut changed = body.as_bytes().to_vec();
        changed[index] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        assert_ne!(base("POST", ENDPOINT, headers(), Some(&changed)).unwrap(), whole);
    }
}

/// Whatever a page passes, the base has one line for each name of its parameters.
#[test]
fn a_line_for_each_component() {
    let dice = Dice::new(23);
    let mut signed = 0;
    for _ in 0..2_000 {
        let headers = json!({ "content-type": dice.text(), "ucp-agent": dice.text(), dice.text(): dice.text() });
        let url = format!("https://shop.example/{}", dice.text());
        if let Ok(base) = base("POST", &url, headers, Some(&dice.text())) {
            signed += 1;
            let names = parameters_of(&base).split(')').next().unwrap().matches('"').count() / 2;
            assert_eq!(base.lines().count(), names + 1, "{base}");
            assert!(base.is_ascii() && !base.contains('\r'));
        }
    }
    assert!(signed > 200, "{signed}");
}
