/**
 * The examples of the old catalog's document, as it has them: what is asked, and what such an answer looks like. Names
 * and addresses in them are examples and nobody's.
 */
const STORE = "https://ecowear-example.myshopify.com";
const CDN = "https://cdn.shopify.com/s/files/example";

export const EXAMPLE_CALLS = Object.freeze([
  {
    name: "search_global_products",
    arguments: { query: "I need a crewneck sweater", context: "buyer looking for sustainable fashion", limit: 3 },
  },
  {
    name: "search_global_products",
    arguments: {
      query: "wireless headphones",
      context: "buyer prefers noise-cancelling features, budget-conscious",
      min_price: 50,
      max_price: 200,
      ships_to: "US",
      available_for_sale: true,
      limit: 15,
    },
  },
  {
    name: "search_global_products",
    arguments: {
      query: "coffee beans",
      context: "buyer interested in monthly coffee subscription",
      requires_selling_plan: true,
      ships_to: "CA",
      limit: 5,
    },
  },
  {
    name: "search_global_products",
    arguments: {
      query: "vintage leather jacket",
      context: "buyer looking for sustainable fashion options",
      include_secondhand: true,
      max_price: 150,
      limit: 20,
    },
  },
  { name: "get_global_product_details", arguments: { upid: "AbC123XyZ" } },
  {
    name: "get_global_product_details",
    arguments: { variant_id: 43696935272470, context: "buyer wants details on this specific variant" },
  },
  {
    name: "get_global_product_details",
    arguments: {
      upid: "AbC123XyZ",
      product_options: [{ key: "Color", values: ["Blue", "Navy"] }, { key: "Size", values: ["Medium", "Large"] }],
      context: "buyer prefers darker colors and medium fit",
    },
  },
  {
    name: "get_global_product_details",
    arguments: {
      upid: "AbC123XyZ",
      product_options: [{ key: "Color", values: ["Red"] }, { key: "Size", values: ["Small"] }],
      option_preferences: "Color,Size",
      context: "buyer strongly prefers red color, size is flexible",
    },
  },
  {
    name: "get_global_product_details",
    arguments: {
      upid: "AbC123XyZ",
      shop_id: "gid://shopify/Shop/68817551382",
      variant_id: 43696935272470,
      include_secondhand: false,
    },
  },
  {
    name: "search_global_products",
    arguments: {
      query: "glossier lip balm",
      context: "buyer prefers light and bright colors",
      ships_to: "US",
      limit: 5,
    },
  },
  {
    name: "get_global_product_details",
    arguments: {
      upid: "AbC123XyZ",
      product_options: [{ key: "Color", values: ["Cherry", "Pink"] }],
      context: "buyer looking for subtle pink tones",
    },
  },
]);

export const EXAMPLE_SEARCH = Object.freeze({
  offers: [
    {
      id: "gid://shopify/p/abc123def456",
      title: "Organic Cotton Crewneck Sweater",
      description: "A sustainably made crewneck sweater crafted from 100% organic cotton with a relaxed fit.",
      images: [
        {
          url: `${CDN}/organic-cotton-crewneck.jpg`,
          altText: "Organic Cotton Crewneck Sweater - EcoWear",
          product: {
            id: "gid://shopify/Product/1234567890",
            title: "Organic Cotton Crewneck Sweater",
            onlineStoreUrl: `${STORE}/products/organic-cotton-crewneck?variant=11111111111&_gsid=example123`,
            shop: { name: "EcoWear", onlineStoreUrl: `${STORE}` },
          },
        },
      ],
      options: [
        {
          name: "Size",
          values: [
            { value: "S", availableForSale: true, exists: true },
            { value: "M", availableForSale: true, exists: true },
            { value: "L", availableForSale: true, exists: true },
          ],
        },
        {
          name: "Color",
          values: [
            { value: "Oatmeal", availableForSale: true, exists: true },
            { value: "Forest Green", availableForSale: true, exists: true },
          ],
        },
      ],
      priceRange: { min: { amount: "89.00", currencyCode: "USD" }, max: { amount: "89.00", currencyCode: "USD" } },
      products: [
        {
          id: "gid://shopify/Product/1234567890",
          title: "Organic Cotton Crewneck Sweater",
          checkoutUrl: `${STORE}/cart/11111111111:1?_gsid=example123&payment=shop_pay`,
          description: "A sustainably made crewneck sweater crafted from 100% organic cotton. Features a relaxed "
            + "fit and ribbed cuffs.",
          featuredImage: {
            url: `${CDN}/organic-cotton-crewneck.jpg`,
            altText: "Organic Cotton Crewneck Sweater - EcoWear",
          },
          onlineStoreUrl: `${STORE}/products/organic-cotton-crewneck?variant=11111111111&_gsid=example123`,
          price: { amount: "89.00", currencyCode: "USD" },
          rating: { value: 4.8, count: 124 },
          availableForSale: true,
          shop: {
            name: "EcoWear",
            paymentSettings: {
              supportedDigitalWallets: ["SHOPIFY_PAY"],
              acceptedCardBrands: ["visa", "master", "american_express"],
            },
            onlineStoreUrl: `${STORE}`,
            privacyPolicy: { url: `${STORE}/policies/privacy` },
            refundPolicy: { url: `${STORE}/policies/refund` },
            termsOfService: { url: `${STORE}/policies/terms` },
            shippingPolicy: { url: `${STORE}/policies/shipping` },
            id: "gid://shopify/Shop/1111111111",
          },
          selectedProductVariant: {
            id: "gid://shopify/ProductVariant/11111111111?shop=1111111111",
            availableForSale: true,
            options: [{ name: "Size", value: "M" }, { name: "Color", value: "Oatmeal" }],
            price: { amount: "89.00", currencyCode: "USD" },
            image: {
              url: `${CDN}/organic-cotton-crewneck.jpg`,
              altText: "Organic Cotton Crewneck Sweater - EcoWear",
            },
          },
          secondhand: false,
          requiresSellingPlan: false,
        },
      ],
      availableForSale: true,
      rating: { value: 4.8, count: 124 },
      uniqueSellingPoint: "Made from 100% GOTS-certified organic cotton with carbon-neutral shipping.",
      topFeatures: [
        "100% organic cotton for breathable comfort",
        "Relaxed fit with ribbed cuffs and hem",
        "GOTS certified sustainable production",
        "Pre-washed for softness",
        "Classic crewneck design",
      ],
      techSpecs: ["Material: 100% Organic Cotton", "Fit: Relaxed", "Neckline: Crew", "Care: Machine wash cold"],
      sharedAttributes: [
        { name: "Fabric", values: ["Cotton", "Organic"] },
        { name: "Neckline", values: ["Crew"] },
        { name: "Target gender", values: ["Unisex"] },
        { name: "Pattern", values: ["Solid"] },
      ],
      url: "https://discover.shopifyapps.com/global/v1/p/abc123def456?_gsid=example123",
    },
  ],
  instructions: "Use markdown to render product titles as links to their respective product pages using "
    + "the URL property.",
});

