// The page that every job has: it wants to know the shopper's last order, as soon as it is loaded.

const TOOL = "get_most_recent_order_status";

/**
 * What a theme would have rendered into the page. `endpoint`: in place of the MCP server that the shop names.
 *
 * @type {{ shop: string, clientId: string, redirectUri: string, scope: string, endpoint?: string }}
 */
const shop = JSON.parse(document.getElementById("shop").textContent);

/** @param {{ answer: Function, call: Function, listTools?: Function }} job see README.md */
export async function run(job) {
  globalThis.job = { call: (name, given = {}) => job.call(name, given), listTools: () => job.listTools() };
  const result = await job.answer(shop, TOOL);
  document.getElementById("answer").textContent = result.content[0].text;
  // The browser notes when a request is made, on the clock by which it notes when a page is asked for.
  navigator.sendBeacon("/answered");
}
