import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { describe, it } from "node:test";

const MAIN = fileURLToPath(new URL("../main.js", import.meta.url));

describe("the command line", () => {
  function run(...args) {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    const said = { out: "", err: "" };
    child.stdout.on("data", (chunk) => {
      said.out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      said.err += chunk;
    });
    const ended = new Promise((resolve) => child.once("close", (code) => resolve({ code, ...said })));
    return { child, ended, said };
  }

  async function started({ child, said }) {
    while (!/^discover /m.test(said.out)) {
      await new Promise((resolve) => child.stdout.once("data", resolve));
    }
    return said.out;
  }

  for (const signal of ["SIGINT", "SIGTERM"]) {
    it(`starts, says where, and leaves on ${signal}`, async () => {
      const running = run("--port", "0", "--set", "accessTokenTtl=5", "--set", "urlShape=vanity");
      const out = await started(running);
      const control = out.match(/^control +(\S+)\/ /m)[1];
      const { origins } = await (await fetch(`${control}/state`)).json();
      for (const [host, origin] of Object.entries(origins)) {
        assert.match(out, new RegExp(`^${host} +${origin}/ ?`, "m"));
      }
      const settings = await (await fetch(`${control}/settings`)).json();
      assert.equal(settings.accessTokenTtl, 5);
      assert.equal(settings.urlShape, "vanity");
      running.child.kill(signal);
      assert.equal((await running.ended).code, 0);
    });
  }

  it("helps", async () => {
    const { code, out } = await run("--help").ended;
    assert.equal(code, 0);
    for (const option of ["--port", "--www", "--package", "--tls", "--set", "--redirect-uri", "--help"]) {
      assert.ok(out.includes(option), option);
    }
  });

  it("says in one sentence what is wrong", async () => {
    const taken = createServer();
    await new Promise((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address();
    const mistakes = [
      [["--port", String(port)], new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is taken`)],
      [["--port", "many"], /--port takes a number/],
      [["--port", "0", "--set", "speed=1"], /speed: there is no such setting/],
      [["--port", "0", "--set", "cors=2"], /cors: must be true or false/],
      [["--port", "0", "--set", "cors"], /--set takes name=value/],
      [["--nonsense"], /--nonsense/],
    ];
    for (const [args, sentence] of mistakes) {
      const { code, err } = await run(...args).ended;
      assert.equal(code, 1);
      assert.match(err, sentence);
      assert.doesNotMatch(err, /\n +at /, "no stack");
    }
    taken.close();
  });
});
