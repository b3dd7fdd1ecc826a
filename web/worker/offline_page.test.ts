import assert from "node:assert/strict";
import test from "node:test";
import { offline_page, title_in } from "./offline_page";

test("a page that was not kept leads to what was, in the page's language", () => {
  const html = offline_page("/de/other/talks/X", [{ base: "/de/pycon-2027", title: "Py &amp; Con" }], "/assets/site.css");
  assert.match(html, /<html lang="de">/);
  assert.match(html, /<li><a href="\/de\/pycon-2027">Py &amp; Con<\/a><\/li>/);
  assert.match(html, /href="\/assets\/site\.css"/);
  assert.match(offline_page("/deep", [], ""), /<html lang="en">(?!.*<ul)/s);
});

test("an address cannot put anything into the page", () => {
  const html = offline_page('/"><script>1</script>', [], "");
  assert.doesNotMatch(html, /<script/);
  assert.ok(html.includes('href="/&quot;>&lt;script>'), html);
});

test("the event's name is the masthead's", () => {
  assert.equal(title_in('<a class="masthead-title" href="/e"> PyCon &amp; more\n</a>'), "PyCon &amp; more");
  assert.equal(title_in("<p>"), "Confer");
});
