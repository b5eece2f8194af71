// Uses of a catalog that the declarations must refuse: each of these lines is an error.

import { connect } from "shopper-mcp";
import type { CatalogOptions, GlobalProductsSearch, Offer, Product, Shop } from "shopper-mcp";
import type { Shop as CustomerShop } from "shopper-mcp/customer";

declare const shop: Shop;
declare const customerShop: CustomerShop;
declare const product: Product;
declare const offer: Offer;

export const uses = [
  // @ts-expect-error Servers are three.
  (): CatalogOptions => ({ server: "catalog" }),
  // @ts-expect-error A token in the options is every visitor's.
  (): CatalogOptions => ({ server: "discover", token: "abc" }),
  // @ts-expect-error A catalog of all shops knows no customer.
  (): CatalogOptions => ({ server: "global", token: "customer" }),
  // @ts-expect-error No secret has a place in a page.
  (): CatalogOptions => ({ server: "discover", clientSecret: "secret" }),
  // @ts-expect-error A catalog is an object.
  () => connect({ shop: "shop.example", catalog: "global" }),
  // @ts-expect-error The customer's entry has none.
  () => customerShop.catalog,
  // @ts-expect-error The shop's catalog is its own.
  () => (shop.catalog = shop.catalog),
  // @ts-expect-error A search has a request.
  () => shop.catalog.search(),
  // @ts-expect-error A page comes in a promise.
  () => shop.catalog.search({ query: "mug" }).products,
  // @ts-expect-error Amounts are numbers.
  () => shop.catalog.search({ query: "mug", filters: { price: { max: "50.00" } } }),
  // @ts-expect-error The former catalog's request has a context.
  (): GlobalProductsSearch => ({ query: "mug" }),
  // @ts-expect-error Ids are in a list.
  () => shop.catalog.lookup("gid://shopify/Product/1"),
  // @ts-expect-error A product has an id.
  () => shop.catalog.product({ selected: [] }),
  // @ts-expect-error Whether something was found must be asked.
  async () => (await shop.catalog.product("id")).product.title,
  // @ts-expect-error What is missing reads as null.
  () => product.title.length,
  // @ts-expect-error There may be no price.
  () => offer.price.amount,
  // @ts-expect-error A product is a view: the page writes its own.
  () => (product.title = "Mug"),
  // @ts-expect-error There may be no such offer.
  () => product.offers[0].id,
];
