//! The size report for people.

use std::fmt::Write;

use super::largest::Item;
use super::measure::Bytes;
use super::{Entry, Report};
use crate::build::{CUSTOMER, FULL};

pub(super) fn render(report: &Report) -> String {
    let mut text = String::new();
    line(&mut text, "bytes", ["raw", "gzip -9", "brotli 11", "aim", "gate"].map(String::from), "");
    for entry in &report.entries {
        entry_lines(&mut text, entry, report);
    }
    for (variant, parts) in [(&FULL, &report.full), (&CUSTOMER, &report.customer)] {
        item_lines(&mut text, &format!("largest parts of {}, uncompressed", variant.wasm), &parts.largest);
        item_lines(&mut text, &format!("largest modules of {}, minified", variant.entry), &parts.modules);
    }
    text
}

fn item_lines(text: &mut String, title: &str, items: &[Item]) {
    let _ = writeln!(text, "\n{title}");
    for Item { name, bytes, percent } in items {
        let _ = writeln!(text, "{:>10}  {percent:>5.1} %  {name}", thousands(*bytes));
    }
}

fn entry_lines(text: &mut String, entry: &Entry, report: &Report) {
    let budget = &entry.budget;
    let aim = budget.aim.map(thousands).unwrap_or_default();
    let [raw, gzip, brotli] = columns(entry.bytes);
    line(text, &budget.name, [raw, gzip, brotli, aim, thousands(budget.gate)], verdict(entry));
    if budget.files.len() > 1 {
        for file in &budget.files {
            if let Some(&bytes) = report.files.get(file) {
                let [raw, gzip, brotli] = columns(bytes);
                line(text, &format!("  {file}"), [raw, gzip, brotli, String::new(), String::new()], "");
            }
        }
    }
}

fn verdict(entry: &Entry) -> &'static str {
    match entry.budget.aim {
        _ if !entry.within_gate => "OVER THE GATE",
        Some(aim) if entry.bytes.brotli > aim => "ok, above the aim",
        _ => "ok",
    }
}

fn columns(bytes: Bytes) -> [String; 3] {
    [bytes.raw, bytes.gzip, bytes.brotli].map(thousands)
}

fn line(text: &mut String, name: &str, columns: [String; 5], verdict: &str) {
    let mut line = format!("{name:<32}");
    for column in columns {
        let _ = write!(line, "{column:>11}");
    }
    let _ = write!(line, "  {verdict}");
    let _ = writeln!(text, "{}", line.trim_end());
}

/// `34000` is `34,000`.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn thousands_are_grouped() {
        let grouped = [0, 12, 999, 1_000, 34_000, 1_234_567].map(thousands);
        assert_eq!(grouped, ["0", "12", "999", "1,000", "34,000", "1,234,567"]);
    }
}