export const EXAMPLE_DETAILS = Object.freeze({
  product: {
    id: "gid://shopify/p/xyz789abc123",
    title: "Organic Cotton Crewneck Sweater",
    description: "A soft crewneck sweater crafted from 100% organic cotton with a relaxed fit for everyday "
      + "comfort.",
    images: [
      { url: `${CDN}/organic-cotton-crewneck-front.jpg`, altText: "Organic Cotton Crewneck Sweater - Front" },
      { url: `${CDN}/organic-cotton-crewneck-back.jpg`, altText: "Organic Cotton Crewneck Sweater - Back" },
      { url: `${CDN}/organic-cotton-crewneck-detail.jpg`, altText: "Organic Cotton Crewneck Sweater - Detail" },
    ],
    options: [
      {
        name: "Size",
        values: [
          { value: "S", availableForSale: true, exists: true },
          { value: "M", availableForSale: true, exists: true },
          { value: "L", availableForSale: true, exists: true },
        ],
      },
    ],
    priceRange: { min: { amount: "89.00", currencyCode: "USD" }, max: { amount: "89.00", currencyCode: "USD" } },
    products: [
      {
        id: "gid://shopify/Product/1111111111111",
        title: "Organic Cotton Crewneck Sweater",
        checkoutUrl: `${STORE}/cart/11111111111:1?_gsid=example123&payment=shop_pay`,
        description: "A sustainable everyday essential. This crewneck sweater is made from certified organic "
          + "cotton grown without harmful pesticides.",
        onlineStoreUrl: `${STORE}/products/organic-cotton-crewneck?variant=11111111111&_gsid=example123`,
        price: { amount: "89.00", currencyCode: "USD" },
        rating: { value: 4.8, count: 124 },
        availableForSale: true,
        shop: {
          name: "EcoWear",
          paymentSettings: {
            supportedDigitalWallets: ["SHOPIFY_PAY"],
            acceptedCardBrands: ["visa", "master", "american_express"],
          },
          onlineStoreUrl: `${STORE}`,
          id: "gid://shopify/Shop/1111111111",
        },
        selectedProductVariant: {
          id: "gid://shopify/ProductVariant/11111111111?shop=1111111111",
          availableForSale: true,
          options: [{ name: "Size", value: "M" }],
          price: { amount: "89.00", currencyCode: "USD" },
          selectionState: { type: "match", requestedFilters: [] },
        },
        secondhand: false,
        requiresSellingPlan: false,
      },
    ],
    availableForSale: true,
    rating: { value: 4.8, count: 124 },
    uniqueSellingPoint: "Made from 100% certified organic cotton for eco-conscious comfort.",
    topFeatures: [
      "100% organic cotton fabric provides breathable comfort",
      "Relaxed fit for everyday wear",
      "Ribbed cuffs and hem for a polished look",
      "Classic crew neckline",
      "Pre-washed for softness",
    ],
    techSpecs: [
      "Material: 100% Organic Cotton",
      "Fit: Relaxed",
      "Neckline: Crew",
      "Pattern: Solid",
      "Color: Natural Beige",
      "Available Sizes: S, M, L, XL",
    ],
    sharedAttributes: [
      { name: "Neckline", values: ["Crew"] },
      { name: "Age group", values: ["Adults"] },
      { name: "Pattern", values: ["Solid"] },
      { name: "Fabric", values: ["Cotton", "Organic"] },
      { name: "Target gender", values: ["Unisex"] },
      { name: "Color", values: ["Beige", "Natural"] },
    ],
    url: "https://discover.shopifyapps.com/global/v1/p/xyz789abc123"
      + "?_gsid=example123&available_for_sale=1&ships_to=US",
  },
  instructions: "Use markdown to render product titles as links to their respective product pages using "
    + "the URL property.",
});
