import { button, el, emptyState, icon, ICONS, skeleton } from "../dom.js";
import { messageNotices } from "../cart/messages.js";
import { announce } from "../notices.js";
import { productUrl, searchUrl } from "./address.js";
import { BuyBox } from "./buy-box.js";
import { Gallery } from "./gallery.js";
import { offersView, sellerFacts } from "./offers.js";
import { OptionPickers } from "./option-pickers.js";
import { picturesOf } from "./pictures.js";
import { catalogProblem } from "./problem.js";
import { productFacts } from "./product-facts.js";
import { ratingView } from "./rating.js";
import { relaxed, relaxedNotice, selectedOf } from "./relaxed.js";
import { productRequest } from "./request.js";
import { categoryOf, isOwn, outwardLink } from "./wording.js";

/** The page of a product. */
export class ProductPage {
  #parts;
  #place = null;
  #asking = null;
  #pickers = new OptionPickers((wish) => this.#pick(wish));
  #gallery = new Gallery();
  #buy;
  #selected = [];
  #head = el("div", { class: "product-head" });
  #title = el("h1", { id: "product-title", tabindex: "-1" });
  #said = el("div", { class: "product-said" });
  #facts = el("div", { class: "product-more" });
  #offers = el("section", { class: "product-offers", "aria-labelledby": "offers-title", hidden: true });
  #body;
  #backText = el("span");
  #problem = el("div", { class: "product-problem" });

  /**
   * @param {object} parts
   * @param {import("/pkg/index.js").Shop} parts.shop
   * @param {string} parts.origin this shop's
   * @param {import("./servers.js").Server} parts.catalog
   * @param {{country: string}} parts.buyer
   * @param {object} parts.prices
   * @param {import("../cart/cart.js").Cart} parts.cart
   * @param {import("../cart/drawer.js").CartDrawer} parts.drawer
   * @param {(more?: object) => import("/pkg/index.js").UcpCallOptions} parts.options of calls
   * @param {(url: string) => void} parts.rename the address of this step of the history
   * @param {() => boolean} parts.isFromResults whether the list that it was found in is one step back
   * @param {() => void} parts.onBack
   */
  constructor(parts) {
    this.#parts = parts;
    const { cart, drawer, prices, origin } = parts;
    this.#buy = new BuyBox({ cart, drawer, prices, shop: origin, pickers: this.#pickers });
    this.node = this.#draw();
  }

  get title() {
    return this.#title.textContent;
  }

  /** @param {import("./address.js").ProductPlace} place */
  async show(place) {
    const isOther = place.id !== this.#place?.id;
    this.#backText.textContent = this.#parts.isFromResults() ? "Back to the results" : "See more products";
    this.#place = place;
    if (isOther) this.#wait();
    await this.#ask();
  }

  focus() {
    this.#title.focus({ preventScroll: true });
  }

