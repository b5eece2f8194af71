import { addSigningKey, publishKeys } from "./agent/signing-keys.js";
import { button, el } from "./dom.js";
import { announce, errorNotice, notice, toast } from "./notices.js";
import { startPage } from "./page.js";
import { SignedRequest } from "./signed/signed-request.js";
import { whatOf, whereOf } from "./wire-words.js";

const MUG = "gid://shopify/ProductVariant/44100010001";
/** Comes back after the reload that a new key takes. */
const MAKE = "#make";

const list = document.getElementById("signed-list");
const actions = document.getElementById("signed-actions");
const empty = document.getElementById("signed-empty");

startPage({
  onConnect: (parts) => {
    parts.shop.addEventListener("wire", ({ detail }) => {
      if (detail.phase === "request" && detail.signatureBase) show(detail);
    });
    offer(parts);
  },
  onResumed: ({ name, error }) =>
    toast(
      error
        ? errorNotice(error, { title: name })
        : notice({ tone: "good", title: name }, "The shop has answered."),
    ),
  onSettled: () => {},
});

/** The newest first, and open. */
function show(detail) {
  empty.hidden = true;
  const what = whatOf(detail);
  for (const shown of list.querySelectorAll(".signed-entry")) shown.open = false;
  list.prepend(
    el(
      "li",
      { class: "card" },
      el(
        "details",
        { class: "signed-entry", open: true },
        el(
          "summary",
          {},
          el("h2", {}, what),
          el("span", { class: "small soft break" }, `${detail.method} ${whereOf(detail)}`),
        ),
        new SignedRequest(detail).node,
      ),
    ),
  );
  announce(`Signed: ${what}`);
}

function offer(parts) {
  const { shop, keys, control } = parts;
  const options = { tier: "signed" };
  const search = () =>
    shop.callTool("search_catalog", { catalog: { query: "mug", pagination: { limit: 3 } } }, options);
  // To cancel takes effect once: the key for that is signed too.
  const cartAndBack = async () => {
    const { data } = await shop.cart.create([{ item: MUG, quantity: 1 }], options);
    await shop.cart.cancel(data.id, options);
  };
  if (keys.length === 0) {
    const make = button("Make a key, and a signed request", () => run(() => makeKey(parts)));
    make.disabled = !control;
    actions.replaceChildren(
      make,
      control ? "" : el("p", { class: "fine-print" }, "Publishing a key takes the local shop."),
    );
    return;
  }
  actions.replaceChildren(
    button("Search the catalogue, signed", () => run(search)),
    button("Make a cart and cancel it, signed", () => run(cartAndBack), "quiet"),
  );
  if (location.hash === MAKE) {
    history.replaceState(null, "", location.pathname);
    run(async () => {
      await publish(parts, keys);
      await search();
    });
  }
}

async function makeKey(parts) {
  await publish(parts, await addSigningKey(parts.sdk));
  location.hash = MAKE;
  location.reload();
}

function publish({ sdk, control, config }, keys) {
  return publishKeys({ sdk, control, profiles: config.agentProfiles }, keys);
}

async function run(work) {
  const buttons = [...actions.querySelectorAll("button")];
  for (const node of buttons) node.disabled = true;
  try {
    await work();
  } catch (error) {
    toast(errorNotice(error, { title: "This could not be signed, or was refused" }));
  } finally {
    for (const node of buttons) node.disabled = false;
  }
}
