//! Randomness by getrandom, signatures by WebCrypto.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::Browser;
use super::browser::verify;
use crate::error::{Code, Error, Result};
use crate::platform::{Algorithm, Crypto};

impl Crypto for Browser {
    fn random(&self, bytes: &mut [u8]) -> Result<()> {
        getrandom::fill(bytes).map_err(|_| {
            Error::new(
                Code::RandomnessUnavailable,
                "This browser gives no secure random numbers: nothing is signed or sent without them.",
            )
        })
    }

    async fn verify(&self, key: &JsValue, algorithm: Algorithm, signed: &[u8], signature: &[u8]) -> Option<bool> {
        JsFuture::from(verify(key, algorithm == Algorithm::Es256, signed, signature)).await.ok()?.as_bool()
    }
}
