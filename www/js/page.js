import { Agent } from "./agent/agent.js";
import { publishKeys } from "./agent/signing-keys.js";
import { Cart } from "./cart/cart.js";
import { CartDrawer } from "./cart/drawer.js";
import { HandOver } from "./cart/hand-over.js";
import { moneyText } from "./cart/money-text.js";
import { ControlApi } from "./control-api.js";
import { button } from "./dom.js";
import { errorNotice, toast } from "./notices.js";
import { SessionView } from "./session.js";
import { openShop } from "./shop.js";
import { siteSearch } from "./site-search.js";
import { themeToggle } from "./theme.js";
import { WireDrawer } from "./wire-drawer.js";

/**
 * What every page of the shop does at its start: header, drawers, the SDK, and the way back from a sign-in.
 *
 * @param {object} page
 * @param {(parts: Parts) => void} page.onConnect
 * @param {(call: import("/pkg/index.js").ResumedCall) => void} page.onResumed one call that waited for the sign-in
 * @param {() => void} page.onSettled whatever came back is shown
 * @param {(url: string) => void} [page.search] how the header's search gets to its results; by a page load if left out
 *
 * @typedef {import("./shop.js").Opened & {
 *   customer: import("/pkg/index.js").Customer, session: SessionView, agent: Agent, cart: Cart, drawer: CartDrawer,
 *   control: ControlApi | null,
 * }} Parts
 */
export async function startPage({ onConnect, onResumed, onSettled, search }) {
  themeToggle();
  siteSearch(search);
  const opened = await open();
  if (!opened) return;
  const { shop, config, keys } = opened;
  const { customer } = shop;
  const deliver = (result) => {
    for (const call of result?.resumed ?? []) onResumed(call);
  };
  const agent = new Agent(customer, keys);
  const control = config.control ? new ControlApi(config.control) : null;
  const session = new SessionView(customer, document.getElementById("session"), deliver);
  const { cart, handOver, drawer } = openCart({ shop, agent, control });
  new WireDrawer({ ...opened, agent, cart, control });
  onConnect({ ...opened, customer, session, agent, cart, drawer, control });
  // Before the way back is read, "signed out" may be a matter of milliseconds: not worth showing.
  if (customer.session.signedIn) session.render();
  try {
    const back = await customer.handleRedirect();
    session.render();
    deliver(back);
  } catch (error) {
    session.render();
    session.tellSignInProblem(error);
  }
  onSettled();
  if (agent.tier === "signed" && control) await publishAgain({ ...opened, control });
  // First what the buyer has bought: with that the cart is gone.
  await handOver.look();
  await cart.open();
}

/** The local shop forgets profiles when it is started anew. Without it, the calls themselves say what is wrong. */
async function publishAgain({ sdk, config, control, keys }) {
  await publishKeys({ sdk, control, profiles: config.agentProfiles }, keys).catch(() => {});
}

function openCart({ shop, agent, control }) {
  const cart = new Cart(shop, agent);
  const handOver = new HandOver(shop, agent, cart);
  const drawer = new CartDrawer({ cart, handOver, agent, control, text: moneyText(shop.money) });
  // A page that the browser kept while the buyer was at the checkout.
  addEventListener("pageshow", async ({ persisted }) => {
    if (!persisted) return;
    handOver.leave();
    await handOver.look();
    await cart.read({ quietly: true });
  });
  return { cart, handOver, drawer };
}

async function open() {
  try {
    return await openShop();
  } catch (error) {
    document.getElementById("session").replaceChildren();
    const again = button("Reload the page", () => location.reload(), "small");
    toast(errorNotice(error, { title: "This page is not ready", actions: [again] }));
    return null;
  }
}