  #pick(wish) {
    const rest = this.#selected.filter(({ name }) => name !== wish.name);
    this.#place = { ...this.#place, wishes: [wish, ...rest] };
    this.#parts.rename(productUrl(this.#place));
    return this.#ask();
  }

  async #ask() {
    const place = this.#place;
    const { shop, buyer, options } = this.#parts;
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.node.setAttribute("aria-busy", "true");
    try {
      const answer = await shop.catalog.product(
        productRequest(place, buyer),
        options({ signal: asking.signal }),
      );
      if (asking === this.#asking) this.#take(answer, place.wishes);
    } catch (error) {
      if (asking === this.#asking) this.#fail(error);
    } finally {
      if (asking === this.#asking) this.node.setAttribute("aria-busy", "false");
    }
  }

  #take({ product, messages }, wishes) {
    if (!product) return this.#missing(messages);
    const selected = selectedOf(product, wishes);
    const gone = relaxed(wishes, selected);
    this.#selected = selected;
    this.#problem.replaceChildren();
    this.#body.hidden = false;
    this.#showHead(product);
    this.#pickers.update(product.options, selected);
    this.#buy.update(product);
    this.#said.replaceChildren(
      ...(gone.length > 0 ? [relaxedNotice(gone, selected)] : []),
      ...messageNotices(messages),
    );
    const offer =
      selected.length > 0 ? (product.offers.find(({ available }) => available !== false) ?? null) : null;
    this.#gallery.update(picturesOf(product, offer), product.id);
    this.#facts.replaceChildren(...productFacts(product), ...this.#seller(product));
    this.#showOffers(product);
  }

  #showHead(product) {
    const { title, url, rating, sellingPoint, features } = product;
    const name = title ?? "Untitled";
    const isHere = url !== null && new URL(url).origin === this.#parts.origin;
    const link = url && (isHere ? el("a", { href: url }, name) : outwardLink(url, name));
    this.#title.replaceChildren(link ?? name);
    document.title = `${name}: Cedar & Clay`;
    const category = categoryOf(product);
    this.#head.replaceChildren(
      ...[
        category && el("p", { class: "eyebrow" }, category.name),
        this.#title,
        ratingView(rating),
        sellingPoint &&
          !features.includes(sellingPoint) &&
          el("p", { class: "selling-point break" }, sellingPoint),
      ].filter(Boolean),
    );
  }

  /** Who sells it, where that is this shop alone. */
  #seller(product) {
    const [offer] = product.offers;
    if (!offer || this.#parts.catalog !== "shop") return [];
    return [
      el(
        "div",
        { class: "product-facts" },
        el("h2", {}, `Sold by ${offer.seller.name ?? "this shop"}`),
        sellerFacts(offer),
      ),
    ];
  }

  #showOffers(product) {
    const { catalog, prices, origin } = this.#parts;
    const isShown = catalog !== "shop" && product.offers.length > 0;
    this.#offers.hidden = !isShown;
    if (!isShown) return this.#offers.replaceChildren();
    const isElsewhere = product.offers.some((offer) => !isOwn(offer, origin));
    return this.#offers.replaceChildren(
      el("h2", { id: "offers-title" }, "Who sells it"),
      isElsewhere &&
        el("p", { class: "soft" }, "Other shops have their own checkout: that is where their buttons lead."),
      offersView(product.offers, { prices, shop: origin }),
    );
  }

  #missing(messages) {
    this.#body.hidden = true;
    this.#offers.hidden = true;
    this.#title.replaceChildren("Not here");
    document.title = "Not here: Cedar & Clay";
    this.#problem.replaceChildren(
      this.#title,
      ...messageNotices(messages),
      emptyState(
        "There is no such product in this catalog.",
        el(
          "a",
          { class: "button button-quiet", href: searchUrl({ catalog: "shop" }), "data-here": true },
          "See all that we make",
        ),
      ),
    );
    announce("There is no such product in this catalog.");
  }

  #fail(error) {
    if (error?.code === "tool_not_found") return this.#missing([]);
    const isFirst = this.#body.hidden || this.#title.textContent === "";
    const shown = catalogProblem(error, {
      title: isFirst ? "The product could not be read" : "That could not be looked up",
      retry: () => this.#ask(),
    });
    if (!isFirst) return this.#said.replaceChildren(shown);
    this.#body.hidden = true;
    this.#title.replaceChildren("Product");
    return this.#problem.replaceChildren(this.#title, shown);
  }

  /** Grey shapes until the first answer. */
  #wait() {
    this.#selected = [];
    this.#body.hidden = true;
    this.#offers.hidden = true;
    this.#title.replaceChildren();
    this.#problem.replaceChildren(
      el(
        "div",
        { class: "product-layout", "aria-hidden": "true" },
        el("div", { class: "bone bone-picture" }),
        skeleton("short", "title", "short", "block", "block", "long"),
      ),
    );
  }

  #draw() {
    const back = button("", () => this.#parts.onBack(), "plain");
    back.append(icon(ICONS.back, 18), this.#backText);
    back.classList.add("back-button");
    this.#body = el(
      "div",
      { class: "product-layout", hidden: true },
      this.#gallery.node,
      el(
        "div",
        { class: "product-words" },
        this.#head,
        this.#buy.priceNode,
        this.#pickers.node,
        this.#said,
        this.#buy.node,
        this.#facts,
      ),
    );
    return el(
      "div",
      { class: "page product-page", "aria-busy": "true" },
      back,
      this.#problem,
      this.#body,
      this.#offers,
    );
  }
}
