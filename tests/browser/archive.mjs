// The archive: whole without scripts, nothing asked of other hosts before a click, found as one types, readable in both themes.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { errors_of, faults_of, site, too_wide, with_page } from "./support.mjs";

const titles = ["Lighthouses and queues", "Knots for beginners", "Tides in a time series", "A barn full of tests", "Warum Ziegen nicht warten"];
let talk = "", dead = "";

// First: three editions of a series that nobody programmed here.
test("an archive comes in", async () => {
  for (const year of [2011, 2012, 2013]) {
    const folder = path.join(site.data, `archive-of-tests/lantern-conf-${year}`);
    await mkdir(path.join(folder, "videos"), { recursive: true });
    await writeFile(path.join(folder, "category.json"), JSON.stringify({ title: `Lantern Conf ${year}`, description: "", start_date: `${year}-03-09` }));
    for (const [i, title] of titles.entries())
      await writeFile(path.join(folder, `videos/talk-${i}.json`), JSON.stringify({
        title, description: `What *${title.toLowerCase()}* taught us.\n\n- one thing\n- another`, speakers: [i % 2 ? "Bo Muster" : "Ada Beispiel"], tags: ["sea", i % 2 ? "knots" : "light"],
        language: i === 4 ? "deu" : "eng", duration: 1800 + i, recorded: `${year}-03-${10 + (i % 2)}`, copyright_text: "Creative Commons Attribution license (reuse allowed)",
        thumbnail_url: "https://i.ytimg.com/vi/abcdefghijk/hqdefault.jpg", related_urls: [{ label: "Slides", url: "https://slides.example.org/1" }],
        videos: i === 3 ? [] : [{ type: "youtube", url: `https://www.youtube.com/watch?v=abcdefg${year}${i}`.slice(0, 43) }],
      }));
  }
  site.confer("archive", "import", path.join(site.data, "archive-of-tests"));
  const list = await (await fetch(`${site.address}/archive/search?q=lighthouses+event:lantern-conf-2012`)).text();
  talk = /href="(\/lantern-conf-2012\/talks\/[^"]+)"/.exec(list)?.[1] ?? "";
  const none = await (await fetch(`${site.address}/archive/search?q=barn&event=lantern-conf-2012`)).text();
  dead = /href="(\/lantern-conf-2012\/talks\/[^"]+)"/.exec(none)?.[1] ?? "";
  assert.ok(talk && dead, "the imported talks are found");
});

const kinds = () => ["/archive", "/archive/series", "/archive/series/lantern-conf", "/archive/speakers", "/archive/speakers/ada-beispiel", "/archive/tags", "/archive/tags/sea",
  "/archive/languages/de", "/archive/years", "/archive/years/2012", "/archive/search?q=lighthouses", "/archive/search?q=nothinglikethis", "/lantern-conf-2012", talk, dead, `/archive/corrections/${/talks\/([A-Z0-9]{6})/.exec(talk)[1]}`, "/archive/speakers/ada-beispiel/removal"];

test("nothing is asked of other hosts before the click, then only of the player's", () =>
  with_page({}, async (page) => {
    const asked = new Set(), errors = errors_of(page);
    await page.route((url) => !["localhost", "127.0.0.1"].includes(url.hostname), (route) => {
      asked.add(new URL(route.request().url()).origin);
      return route.fulfill({ contentType: "text/html", body: "<!doctype html><title>player</title>" });
    });
    await page.goto(`${site.address}${talk}?t=1:30`);
    await page.locator("confer-player:defined").waitFor();
    assert.deepEqual([...asked], []);
    await page.locator("a.poster").click();
    const frame = page.locator("confer-player iframe");
    await frame.waitFor();
    assert.match(await frame.getAttribute("src"), /^https:\/\/www\.youtube-nocookie\.com\/embed\/.*start=90/);
    await page.waitForFunction(() => document.querySelector("iframe")?.contentWindow);
    assert.deepEqual([...asked], ["https://www.youtube-nocookie.com"]);
    assert.deepEqual(errors.filter((text) => !/youtube/.test(text)), []);
  }));

test("without scripts a talk leads to its video, is cited and shared, and lists turn their pages", () =>
  with_page({ javaScriptEnabled: false }, async (page) => {
    await page.goto(site.address + talk);
    assert.match(await page.locator("a.poster").getAttribute("href"), /^https:\/\/www\.youtube\.com\//);
    assert.ok((await page.locator("#bibtex").textContent()).startsWith("@misc{"));
    assert.equal(await page.locator(".share-address").inputValue(), site.address + talk);
    assert.ok((await page.locator(".related .talk-row").count()) > 0);
    await page.goto(`${site.address}/archive/search?q=lighthouses`);
    assert.ok((await page.locator("mark").count()) > 0);
    await page.locator(".facet summary").first().click();
    await page.locator(".facet li a").first().click();
    assert.ok((await page.locator(".filters a").count()) === 1);
  }));

test("as one types, talks and words are offered; the arrows choose, Enter goes there, Escape closes", () =>
  with_page({}, async (page) => {
    await page.goto(`${site.address}/archive`);
    const box = page.locator("#q");
    await box.pressSequentially("lighth");
    await page.locator("#find-list .find-talk").first().waitFor();
    assert.equal(await box.getAttribute("aria-expanded"), "true");
    await box.press("Escape");
    assert.ok(await page.locator("#find-list").isHidden());
    await box.pressSequentially("ou");
    await page.locator("#find-list .find-talk").first().waitFor();
    const options = await page.locator('#find-list [role="option"]').count();
    const words = await page.locator("#find-list .find-word").count();
    for (let i = 0; i <= words; i++) await box.press("ArrowDown");
    assert.ok(options > words);
    await Promise.all([page.waitForURL(/\/talks\//), box.press("Enter")]);
  }));

test("a moment is shared, a citation copied", () =>
  with_page({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.goto(site.address + talk);
    await page.locator("details.share summary").first().click();
    await page.locator(".share-moment input[type=text]").fill("12:34");
    assert.equal(await page.locator(".share-address").inputValue(), `${site.address}${talk}?t=754`);
    await page.locator("details.share summary").nth(1).click();
    await page.locator("confer-copy button").click();
    assert.ok((await page.evaluate(() => navigator.clipboard.readText())).startsWith("@misc{"));
  }));

test("axe finds nothing on the archive's pages, light and dark, and none is too wide, in German neither", () =>
  with_page({ bypassCSP: true }, async (page) => {
    const problems = [];
    const open = (address) => async () => {
      const answer = await page.goto(address);
      if (!answer.ok()) problems.push(`${address}: ${answer.status()}`);
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    };
    for (const address of kinds()) problems.push(...(await faults_of(page, site.address + address, open(site.address + address))));
    // Another language is the same document with longer words.
    for (const address of kinds().map((one) => `${site.address}/de${one}`)) {
      await open(address)();
      problems.push(...(await too_wide(page, address)));
    }
    assert.deepEqual(problems, []);
  }));
