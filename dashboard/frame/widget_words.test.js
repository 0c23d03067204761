import assert from "node:assert/strict";
import { test } from "node:test";

import { translator } from "./widget_words.js";

const translate = translator([
  { id: "Cari di tabel", en: "Search" },
  { id: "Paling besar {size} per berkas", en: "{size} per file" },
  { id: "Hapus {name}", en: "Remove {name}" },
  { id: "Isilah angka antara {least} dan {most}.", en: "Enter a value between {least} and {most}." },
]);

test("a word of Streamlit is said in the language of the page, back and forth", () => {
  assert.equal(translate("Search", "id"), "Cari di tabel");
  assert.equal(translate("Cari di tabel", "en"), "Search");
  assert.equal(translate("Search", "en"), "Search");
});

test("what differs from one time to the next is kept", () => {
  assert.equal(translate("400MB per file", "id"), "Paling besar 400MB per berkas");
  assert.equal(translate("Enter a value between 1 and 9.", "id"), "Isilah angka antara 1 dan 9.");
  assert.equal(translate("Remove KIM $& {name}", "id"), "Hapus KIM $& {name}");
});

test("what is not known, or only begins like it, stays as it is", () => {
  for (const said of ["", "KIM Maju", "Search and rescue", "search"]) assert.equal(translate(said, "id"), said);
});

test("a language that a word does not have leaves it as it is", () => {
  assert.equal(translate("Search", "jv"), "Search");
});
