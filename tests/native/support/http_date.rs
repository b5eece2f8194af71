//! HTTP dates in the form that servers send (RFC 9110 section 5.6.7).

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/// ms since the epoch.
pub fn parse(text: &str) -> Option<f64> {
    let words: Vec<&str> = text.split(' ').collect();
    let [_, day, month, year, time, "GMT"] = words[..] else { return None };
    let month = MONTHS.iter().position(|name| *name == month)?;
    let clock: Vec<f64> = time.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [hours, minutes, seconds] = clock[..] else { return None };
    let days = days_before(year.parse().ok()?, month) + day.parse::<i64>().ok()? - 1;
    Some((days as f64 * 86_400.0 + hours * 3_600.0 + minutes * 60.0 + seconds) * 1000.0)
}

pub fn write(ms: f64) -> String {
    let seconds = (ms / 1000.0).floor() as i64;
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let mut year = 1970;
    while days_before(year + 1, 0) <= days {
        year += 1;
    }
    let month = (0..12).rev().find(|month| days_before(year, *month) <= days).unwrap();
    let day = days - days_before(year, month) + 1;
    let name = DAYS[days.rem_euclid(7) as usize];
    let (hours, minutes) = (rest / 3_600, rest / 60 % 60);
    format!("{name}, {day:02} {} {year} {hours:02}:{minutes:02}:{:02} GMT", MONTHS[month], rest % 60)
}

/// Days from 1970-01-01 to the first of a month.
fn days_before(year: i64, month: usize) -> i64 {
    const LENGTHS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let years: i64 = (1970..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    let months: i64 = LENGTHS[..month].iter().sum();
    years + months + i64::from(leap(year) && month > 1)
}

#[test]
fn dates_survive_the_way_out_and_in() {
    assert_eq!(parse("Wed, 21 Oct 2015 07:28:00 GMT"), Some(1_445_412_480_000.0));
    assert_eq!(write(1_445_412_480_000.0), "Wed, 21 Oct 2015 07:28:00 GMT");
    for day in 0..4_000 {
        let at = 1_793_613_600_000.0 + f64::from(day) * 86_400_000.0;
        assert_eq!(parse(&write(at)), Some(at));
    }
    assert_eq!(parse("soon"), None);
}
