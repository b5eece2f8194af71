//! Amounts: whole minor units with a currency, in and out of decimal text. Nothing is ever a fraction in between.

use alloc::string::String;

use super::text::digits;
use crate::error::{Error, Problem, Result};
use crate::words::{join, split};

/// The largest amount of the protocol, 2^53 − 1: the largest whole number that JSON carries exactly everywhere.
pub const LARGEST: u64 = (1 << 53) - 1;

/// Digits after the point (ISO 4217, list one), where they are not two.
const EXPONENTS: [(usize, &str); 3] = [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

/// Codes of ISO 4217 that are no money, or money without a minor unit: metals, baskets, tests.
const NO_MONEY: &str = "XAD XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX";

/// How many digits after the point a currency has. A code that is newer than this list has two.
///
/// Errors: `amount_invalid`, naming a currency that is none.
pub fn exponent(currency: &str) -> Result<usize> {
    let is_code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_code {
        return Err(Error::at(Problem::CurrencyInvalid, "currency"));
    }
    if lists(NO_MONEY, currency) {
        return Err(Error::new(Problem::CurrencyInvalid).field(String::from(currency)));
    }
    let known = EXPONENTS.iter().find(|(_, codes)| lists(codes, currency));
    Ok(known.map_or(2, |(digits, _)| *digits))
}

fn lists(codes: &str, currency: &str) -> bool {
    codes.split_ascii_whitespace().any(|code| code == currency)
}

/// Minor units as decimal text with a point: `-12.30`.
///
/// Errors: `amount_invalid` for what is not whole or too large, and for a currency that is none.
pub fn to_decimal(minor: f64, currency: &str) -> Result<String> {
    let places = exponent(currency)?;
    let whole = minor as i64;
    if whole as f64 != minor || whole.unsigned_abs() > LARGEST {
        return Err(Error::at(Problem::AmountInvalid, "amount"));
    }
    let sign = if whole < 0 { "-" } else { "" };
    let number = digits(whole.unsigned_abs());
    if places == 0 {
        return Ok(join(&[sign, &number]));
    }
    let zeros = "0000".get(..(places + 1).saturating_sub(number.len())).unwrap_or_default();
    let padded = join(&[zeros, &number]);
    let (units, fraction) = padded.split_at_checked(padded.len().saturating_sub(places)).unwrap_or_default();
    Ok(join(&[sign, units, ".", fraction]))
}

/// Decimal text as minor units. Digits that the currency does not have must be zeros.
///
/// Errors: `amount_invalid`.
pub fn to_minor(decimal: &str, currency: &str) -> Result<f64> {
    let places = exponent(currency)?;
    minor_of(decimal, places).ok_or_else(|| Error::at(Problem::AmountInvalid, "amount"))
}

fn minor_of(decimal: &str, places: usize) -> Option<f64> {
    let unsigned = decimal.strip_prefix('-').unwrap_or(decimal);
    let (units, fraction) = match split(unsigned, b'.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (unsigned, ""),
    };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let excess = fraction.get(places..).unwrap_or_default();
    if units.is_empty() || !all_digits(units) || !all_digits(fraction) || excess.bytes().any(|byte| byte != b'0') {
        return None;
    }
    let filled = fraction.bytes().chain(core::iter::repeat(b'0')).take(places);
    let append = |sum: u64, digit: u8| sum.checked_mul(10)?.checked_add(u64::from(digit - b'0'));
    let sum = units.bytes().chain(filled).try_fold(0, append).filter(|sum| *sum <= LARGEST)?;
    let amount = sum as f64;
    Some(if unsigned.len() < decimal.len() && sum > 0 { -amount } else { amount })
}
