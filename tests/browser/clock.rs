//! Timers that end with whoever waits for them, and dates.

use js_sys::{Date, Function};
use shopper_mcp::platform::Clock;
use shopper_mcp::wait::{First, race};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::browser;

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    type TimerWatch;
    #[wasm_bindgen(js_name = watchTimers)]
    fn watch_timers() -> TimerWatch;
    #[wasm_bindgen(method, getter)]
    fn pending(this: &TimerWatch) -> u32;
    #[wasm_bindgen(method, getter)]
    fn errors(this: &TimerWatch) -> u32;
    #[wasm_bindgen(method)]
    fn stop(this: &TimerWatch);

    #[wasm_bindgen(js_name = freezeClock)]
    fn freeze_clock(at: f64) -> Function;
}

#[wasm_bindgen_test]
async fn sleeps_as_long_as_it_says() {
    let browser = browser();
    let began = Date::now();
    browser.sleep(60.0).await;
    let slept = Date::now() - began;
    assert!((59.0..5_000.0).contains(&slept), "{slept} ms");
    assert!((browser.now() - Date::now()).abs() < 1_000.0);
}

#[wasm_bindgen_test]
async fn the_shorter_of_two_waits_is_first() {
    let browser = browser();
    assert!(matches!(race(browser.sleep(500.0), browser.sleep(1.0)).await, First::Right(())));
    assert!(matches!(race(browser.sleep(1.0), browser.sleep(500.0)).await, First::Left(())));
}

#[wasm_bindgen_test]
async fn a_wait_that_is_given_up_leaves_no_timer() {
    let browser = browser();
    let watch = watch_timers();
    let never_waited_for = browser.sleep(20.0);
    assert_eq!(watch.pending(), 1);
    drop(never_waited_for);
    assert_eq!(watch.pending(), 0);

    // One that was polled, and lost a race.
    race(browser.sleep(40.0), browser.sleep(1.0)).await;
    assert_eq!(watch.pending(), 0);
    browser.sleep(80.0).await;
    assert_eq!((watch.pending(), watch.errors()), (0, 0), "nothing fires into what was dropped");
    watch.stop();
}

#[wasm_bindgen_test]
async fn a_wait_longer_than_browsers_can_count_does_not_end_at_once() {
    let browser = browser();
    for ms in [1e10, 1e300, f64::INFINITY] {
        assert!(matches!(race(browser.sleep(ms), browser.sleep(30.0)).await, First::Right(())), "{ms}");
    }
    browser.sleep(-5.0).await;
}

#[wasm_bindgen_test]
fn reads_http_dates() {
    let browser = browser();
    assert_eq!(browser.parse_date("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777_000.0));
    assert_eq!(browser.parse_date("soon"), None);
    assert_eq!(browser.parse_date(""), None);
}

#[wasm_bindgen_test]
fn the_clock_is_the_pages_own() {
    let thaw = freeze_clock(1_234.0);
    let seen = browser().now();
    thaw.call0(&JsValue::UNDEFINED).unwrap();
    assert_eq!(seen, 1_234.0);
}
