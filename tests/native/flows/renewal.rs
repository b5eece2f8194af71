//! The refresh: once for all calls of a page, and no passing fault costs a session.

use serde_json::{Value as Serde, json};
use shopper_mcp::platform::Event;

use crate::support::login_server::refused;
use crate::support::network::{LATENCY, Piece, Reply};
use crate::support::page::Page;
use crate::support::scene::{Scene, code, words};
use crate::support::shop::Endpoint;

/// Time enough for a call to be on its way to the token endpoint: lock, siblings' answers, the way there.
const ASKING: f64 = 160.0;

#[test]
fn an_expired_token_is_renewed_before_the_call() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    let before = page.record().unwrap();
    scene.expire();
    words(&page.order().wait());
    assert_eq!((scene.shop.count(Endpoint::Token), scene.shop.count(Endpoint::Mcp)), (1, 1));
    assert_eq!(page.events(), [Event::Refreshed]);
    let after = page.record().unwrap();
    assert_eq!((&after.id, after.generation), (&before.id, before.generation + 1.0));
    assert_ne!(after.access_token, before.access_token);
    assert_ne!(after.refresh_token, before.refresh_token);
    assert_eq!((after.sub, after.id_token), (before.sub, before.id_token), "who signed in stays known");
    let stored = page.tab.storage.text();
    assert!(stored.contains(&after.access_token) && !stored.contains(&before.access_token));
    assert!(!stored.contains(&before.refresh_token.unwrap()), "the old refresh token is nowhere");
}

#[test]
fn a_token_that_is_about_to_end_is_renewed_early_and_a_fresh_one_is_not() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.world.advance(3_500_000.0);
    words(&page.order().wait());
    assert_eq!(scene.shop.count(Endpoint::Token), 0);
    scene.world.advance(60_000.0);
    words(&page.order().wait());
    assert_eq!(scene.shop.count(Endpoint::Token), 1);
}

#[test]
fn a_401_is_renewed_and_sent_again() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.shop.login.expire_access();
    words(&page.call("request_return", json!({ "order_id": "1" })).wait());
    assert_eq!((scene.shop.count(Endpoint::Token), scene.shop.count(Endpoint::Mcp)), (1, 2));
    assert_eq!(scene.shop.tools.executions("request_return"), 1, "a 401 was not executed, so it may be sent again");
}

fn parallel(calls: usize, prepare: fn(&Scene)) -> (Scene, Page) {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    prepare(&scene);
    let started: Vec<_> = (0..calls).map(|_| page.order()).collect();
    for call in started {
        words(&call.wait());
    }
    (scene, page)
}

#[test]
fn parallel_calls_on_an_expired_token_are_one_token_request() {
    for calls in [5, 100] {
        let (scene, _) = parallel(calls, Scene::expire);
        assert_eq!((scene.shop.count(Endpoint::Token), scene.shop.count(Endpoint::Mcp)), (1, calls));
        scene.shop.login.assert_families_alive();
    }
}

#[test]
fn parallel_401s_are_one_token_request() {
    for calls in [5, 100] {
        let (scene, _) = parallel(calls, |scene| scene.shop.login.expire_access());
        assert_eq!((scene.shop.count(Endpoint::Token), scene.shop.count(Endpoint::Mcp)), (1, 2 * calls));
        scene.shop.login.assert_families_alive();
    }
}

#[test]
fn a_late_401_does_not_renew_again() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.shop.login.expire_access();
    // This call's 401 comes long after another call has renewed.
    scene.shop.next(Endpoint::Mcp, |shop, sent| shop.usual(sent).after(2_000.0));
    let slow = page.order();
    scene.world.advance(10.0);
    words(&page.order().wait());
    words(&slow.wait());
    assert_eq!(scene.shop.count(Endpoint::Token), 1);
}

