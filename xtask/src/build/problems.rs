//! The errors that the wasm throws as numbers: their codes, for the module `#problems`, and their words, for `sentences.js`.

use serde_json::{Value, json};
use shopper_mcp::error::{Code, Problem, Subject};

use super::Variant;

/// Two lists whose indexes are the numbers: `2discovery_invalid` is the number of its class and the code. A problem of
/// shape is empty, since its code is the subject's; so is the subject 0, which is none. As one text each: a third of what
/// arrays are, and a tenth less for brotli.
pub(super) fn module(variant: &Variant) -> String {
    let problems =
        Problem::ALL.iter().take(variant.problems).map(|problem| problem.code().map_or_else(String::new, row));
    let subjects = Subject::ALL.iter().map(|subject| row(subject.code()));
    let subjects = std::iter::once(String::new()).chain(subjects);
    format!("export const problems={};\nexport const subjects={};\n", list(problems), list(subjects))
}

fn list(rows: impl Iterator<Item = String>) -> String {
    format!("\"{}\".split(\" \")", rows.collect::<Vec<_>>().join(" "))
}

fn row(code: Code) -> String {
    format!("{}{}", code.class() as u8, code.text())
}

/// The sentences and what they call their subjects, by the same numbers, for all variants.
pub(super) fn words() -> Value {
    let problems: Value = Problem::ALL.iter().map(|problem| Value::from(problem.sentence())).collect();
    let subjects = Subject::ALL.iter().map(|subject| Value::from(subject.text()));
    let subjects: Value = std::iter::once(Value::Null).chain(subjects).collect();
    json!({ "problems": problems, "subjects": subjects })
}

#[cfg(test)]
mod tests {
    use shopper_mcp::error::{Code, Problem, Subject};

    use super::{module, row, words};
    use crate::build::{CUSTOMER, FULL, Variant};

    /// The rows of one of the module's lists.
    fn rows(variant: &Variant, name: &str) -> Vec<String> {
        let start = format!("export const {name}=\"");
        let module = module(variant);
        let line = module.lines().find_map(|line| line.strip_prefix(&start)?.strip_suffix("\".split(\" \");"));
        line.unwrap().split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn a_variant_has_the_problems_that_its_core_can_throw() {
        assert_eq!(rows(&FULL, "problems").len(), Problem::ALL.len());
        assert_eq!(rows(&CUSTOMER, "problems"), rows(&FULL, "problems")[..Problem::OF_CUSTOMER]);
    }

    #[test]
    fn a_code_stands_where_its_number_says() {
        let problems = rows(&FULL, "problems");
        for problem in Problem::ALL {
            assert_eq!(problems[*problem as usize], problem.code().map_or_else(String::new, row));
        }
        let subjects = rows(&CUSTOMER, "subjects");
        assert_eq!((subjects.len(), subjects[0].as_str()), (Subject::ALL.len() + 1, ""));
        for subject in Subject::ALL {
            assert_eq!(subjects[usize::from(subject.number())], row(subject.code()));
        }
        assert_eq!(row(Code::SecretInPage), "0secret_in_page");
        let is_of_code = |character: char| character.is_ascii_lowercase() || character == '_';
        let all = problems.iter().chain(&subjects).filter(|row| !row.is_empty());
        assert!(all.map(|row| &row[1..]).all(|code| code.chars().all(is_of_code)), "one digit, and no space");
    }

    #[test]
    fn words_stand_where_their_number_says() {
        let words = words();
        for problem in Problem::ALL {
            assert_eq!(words["problems"][*problem as usize], problem.sentence());
        }
        for subject in Subject::ALL {
            assert_eq!(words["subjects"][usize::from(subject.number())], subject.text());
        }
    }
}
