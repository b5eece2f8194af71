//! The module `#problems`: the words for the numbers that the wasm throws.

use serde_json::{Value, json};
use shopper_mcp::error::{Code, Problem, Subject};

use super::Variant;

/// Two arrays whose indexes are the numbers: `[class, "code", "sentence"]`, and nothing for the subject 0. A problem of
/// shape is its sentence alone, since its code is the subject's.
pub(super) fn module(variant: &Variant) -> String {
    let problems = Problem::ALL.iter().take(variant.problems).map(|problem| match problem.code() {
        Some(code) => row(code, problem.sentence()),
        None => json!([problem.sentence()]),
    });
    let subjects = Subject::ALL.iter().map(|subject| row(subject.code(), subject.text()));
    let subjects = std::iter::once(Value::Null).chain(subjects);
    let (problems, subjects): (Value, Value) = (problems.collect(), subjects.collect());
    format!("export const problems={problems};\nexport const subjects={subjects};\n")
}

fn row(code: Code, words: &str) -> Value {
    json!([code.class() as u8, code.text(), words])
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use shopper_mcp::error::{Problem, Subject};

    use super::module;
    use crate::build::{CUSTOMER, FULL, VARIANTS, Variant};

    /// The rows of one of the module's arrays.
    fn rows(variant: &Variant, name: &str) -> Vec<Value> {
        let start = format!("export const {name}=");
        let module = module(variant);
        let line = module.lines().find_map(|line| line.strip_prefix(&start)?.strip_suffix(';')).unwrap();
        serde_json::from_str(line).unwrap()
    }

    #[test]
    fn a_variant_has_the_problems_that_its_core_can_throw() {
        assert_eq!(rows(&FULL, "problems").len(), Problem::ALL.len());
        assert_eq!(rows(&CUSTOMER, "problems"), rows(&FULL, "problems")[..Problem::OF_CUSTOMER]);
    }

    #[test]
    fn a_row_stands_where_its_number_says() {
        for variant in &VARIANTS {
            let problems = rows(variant, "problems");
            for problem in &Problem::ALL[..variant.problems] {
                assert_eq!(problems[*problem as usize].as_array().unwrap().last().unwrap(), problem.sentence());
            }
            let subjects = rows(variant, "subjects");
            assert_eq!(subjects.len(), Subject::ALL.len() + 1);
            assert!(subjects[0].is_null());
            for subject in Subject::ALL {
                assert_eq!(subjects[usize::from(subject.number())][2], subject.text());
            }
        }
    }

    #[test]
    fn a_code_comes_with_the_number_of_its_class() {
        let problems = rows(&FULL, "problems");
        for problem in Problem::ALL {
            let row = &problems[*problem as usize];
            match problem.code() {
                Some(code) => {
                    assert_eq!((&row[0], &row[1]), (&Value::from(code.class() as u8), &Value::from(code.text())))
                }
                None => assert_eq!(row.as_array().unwrap().len(), 1),
            }
        }
    }
}
