//! Amounts, in and out, exactly.

use shopper_mcp::ucp::money::{LARGEST, exponent, to_decimal, to_minor};

use crate::support::random::Dice;
use crate::support::shop::{code_and_field, refused};

#[test]
fn minor_units_as_text() {
    for (minor, currency, text) in [
        (0.0, "USD", "0.00"),
        (-0.0, "USD", "0.00"),
        (1.0, "USD", "0.01"),
        (-1.0, "USD", "-0.01"),
        (1_230.0, "EUR", "12.30"),
        (-99_999.0, "EUR", "-999.99"),
        (1_230.0, "JPY", "1230"),
        (-5.0, "KRW", "-5"),
        (5.0, "KWD", "0.005"),
        (123_456.0, "BHD", "123.456"),
        (1.0, "CLF", "0.0001"),
        (12_345.0, "UYW", "1.2345"),
        (9_007_199_254_740_991.0, "USD", "90071992547409.91"),
        (-9_007_199_254_740_991.0, "KWD", "-9007199254740.991"),
        (9_007_199_254_740_991.0, "JPY", "9007199254740991"),
        (100.0, "ZZZ", "1.00"),
    ] {
        assert_eq!(to_decimal(minor, currency).unwrap(), text, "{minor} {currency}");
        assert_eq!(to_minor(text, currency).unwrap(), minor, "{text} {currency}");
    }
}

#[test]
fn amounts_survive_the_way_out_and_in() {
    let dice = Dice::new(29);
    for _ in 0..5_000 {
        let size = LARGEST >> dice.below(53);
        let minor = (dice.next() % (size + 1)) as f64 * if dice.below(2) == 0 { 1.0 } else { -1.0 };
        for currency in ["JPY", "USD", "KWD", "CLF"] {
            let text = to_decimal(minor, currency).unwrap();
            assert_eq!(to_minor(&text, currency).unwrap(), minor, "{text} {currency}");
        }
    }
}

#[test]
fn text_of_other_hands() {
    for (text, currency, minor) in [
        ("110.0", "USD", 11_000.0),
        ("110", "USD", 11_000.0),
        ("007.5", "USD", 750.0),
        ("12.3000", "USD", 1_230.0),
        ("12.000", "JPY", 12.0),
        ("1.5", "KWD", 1_500.0),
        ("-0", "USD", 0.0),
    ] {
        assert_eq!(to_minor(text, currency).unwrap(), minor, "{text}");
    }
    assert!(to_minor("-0.00", "USD").unwrap().is_sign_positive());
}

#[test]
fn what_is_no_amount() {
    for minor in [0.5, -1.5, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 9_007_199_254_740_992.0, -1e300, 1e-9] {
        assert_eq!(code_and_field(to_decimal(minor, "USD")), ("amount_invalid", "amount".to_owned()), "{minor}");
    }
    for text in [
        "",
        "-",
        ".",
        "1.",
        ".5",
        "+1",
        "--1",
        " 1",
        "1 ",
        "1e3",
        "0x1",
        "1,50",
        "1.234",
        "1.2.3",
        "\u{661}",
        "1.\u{661}",
        "90071992547409.92",
        "99999999999999999999999",
        "Infinity",
        "NaN",
    ] {
        assert_eq!(code_and_field(to_minor(text, "USD")).1, "amount", "{text:?}");
    }
    assert!(to_minor("1.5", "JPY").is_err());
}

#[test]
fn currencies() {
    for (currency, digits) in
        [("JPY", 0), ("ISK", 0), ("UGX", 0), ("XPF", 0), ("USD", 2), ("HUF", 2), ("TND", 3), ("IQD", 3), ("CLF", 4)]
    {
        assert_eq!(exponent(currency).unwrap(), digits, "{currency}");
    }
    for currency in ["", "usd", "US", "USDT", "U D", "US\u{d6}", "123", "JPY KMF"] {
        assert_eq!(code_and_field(exponent(currency)).1, "currency", "{currency:?}");
    }
    for currency in ["XXX", "XAU", "XAD", "XTS"] {
        let error = refused(exponent(currency));
        assert!(error.sentence().contains(&format!("`{currency}`")), "{error:?}");
    }
}
