//! Sign-in by redirect.

use serde_json::json;

use crate::support::scene::{Scene, words};
use crate::support::shop::{ACCOUNT_PAGE, Endpoint};

#[test]
fn signs_in_and_calls() {
    let scene = Scene::new();
    let (page, brought) = scene.sign_in(scene.page(), "ada");
    assert_eq!(brought.return_to, ACCOUNT_PAGE);
    assert!(brought.resumed.is_empty());
    assert_eq!(words(&page.order().wait()), "Order #1001 of ada is on its way.");
    assert_eq!(scene.shop.count(Endpoint::Token), 1);
    let _ = json!({});
}
