// The exports of the wasm under test: this is the module that wasm-bindgen's test runner serves to the page.
import * as glue from "/wasm-bindgen-test";

export function exported(name) {
  return glue[name];
}
