import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { Questions, answerOf } from "./scripts/questions.js";

/** @import { Answer } from "./scripts/contract.js" */

/**
 * @param {string} said
 * @returns {Answer}
 */
const answer = (said) => ({ hits: [], said });
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Questions whose answers come when the test says so. */
function asked() {
  /** @type {Map<string, (answer: Answer) => void>} */
  const open = new Map();
  /** @type {string[]} */
  const shown = [];
  const questions = new Questions(
    (query) => new Promise((resolve) => open.set(query, resolve)),
    ({ said }) => shown.push(said),
  );
  return { open, shown, questions };
}

test("letters that follow each other quickly are one question", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { open, questions } = asked();
  for (const query of ["k", "ke", "kep"]) {
    questions.put(query);
    mock.timers.tick(60);
  }
  assert.deepEqual([...open.keys()], []);
  mock.timers.tick(60);
  assert.deepEqual([...open.keys()], ["kep"]);
  mock.timers.reset();
});

test("an answer that comes after that of later letters is not shown", async () => {
  const { open, shown, questions } = asked();
  questions.send("kep");
  questions.send("kepan");
  open.get("kepan")?.(answer("of kepan"));
  open.get("kep")?.(answer("of kep"));
  await settled();
  assert.deepEqual(shown, ["of kepan"]);
});

test("a question that was dropped shows nothing", async () => {
  const { open, shown, questions } = asked();
  questions.send("kep");
  questions.drop();
  open.get("kep")?.(answer("of kep"));
  await settled();
  assert.deepEqual(shown, []);
});

test("what is typed stays one parameter, whatever it holds; no answer is told", async () => {
  Object.assign(globalThis, { location: { href: "http://peta.example/kim/peta?wilayah=35" } });
  const words = { address: "/kim/cari.json?bahasa=en", parameter: "q", failed: "no answer", label: "", longest: 9 };
  /** @type {string[]} */
  const fetched = [];
  const replies = [{ ok: true, json: async () => answer("one") }, { ok: false }];
  mock.method(globalThis, "fetch", async (/** @type {URL} */ address) => {
    fetched.push(String(address));
    return replies.shift() ?? Promise.reject(new Error("no network"));
  });
  const ask = () => answerOf(words, "a&bahasa=id#", new AbortController().signal);
  assert.deepEqual([await ask(), await ask(), await ask()].map(({ said }) => said), ["one", "no answer", "no answer"]);
  assert.equal(fetched[0], "http://peta.example/kim/cari.json?bahasa=en&q=a%26bahasa%3Did%23");
});
