import assert from "node:assert/strict";
import test from "node:test";
import { table } from "./say";
import { length, say, span } from "./text";

test("a text's places are filled, in the page's language or in English", () => {
  assert.equal(say("en", "Revision {0}, {1} ago", 7, "40 s"), "Revision 7, 40 s ago");
  assert.equal(say("de-AT", "Revision {0}, {1} ago", 7, "40 s"), "Stand 7, vor 40 s");
  assert.equal(say("fr", "Show"), "Show");
});

test("a translation has the places of its English text", () => {
  const places = (text: string) => (text.match(/\{\d\}/g) ?? []).sort().join();
  for (const [language, texts] of Object.entries(table))
    for (const [english, own] of Object.entries(texts)) assert.equal(places(own), places(english), `${language}: ${english}`);
});

test("spans are told in the biggest fitting unit", () => {
  assert.equal(span("en", 40_000), "40 s");
  assert.equal(span("en", 5 * 60_000), "5 min");
  assert.equal(span("de", 3 * 86_400_000), "3 Tage");
  assert.equal(length("en", 75), "1 h 15 min");
  assert.equal(length("en", 45), "45 min");
});
