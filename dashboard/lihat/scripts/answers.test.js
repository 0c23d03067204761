import assert from "node:assert/strict";
import { test } from "node:test";

import { Answers, Outdated, codeOf, queryAt } from "./answers.js";

/** @param {Record<string, { status?: number, body?: unknown }>} replies  By address. */
function serve(replies) {
  const asked = /** @type {string[]} */ ([]);
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ address, /** @type {RequestInit} */ { signal }) => {
    asked.push(address);
    await new Promise((resolve) => setTimeout(resolve));
    if (signal?.aborted) throw new Error("aborted");
    const { status = 200, body = null } = replies[address] ?? { status: 500 };
    return { ok: status === 200, status, json: async () => body };
  });
  return asked;
}

test("a code is the digits of its feature id, in groups", () => {
  assert.deepEqual([35, 3507, 350708, 3507082001].map(codeOf), ["35", "35.07", "35.07.08", "35.07.08.2001"]);
});

test("a region is shown at the level right below it, and with the same filter", () => {
  assert.equal(queryAt("wilayah=35&level=desa&bidang=umkm", "35.07"), "wilayah=35.07&bidang=umkm");
  assert.equal(queryAt("", "35"), "wilayah=35");
});

test("the last of two questions is answered", async () => {
  serve({ "/data.json?a=1": { body: 1 }, "/data.json?a=2": { body: 2 } });
  const answers = new Answers("/data.json");
  assert.deepEqual(await Promise.all([answers.to("a=1"), answers.to("a=2")]), [null, 2]);
});

test("the view without a query has the plain address", async () => {
  const asked = serve({ "/data.json": { body: 0 } });
  await new Answers("/data.json").to("");
  assert.deepEqual(asked, ["/data.json"]);
});

test("where the server has newer data, or fails, it is told apart", async () => {
  serve({ "/data.json?old": { status: 404 } });
  const answers = new Answers("/data.json");
  await assert.rejects(answers.to("old"), Outdated);
  await assert.rejects(answers.to("failing"), /500/);
});
