//! The codes that pages rely on.

use std::collections::BTreeSet;

use shopper_mcp::error::{Code, Error, Problem, Subject};

#[test]
fn every_code_is_unique_and_declared_to_typescript() {
    let declarations = include_str!("../../../pkg-template/customer.d.ts");
    let union = declarations.split("export type ErrorCode =").nth(1).unwrap().split(';').next().unwrap();
    let declared: BTreeSet<&str> = union.split('"').skip(1).step_by(2).collect();
    let ours: BTreeSet<&str> = Code::ALL.iter().map(|code| code.text()).collect();
    assert_eq!(ours.len(), Code::ALL.len());
    let missing: Vec<&&str> = ours.difference(&declared).collect();
    assert!(missing.is_empty(), "not declared: {missing:?}");
    for code in ours {
        assert!(code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{code}");
    }
}

#[test]
fn the_tables_are_in_the_order_of_their_numbers() {
    assert!(Problem::ALL.iter().enumerate().all(|(index, problem)| *problem as usize == index));
    assert!(Subject::ALL.iter().enumerate().all(|(index, subject)| usize::from(subject.number()) == index + 1));
}

#[test]
fn a_problem_has_a_code_or_a_subject_that_has_one() {
    for problem in Problem::ALL {
        let sentence = problem.sentence();
        assert!(
            sentence.ends_with(['.', '?'])
                && sentence.starts_with(|first: char| first.is_uppercase() || "`{".contains(first)),
            "{sentence}"
        );
        assert_eq!(problem.code().is_none(), sentence.contains("{subject}"), "{sentence}");
    }
    let codes: BTreeSet<&str> = Problem::ALL
        .iter()
        .filter_map(|problem| problem.code())
        .chain(Subject::ALL.iter().map(|it| it.code()))
        .map(Code::text)
        .collect();
    assert_eq!(codes.len(), Code::ALL.len(), "no code is left without a problem");
}

#[test]
fn sentences_name_the_subject_and_the_field() {
    let error = Error::shape(Problem::Missing, Subject::PendingLogin, Some("state"));
    assert_eq!(error.sentence(), "The pending login: `state` is missing.");
    assert_eq!(error.code(), Code::OptionInvalid);
    assert_eq!(Error::new(Problem::OptionUnknown).field("shpo").sentence(), "`connect` has no option `shpo`.");
    assert_eq!(Error::new(Problem::RpcError).words("No {field}".into()).sentence(), "No {field}");
}
