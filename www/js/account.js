import { recentOrderCard, storeCreditCard } from "./account-cards.js";
import { ready } from "./dom.js";
import { ORDER_TOOL, OrderLookup } from "./order-lookup.js";
import { startPage } from "./page.js";
import { RETURN_TOOL, ReturnRequest } from "./returns.js";
import { nameOf } from "./session.js";
import { signInModeChoice } from "./sign-in-mode.js";
import { ToolExplorer } from "./tool-explorer.js";

const greeting = document.getElementById("greeting");
const wanted = new URLSearchParams(location.search).get("return");
let returns = null;
let explorer = null;
let cards = [];
let tools = Promise.resolve([]);

const lookup = new OrderLookup((order) => returns?.startButton(order));
document.getElementById("gate-mode").append(signInModeChoice("gate-sign-in-mode"));

startPage({
  onConnect: ({ customer, session }) => {
    lookup.connect(customer);
    returns = new ReturnRequest(customer, (number) =>
      lookup.find(number).then(() => location.assign("#order-status")),
    );
    cards = [recentOrderCard(customer, returns.startButton), storeCreditCard(customer)];
    explorer = new ToolExplorer(customer);
    tools = explorer.load();
    tools.then((listed) => returns.useTools(listed));
    const gate = document.getElementById("gate-sign-in");
    gate.addEventListener("click", () => session.signIn());
    ready(gate);
    document.addEventListener("sessionchange", ({ detail }) => show(customer, detail.signedIn));
  },
  onResumed: async (call) => {
    if (call.name === ORDER_TOOL) return lookup.showResumed(call);
    if (call.name === RETURN_TOOL) return returns.confirmAgain(call);
    await tools;
    explorer.showResumed(call);
  },
  onSettled: () => {
    lookup.settle();
    if (wanted) startReturn(wanted);
  },
});

/** Fills the cards of a signed-in customer. Which parts show is a matter of `data-session` and the style sheet. */
function show(customer, signedIn) {
  greeting.textContent = signedIn
    ? `Signed in as ${nameOf(customer.session.claims)}`
    : "Orders, returns and store credit.";
  for (const card of cards) {
    if (signedIn) card.load();
    else card.clear();
  }
}

/** The storefront's "Return items" leads here with the order's number. */
async function startReturn(number) {
  history.replaceState(null, "", `${location.pathname}#returns`);
  const order = await lookup.find(number, { onSignInNeeded: "event" });
  if (order) returns.start(order);
}
