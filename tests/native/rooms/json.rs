//! Reading members: the name of what is wrong, never its content.

use serde_json::{Value as Serde, json};
use shopper_mcp::error::{Error, Problem, Subject};
use shopper_mcp::json::{Fields, Value};

use crate::support::random::Dice;
use crate::support::tree::Tree;

/// What one reading of `{"member": …}` comes to.
fn read<T>(value: &Tree, member: impl FnOnce(&Fields<'_, Tree>) -> T) -> Result<T, Error> {
    let fields = Fields::of(value, Subject::TokenAnswer);
    let read = member(&fields);
    fields.end().map(|()| read)
}

#[track_caller]
fn names<T>(outcome: Result<T, Error>, key: &str) {
    let error = outcome.err().expect("a refusal");
    assert_eq!(error.fault().field.as_deref(), Some(key));
    assert!(error.sentence().contains(&format!("`{key}`")), "{error:?}");
    assert!(error.sentence().starts_with("The token answer: "), "{error:?}");
    assert_eq!(error.code().text(), "token_invalid");
}

#[test]
fn members_of_another_kind_are_named() {
    let dice = Dice::new(29);
    for _ in 0..500 {
        let value = Tree(json!({ "member": dice.json(&["a", "b"], 2) }));
        match &value.0["member"] {
            Serde::Null => {
                names(read(&value, |it| it.string("member")), "member");
                assert!(read(&value, |it| it.optional_number("member")).unwrap().is_none());
                assert!(!read(&value, |it| it.flag("member")).unwrap());
            }
            Serde::String(text) if text.is_empty() => {
                names(read(&value, |it| it.string("member")), "member");
                assert!(read(&value, |it| it.optional_string("member")).unwrap().is_none());
            }
            Serde::String(text) => {
                assert_eq!(read(&value, |it| it.string("member")).unwrap(), *text);
                names(read(&value, |it| it.optional_number("member")), "member");
                names(read(&value, |it| it.strings("member")), "member");
            }
            Serde::Number(_) => {
                assert!(read(&value, |it| it.optional_number("member")).unwrap().is_some());
                names(read(&value, |it| it.string("member")), "member");
                names(read(&value, |it| it.flag("member")), "member");
            }
            Serde::Bool(flag) => {
                assert_eq!(read(&value, |it| it.flag("member")).unwrap(), *flag);
                names(read(&value, |it| it.optional_string("member")), "member");
            }
            Serde::Array(items) => match read(&value, |it| it.strings("member")) {
                Ok(strings) => assert_eq!(strings.unwrap().0, Serde::Array(items.clone())),
                refusal => names(refusal, "member"),
            },
            Serde::Object(_) => {
                names(read(&value, |it| it.string("member")), "member");
                names(read(&value, |it| it.strings("member")), "member");
            }
        }
    }
}

#[test]
fn what_is_no_object_has_no_members() {
    for value in [json!(null), json!([1]), json!("SECRET"), json!(1), json!(true)] {
        let value = Tree(value);
        let error = read(&value, |it| it.optional_string("member")).err().unwrap();
        assert_eq!(error.sentence(), "The token answer is not a JSON object.");
        assert!(error.fault().field.is_none());
        assert!(value.get("length").is_none() && value.key(0).is_none());
    }
}

#[test]
fn names_are_matched_exactly() {
    let value = Tree(json!({ "Member": "x", "member ": "x", "mem\u{200b}ber": "x" }));
    names(read(&value, |it| it.string("member")), "member");
    for name in ["__proto__", "constructor", "toString"] {
        assert!(read(&value, |it| it.member(name)).unwrap().is_none());
    }
}

#[test]
fn the_first_refusal_is_told() {
    let value = Tree(json!({ "a": 1, "b": 2 }));
    names(read(&value, |it| (it.string("b"), it.string("a"), it.string("c"))), "b");
}

#[test]
fn a_choice_is_one_of_its_words() {
    let choose = |value: Serde| {
        let value = Tree(json!({ "prompt": value }));
        read(&value, |it| it.choice("prompt", &["none", "login"], Problem::PromptUnknown))
    };
    assert_eq!(choose(json!("login")).unwrap(), Some("login"));
    assert_eq!(choose(json!(null)).unwrap(), None);
    for other in [json!("Login"), json!("x"), json!(1), json!(["login"])] {
        assert!(choose(other).is_err());
    }
}

#[test]
fn only_positive_numbers_are() {
    for (value, good) in
        [(json!(1), true), (json!(0.5), true), (json!(null), true), (json!(0), false), (json!(-1), false)]
    {
        assert_eq!(read(&Tree(json!({ "member": value })), |it| it.positive("member")).is_ok(), good, "{value}");
    }
}
