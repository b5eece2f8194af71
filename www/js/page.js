import { button, el } from "./dom.js";
import { errorNotice, toast } from "./notices.js";
import { SessionView } from "./session.js";
import { openShop } from "./shop.js";
import { themeToggle } from "./theme.js";
import { WireDrawer } from "./wire-drawer.js";

/**
 * What every page of the shop does at its start: header, drawer, the SDK, and the way back from a sign-in.
 *
 * @param {object} page
 * @param {(parts: {customer: import("/pkg/index.js").Customer, session: SessionView}) => void} page.onConnect
 * @param {(call: import("/pkg/index.js").ResumedCall) => void} page.onResumed one call that waited for the sign-in
 * @param {() => void} page.onSettled whatever came back is shown
 */
export async function startPage({ onConnect, onResumed, onSettled }) {
  themeToggle();
  const opened = await open();
  if (!opened) return;
  const { shop, config } = opened;
  const { customer } = shop;
  const deliver = (result) => {
    for (const call of result?.resumed ?? []) onResumed(call);
  };
  new WireDrawer(shop, config);
  const session = new SessionView(customer, document.getElementById("session"), deliver);
  onConnect({ customer, session });
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
}

async function open() {
  try {
    return await openShop();
  } catch (error) {
    document.getElementById("session").replaceChildren();
    const again = button("Reload the page", () => location.reload(), "small");
    toast(errorNotice(error, { title: "Order help is not available right now", actions: [again] }));
    return null;
  }
}