#[test]
fn passing_faults_keep_the_session() {
    let table: Vec<(&str, &str, Reply)> = vec![
        ("500", "token_refused", Reply::text(500, "")),
        ("503 with HTML", "token_refused", Reply::text(503, "<html>")),
        ("429", "token_refused", Reply::text(429, "")),
        ("401 with nothing", "token_refused", Reply::text(401, "")),
        ("temporarily_unavailable", "token_refused", refused("temporarily_unavailable")),
        ("lost", "network", Reply::Lost),
        ("silence", "timeout", Reply::Silence),
        ("broken off", "network", Reply::pieces(200, vec![Piece::Text("{\"acc".into()), Piece::Break])),
        ("HTML", "token_invalid", Reply::text(200, "<html>")),
        ("no token", "token_invalid", Reply::text(200, "{}")),
        ("redirect", "redirect_refused", Reply::text(0, "")),
        ("invalid_client", "client_refused", refused("invalid_client")),
    ];
    for (what, expected, reply) in table {
        let scene = Scene::new();
        let (page, sibling) = (scene.signed_in_page(), scene.sibling());
        let before = page.record().unwrap();
        scene.expire();
        scene.shop.always(Endpoint::Token, move |_, _| reply.clone());
        assert_eq!(code(&page.order().wait()), expected, "{what}");
        assert!(scene.shop.count(Endpoint::Token) <= 3, "{what}: a bounded number of tries");
        let kept = page.record().unwrap();
        assert_eq!((kept.refresh_token, kept.generation), (before.refresh_token, before.generation), "{what}");
        assert!(sibling.is_signed_in() && page.events().is_empty(), "{what}");
        assert!(!scene.browser.locks.is_held("renewal"), "{what}");
        assert!(!page.tab.leaves(), "{what}: nobody is sent to sign in");

        scene.shop.as_usual(Endpoint::Token);
        words(&page.order().wait());
    }
}

#[test]
fn a_fault_that_passes_at_once_is_not_noticed() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.expire();
    scene.shop.next(Endpoint::Token, |_, _| Reply::text(500, ""));
    scene.shop.next(Endpoint::Token, |_, _| Reply::Lost);
    words(&page.order().wait());
    assert_eq!(scene.shop.count(Endpoint::Token), 3);
}

#[test]
fn offline_keeps_the_session_and_back_online_it_works() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.expire();
    scene.browser.online.set(false);
    assert_eq!(code(&page.order().wait()), "offline");
    scene.browser.online.set(true);
    words(&page.order().wait());
}

#[test]
fn a_token_that_still_works_is_used_when_it_cannot_be_renewed_yet() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.world.advance(3_560_000.0);
    scene.shop.forget_log();
    scene.shop.always(Endpoint::Token, |_, _| Reply::text(503, ""));
    words(&page.order().wait());
    assert!(scene.shop.count(Endpoint::Token) <= 3);
}

#[test]
fn a_client_that_cannot_renew_signs_in_again() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.shop.set(|shop| shop.login.supports_refresh = false);
    scene.expire();
    let _call = page.order();
    scene.world.advance(5_000.0);
    assert!(page.tab.leaves());
    assert_eq!(scene.shop.count(Endpoint::Token), 1);
    let back = scene.shopper_signs_in(&page.tab, "ada");
    words(&back.handle_redirect().wait().unwrap().unwrap().resumed[0].outcome);
}

#[test]
fn a_client_without_refresh_tokens_signs_in_again() {
    let scene = Scene::new();
    scene.shop.set(|shop| shop.login.gives_refresh_tokens = false);
    let page = scene.signed_in_page();
    scene.expire();
    let _call = page.order();
    scene.world.advance(5_000.0);
    assert!(page.tab.leaves());
    assert_eq!(scene.shop.count(Endpoint::Token), 0);
}

