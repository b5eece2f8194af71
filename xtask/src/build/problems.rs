//! The errors that the wasm throws as numbers: their codes, for the module `#problems`, and their words, for `sentences.js`.

use serde_json::{Value, json};
use shopper_mcp::error::{Code, Problem, Subject};

use super::Variant;

/// Two arrays whose indexes are the numbers: `[class, "code"]`. A problem of shape is `null`, since its code is the
/// subject's; so is the subject 0, which is none.
pub(super) fn module(variant: &Variant) -> String {
    let problems = Problem::ALL.iter().take(variant.problems).map(|problem| problem.code().map_or(Value::Null, row));
    let subjects = Subject::ALL.iter().map(|subject| row(subject.code()));
    let subjects = std::iter::once(Value::Null).chain(subjects);
    let (problems, subjects): (Value, Value) = (problems.collect(), subjects.collect());
    format!("export const problems={problems};\nexport const subjects={subjects};\n")
}

fn row(code: Code) -> Value {
    json!([code.class() as u8, code.text()])
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
    use serde_json::{Value, json};
    use shopper_mcp::error::{Code, Problem, Subject};

    use super::{module, row, words};
    use crate::build::{CUSTOMER, FULL, Variant};

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
    fn a_code_stands_where_its_number_says() {
        let problems = rows(&FULL, "problems");
        for problem in Problem::ALL {
            assert_eq!(problems[*problem as usize], problem.code().map_or(Value::Null, row));
        }
        let subjects = rows(&CUSTOMER, "subjects");
        assert_eq!((subjects.len(), &subjects[0]), (Subject::ALL.len() + 1, &Value::Null));
        for subject in Subject::ALL {
            assert_eq!(subjects[usize::from(subject.number())], row(subject.code()));
        }
        assert_eq!(row(Code::SecretInPage), json!([0, "secret_in_page"]));
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
