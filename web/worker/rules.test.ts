import assert from "node:assert/strict";
import test from "node:test";
import { changes, is_never_kept, is_visit, kept_name, visited_name } from "./rules";

test("only what changed is fetched, pages first, and what is gone is removed", () => {
  const list = { event: "e", language: "en", revision: 2, pages: [["/e", "1"], ["/e/list", "9"]] as [string, string][], details: [["/e/talks/A", "2"]] as [string, string][], assets: [] };
  assert.deepEqual(changes({ "/e": "1", "/e/list": "8", "/e/talks/B": "2" }, list), { fetch: [["/e/list", "9"], ["/e/talks/A", "2"]], remove: ["/e/talks/B"] });
  assert.deepEqual(changes({}, { ...list, pages: [], details: [] }), { fetch: [], remove: [] });
});

test("a talk is found by its code under any name", () => {
  const names = ["/e/talks/QX7T9M-new", "/e/talks/QX7T9", "/de/e/talks/QX7T9M-neu"];
  assert.equal(kept_name("/e/talks/QX7T9M", names), "/e/talks/QX7T9M-new");
  assert.equal(kept_name("/e/talks/QX7T9M-old", names), "/e/talks/QX7T9M-new");
  assert.equal(kept_name("/de/e/talks/QX7T9M", names), "/de/e/talks/QX7T9M-neu");
  assert.equal(kept_name("/e/talks/QX7T", names), undefined);
  assert.equal(kept_name("/e/schedule", names), undefined);
});

test("what tells the present is never answered from a copy", () => {
  assert.ok(is_never_kept("/e/live") && is_never_kept("/e/revision.json") && is_never_kept("/de/e/offline.json"));
  assert.ok(!is_never_kept("/e/list"));
});

test("only a page for everybody that somebody went to is kept as visited", () => {
  const answer = (cache: string, type = "text/html; charset=utf-8") => ({ ok: true, redirected: false, headers: { get: (name: string) => (name === "cache-control" ? cache : type) } });
  const at = (address: string) => new URL(address, "https://conf.example.org");
  assert.ok(is_visit("navigate", at("/archive"), answer("no-cache")) && is_visit("navigate", at("/de/archive/search?q=a"), answer("no-cache")));
  assert.ok(!is_visit("navigate", at("/e"), answer("no-store")) && !is_visit("cors", at("/e"), answer("no-cache")) && !is_visit("navigate", at("/e?q=a"), answer("no-cache")));
  assert.ok(!is_visit("navigate", at("/e"), { ...answer("no-cache"), redirected: true }) && !is_visit("navigate", at("/e"), answer("no-cache", "application/json")));
  assert.equal(visited_name(at("/archive/search?q=a#b")), "/archive/search?q=a");
});
