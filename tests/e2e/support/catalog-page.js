// A page that searches one of the three catalogs of the local shop.

import { agentToken } from "../../../devshop/test/support/agent.js";
import { connectAgent } from "./agent-page.js";

/** Where the local shop plays the catalogs of all shops. */
export const endpointsOf = (shop) => ({ global: `${shop.catalog}/api/ucp/mcp`, discover: `${shop.discover}/global/mcp` });

/** The option `catalog` for one of them. */
export const catalogOption = (shop, server) => ({ server, ...(server === "shop" ? {} : { endpoint: endpointsOf(shop)[server] }) });

/** A page that is connected as an agent, and searches there; the former catalog's token comes from a function of the page. */
export async function catalogTab(world, server, { shop = world.shop, agent = {}, options = {}, setup = {} } = {}) {
  const tab = await world.tab({ connect: false, ...setup });
  return connectCatalog(tab, shop, server, { agent, options });
}

export async function connectCatalog(tab, shop, server, { agent = {}, options = {} } = {}) {
  if (server === "discover") await connectFormer(tab, shop, options);
  else await connectAgent(tab, agent, { catalog: catalogOption(shop, server), ...options });
  // Advice is kept out of the console: what is said in it fails a test.
  await tab.run(() => {
    const { page } = globalThis;
    page.advice = [];
    page.shop.addEventListener("advice", (event) => {
      event.preventDefault();
      page.advice.push(event.detail.about);
    });
  });
  return tab;
}

async function connectFormer(tab, shop, options) {
  await tab.page.exposeFunction("askForSearchToken", () => agentToken(shop));
  await tab.run(async ([catalog, rest]) => {
    const { page } = globalThis;
    const token = () => globalThis.askForSearchToken();
    await page.connect({ agent: { profiles: page.config.agentProfiles, agentWideToken: true }, catalog: { ...catalog, token }, ...rest });
  }, [catalogOption(shop, "discover"), options]);
}

/** The first page of a search, as data that can leave the page: its products with all that is read of them. */
export const search = (tab, request) => tab.run((given) => globalThis.page.settle(async () => {
  const { products, totalCount, instructions, outcome } = await globalThis.page.shop.catalog.search(given);
  const told = ({ id, title, url, priceRange, offers }) => ({ id, title, url, priceRange, offers: offers.map(({ id: variant, price, available, checkoutUrl, seller }) => ({ id: variant, price, available, checkoutUrl, seller })) });
  return { products: products.map(told), totalCount, instructions, outcome };
}), request);

/** All products of a search: their ids, and whether there were more. */
export const walk = (tab, request) => tab.run((given) => globalThis.page.settle(async () => {
  const found = globalThis.page.shop.catalog.search(given);
  const ids = [];
  for await (const { id } of found) ids.push(id);
  return { ids, truncated: found.truncated };
}), request);