#[test]
fn an_answer_without_a_refresh_token_keeps_the_old_one() {
    let scene = Scene::new();
    scene.shop.set(|shop| shop.login.rotates = false);
    let page = scene.signed_in_page();
    let refresh_token = page.record().unwrap().refresh_token;
    for _ in 0..3 {
        scene.expire();
        words(&page.order().wait());
        assert_eq!(page.record().unwrap().refresh_token, refresh_token);
    }
}

#[test]
fn the_refresh_token_goes_where_it_came_from() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.shop.set(|shop| shop.login_document["token_endpoint"] = json!("https://evil.example/token"));
    let discovery = page.tab.storage.key("discovery:login");
    page.tab.storage.remove(&discovery);
    scene.expire();
    words(&scene.reload(&page.tab).order().wait());
    assert_eq!(scene.shop.count(Endpoint::Elsewhere), 0);
}

#[test]
fn lies_about_the_lifetime_start_no_storm() {
    for lie in [json!(0), json!(-1), json!(1e308), json!("3600"), json!(null), json!([]), json!(1e-9), json!(2)] {
        let scene = Scene::new();
        let shown = lie.clone();
        scene.shop.set(move |shop| shop.login.expires_in = Some(shown));
        let page = scene.signed_in_page();
        for call in 1..=5 {
            words(&page.order().wait());
            assert!(scene.shop.count(Endpoint::Token) <= call, "{lie}: at most one renewal per call");
        }
        scene.shop.login.expire_access();
        words(&page.order().wait());
        scene.shop.login.assert_families_alive();
    }
}

#[test]
fn a_clock_that_jumps_starts_no_storm() {
    for jump in [600_000.0, -600_000.0, 86_400_000.0, -86_400_000.0] {
        let scene = Scene::new();
        let page = scene.signed_in_page();
        scene.world.jump(jump);
        for _ in 0..5 {
            words(&page.order().wait());
        }
        assert!(scene.shop.count(Endpoint::Token) <= 1, "{jump}");
        scene.shop.login.expire_access();
        words(&page.order().wait());
        assert!(scene.shop.count(Endpoint::Token) <= 2, "{jump}: the 401 heals it");
    }
}

#[test]
fn a_renewed_id_token_names_the_same_customer() {
    let scene = Scene::new();
    scene.shop.set(|shop| shop.login.renews_id_token = true);
    let page = scene.signed_in_page();
    scene.expire();
    words(&page.order().wait());

    type Forge = fn(&mut Serde, &mut Serde);
    let table: [Forge; 3] = [
        |_, claims| claims["sub"] = json!("gid://shopify/Customer/bob"),
        |_, claims| claims["iss"] = json!("https://evil.example"),
        |header, _| header["alg"] = json!("none"),
    ];
    for forge in table {
        let scene = Scene::new();
        let page = scene.signed_in_page();
        let before = page.access_token();
        scene.shop.set(|shop| {
            shop.login.renews_id_token = true;
            shop.login.forge = forge;
        });
        scene.expire();
        assert_eq!(code(&page.order().wait()), "id_token_invalid");
        assert_eq!(page.access_token(), before, "nothing of that answer is kept");
    }
}

#[test]
fn an_aborted_call_does_not_abort_the_renewal_of_the_others() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.expire();
    let (first, second) = (page.order(), page.order());
    scene.world.advance(ASKING);
    first.abort();
    words(&second.wait());
    assert_eq!(scene.shop.count(Endpoint::Token), 1);
    assert!(page.tab.storage.text().contains(&page.access_token().unwrap()));
}

#[test]
fn an_abort_in_the_middle_of_a_renewal_loses_no_token() {
    let scene = Scene::new();
    let page = scene.signed_in_page();
    scene.expire();
    let call = page.order();
    scene.world.advance(ASKING + LATENCY);
    assert_eq!(scene.shop.count(Endpoint::Token), 1);
    call.abort();
    scene.world.advance(1_000.0);
    words(&page.order().wait());
    assert_eq!(scene.shop.count(Endpoint::Token), 1, "the rotated token was kept");
    scene.shop.login.assert_families_alive();
}
