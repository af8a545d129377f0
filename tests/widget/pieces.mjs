// The parts that need no page: links, colours, words.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { contrast, ink_on, luminance } from "../../web/widget/src/view/colours.ts";
import { pieces_of } from "../../web/widget/src/view/links.ts";
import { Words } from "../../web/widget/src/words.ts";

const links = (text) => pieces_of(text).filter((piece) => piece.href).map((piece) => piece.text);

test("only addresses of the web are links, whole and no more", () => {
  assert.deepEqual(links("see https://example.org/a?b=c#d, please."), ["https://example.org/a?b=c#d"]);
  assert.deepEqual(links("(https://example.org/x_(y))"), ["https://example.org/x_(y)"]);
  assert.deepEqual(links("HTTP://EXAMPLE.ORG and http://[::1]:8080/"), ["HTTP://EXAMPLE.ORG", "http://[::1]:8080/"]);
  for (const text of ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "https://", "https://bank.example@evil.example/", "//example.org"]) assert.deepEqual(links(text), [], text);
  assert.deepEqual(links("https://evil.example/\"onmouseover=\"x"), ["https://evil.example/"]);
});

test("the pieces of a text are the text", () => {
  for (const text of ["", "plain", "a https://b.example. c", "https://a.example https://b.example", "<https://a.example>\n\n", "https://a@b.example x https://c.example"]) {
    assert.equal(pieces_of(text).map((piece) => piece.text).join(""), text);
  }
});

test("what is written on a brand's colour can be read", () => {
  for (let step = 0; step < 4096; ++step) {
    const colour = `#${step.toString(16).padStart(3, "0").replace(/./g, "$&$&")}`;
    assert.ok(contrast(luminance(colour), luminance(ink_on(colour))) >= 4.5, colour);
  }
});

test("every language has every text, with the same names in it", () => {
  const files = ["en", "de"].map((language) => JSON.parse(readFileSync(new URL(`../../web/widget/messages/${language}.json`, import.meta.url))));
  const names = (text) => [...text.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort();
  for (const messages of files.slice(1)) {
    assert.deepEqual(Object.keys(messages).sort(), Object.keys(files[0]).sort());
    for (const [key, text] of Object.entries(messages)) {
      assert.notEqual(text.trim(), "", key);
      assert.deepEqual(names(text), names(files[0][key]), key);
    }
  }
});

test("times as people say them", () => {
  const words = new Words("en", "en-GB");
  const said = { 0: "in a moment", 29: "in a moment", 60: "in about a minute", 170: "in about 3 minutes", 1_300: "in about 20 minutes", 3_700: "in about an hour", 9_000: "in about 3 hours" };
  for (const [seconds, text] of Object.entries(said)) assert.equal(words.wait(Number(seconds)), text);
  const now = new Date(2026, 2, 9, 18, 0);
  assert.equal(words.when(new Date(2026, 2, 9, 19, 30), now), "today at 19:30");
  assert.equal(words.when(new Date(2026, 2, 10, 9, 0), now), "tomorrow at 09:00");
  assert.equal(new Words("de").when(new Date(2026, 2, 12, 9, 0), now), "am Donnerstag um 09:00");
});
