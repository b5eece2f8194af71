import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { startDevshop } from "../index.js";

describe("the storefront", () => {
  let folder;
  let shop;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "devshop-"));
    await mkdir(join(folder, "www", "account"), { recursive: true });
    await mkdir(join(folder, "pkg"));
    await writeFile(join(folder, "www", "index.html"), "<h1>shop</h1>");
    await writeFile(join(folder, "www", "account", "index.html"), "<h1>account</h1>");
    await writeFile(join(folder, "www", "main.js"), "export {};");
    await writeFile(join(folder, "pkg", "shopper_mcp_bg.wasm"), Buffer.from([0, 0x61, 0x73, 0x6d]));
    await writeFile(join(folder, "secret.txt"), "secret");
    await symlink(join(folder, "secret.txt"), join(folder, "www", "link.txt"));
    shop = await startDevshop({ port: 0, quiet: true, www: join(folder, "www"), package: join(folder, "pkg") });
  });
  after(async () => {
    await shop.close();
    await rm(folder, { recursive: true });
  });

  const get = (path, init) => fetch(shop.shop + path, init);

  it("serves pages and the package with the right types", async () => {
    const types = {
      "/": "text/html; charset=utf-8",
      "/account/": "text/html; charset=utf-8",
      "/account/?code=x": "text/html; charset=utf-8",
      "/main.js": "text/javascript; charset=utf-8",
      "/pkg/shopper_mcp_bg.wasm": "application/wasm",
    };
    for (const [path, type] of Object.entries(types)) {
      const response = await get(path);
      assert.equal(response.status, 200, path);
      assert.equal(response.headers.get("content-type"), type);
      assert.equal(response.headers.get("cache-control"), "no-cache");
    }
    assert.equal(await (await get("/account/")).text(), "<h1>account</h1>");
    const head = await get("/main.js", { method: "HEAD" });
    assert.equal(head.headers.get("content-length"), "10");
  });

  it("sends pages under a strict policy", async () => {
    assert.equal(
      (await get("/")).headers.get("content-security-policy"),
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
      + `connect-src 'self' ${shop.shopify} ${shop.account} ${shop.control} ${shop.ucp} ${shop.agents} ${shop.catalog} `
      + `${shop.discover}; `
      + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    assert.equal((await get("/main.js")).headers.get("content-security-policy"), null);
  });

  it("does not leave its folders", async () => {
    for (const path of [
      "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/pkg/..%2f..%2fsecret.txt", "/link.txt", "/a%00b",
      "/%ff", "/account", "//index.html/../../secret.txt",
    ]) {
      const status = await new Promise((resolve, reject) => {
        const { hostname, port } = new URL(shop.shop);
        httpRequest({ hostname, port, path }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).on("error", reject).end();
      });
      assert.equal(status, 404, path);
    }
    assert.equal((await get("/", { method: "POST" })).status, 405);
  });

  it("draws its products, and nothing else", async () => {
    const picture = await get("/product-pictures/speckled-stoneware-mug.svg");
    assert.equal(picture.headers.get("content-type"), "image/svg+xml");
    assert.match(await picture.text(), /^<svg .*<\/svg>\n$/);
    assert.equal((await get("/product-pictures/nothing.svg")).status, 404);
  });

  it("has the configuration that a theme would render", async () => {
    assert.deepEqual(await (await get("/shop-config.json")).json(), {
      shop: shop.shop,
      clientId: shop.clients.headless.clientId,
      appClientId: shop.clients.app.clientId,
      redirectUri: `${shop.shop}/account/`,
      scope: "openid email customer-account-mcp-api:full",
      control: shop.control,
      catalog: shop.catalog,
      discover: shop.discover,
      agentProfiles: {
        "2026-08-25": `${shop.agents}/agents/demo/2026-08-25.json`,
        "2026-04-08": `${shop.agents}/agents/demo/2026-04-08.json`,
      },
    });
  });
});
