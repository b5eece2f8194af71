//! How many tests ran and how they ended, as test runners say.

use std::ops::Add;
use std::process::ExitStatus;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) passed: usize,
    pub(super) failed: usize,
    pub(super) skipped: usize,
}

impl Count {
    /// Something that is not a test of its own: a compiler error, a missing program.
    pub(super) const FAILURE: Self = Self { passed: 0, failed: 1, skipped: 0 };

    pub(super) fn check(passed: bool) -> Self {
        if passed { Self { passed: 1, ..Self::default() } } else { Self::FAILURE }
    }

    pub(super) fn is_empty(self) -> bool {
        self.passed + self.failed == 0
    }

    /// Nothing having run is a failure.
    pub(super) fn or_failure(self) -> Self {
        if self.is_empty() { Self { failed: 1, ..self } } else { self }
    }

    /// A runner that ends badly without naming a failed test has failed all the same.
    pub(super) fn with_status(self, status: ExitStatus) -> Self {
        if !status.success() && self.failed == 0 { Self { failed: 1, ..self } } else { self }
    }
}

impl Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

/// Sums the `test result: ok. 3 passed; 0 failed; 1 ignored; …` lines of `cargo test`, in a browser or not.
pub(super) fn of_cargo_test(output: &str) -> Count {
    let mut total = Count::default();
    for line in output.lines() {
        let Some((_, result)) = line.split_once("test result: ") else { continue };
        let parts = result.split(['.', ';']).map(str::trim);
        for (number, what) in parts.filter_map(|part| part.split_once(' ')) {
            let Ok(number) = number.parse::<usize>() else { continue };
            match what {
                "passed" => total.passed += number,
                "failed" => total.failed += number,
                "ignored" => total.skipped += number,
                _ => {}
            }
        }
    }
    total
}

/// Reads the closing comments of a TAP report by Node's test runner: `# pass 3`, `# fail 1`, `# cancelled 0`, …
pub(super) fn of_node_test(tap: &str) -> Count {
    let mut count = Count::default();
    // A test may print such lines too, indented or not: the runner's own are the last ones.
    let closing = tap.rfind("\n# tests ").map_or("", |start| &tap[start..]);
    for line in closing.lines() {
        let Some((what, number)) = line.strip_prefix("# ").and_then(|line| line.split_once(' ')) else { continue };
        let Ok(number) = number.trim().parse::<usize>() else { continue };
        match what {
            "pass" => count.passed = number,
            "fail" | "cancelled" => count.failed += number,
            "skipped" | "todo" => count.skipped += number,
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{Count, of_cargo_test, of_node_test};

    #[test]
    fn cargo_test_results_are_summed() {
        let output = "\
running 3 tests
test a ... ok
test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s

   Doc-tests shopper_mcp
test result: ok. 4 passed; 0 failed; 2 ignored; 0 measured; 7 filtered out; finished in 1.50s
";
        assert_eq!(of_cargo_test(output), Count { passed: 6, failed: 1, skipped: 2 });
    }

    #[test]
    fn browser_results_read_alike() {
        let output = "Running headless tests in Chrome\ntest result: ok. 12 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.02s\n";
        assert_eq!(of_cargo_test(output), Count { passed: 12, failed: 0, skipped: 0 });
    }

    #[test]
    fn output_without_a_result_counts_nothing() {
        assert!(of_cargo_test("error: could not compile `shopper-mcp`").is_empty());
        assert!(of_node_test("TAP version 13\n").is_empty());
    }

    #[test]
    fn node_counts_what_was_cancelled_as_failed() {
        let tap = "\
TAP version 13
# Subtest: signs in
ok 1 - signs in
# pass 99
not ok 2 - hangs
1..2
# tests 6
# suites 1
# pass 2
# fail 1
# cancelled 1
# skipped 1
# todo 1
# duration_ms 53.2
";
        assert_eq!(of_node_test(tap), Count { passed: 2, failed: 2, skipped: 2 });
    }

    #[test]
    fn nothing_at_all_is_a_failure() {
        assert_eq!(Count::default().or_failure(), Count::FAILURE);
        assert_eq!(Count::check(true).or_failure(), Count { passed: 1, failed: 0, skipped: 0 });
        assert_eq!(Count { skipped: 3, ..Count::default() }.or_failure().failed, 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_bad_end_is_a_failure() {
        use std::os::unix::process::ExitStatusExt;
        use std::process::ExitStatus;

        let passed = Count { passed: 5, failed: 0, skipped: 0 };
        assert_eq!(passed.with_status(ExitStatus::from_raw(0)), passed);
        assert_eq!(passed.with_status(ExitStatus::from_raw(256)).failed, 1);
        let failed = Count { failed: 3, ..passed };
        assert_eq!(failed.with_status(ExitStatus::from_raw(256)).failed, 3);
    }
}
