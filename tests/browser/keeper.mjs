// The keeper's queue by keys alone: on and back, choose, accept, decline; what is typed into a field is text.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { errors_of, site, with_page } from "./support.mjs";

const titles = ["Goats that wiat", "Sheep that wiat", "Hens that wiat"];

test("the keeper decides by keys", async () => {
  const folder = path.join(site.data, "archive-of-keeper/barn-evenings-2011");
  await mkdir(path.join(folder, "videos"), { recursive: true });
  await writeFile(path.join(folder, "category.json"), JSON.stringify({ title: "Barn Evenings 2011" }));
  for (const [i, title] of titles.entries())
    await writeFile(path.join(folder, `videos/talk-${i}.json`), JSON.stringify({ title, speakers: [], language: "eng", recorded: `2011-03-1${i}`, videos: [{ type: "vimeo", url: `https://vimeo.com/10${i}` }] }));
  site.confer("archive", "import", path.join(site.data, "archive-of-keeper"));
  site.confer("user", "grant", "organiser@example.org", "archive");
  const list = await (await fetch(`${site.address}/barn-evenings-2011`)).text();
  const codes = titles.map((title) => new RegExp(`href="/barn-evenings-2011/talks/([A-Z0-9]{6})[^"]*"[^>]*>\\s*${title}`).exec(list)?.[1]);
  await with_page({}, async (page) => {
    for (const [i, code] of codes.entries()) {
      await page.goto(`${site.address}/archive/corrections/${code}`);
      await page.locator('main [name="title"]').fill(titles[i].replace("wiat", "wait"));
      await page.locator("main form:has([name=title]) button").first().click();
      await page.waitForLoadState();
    }
  });

  await site.as_organiser(async (page) => {
    const errors = errors_of(page);
    const queue = "/organise/archive/queue?kind=correction";
    await page.goto(site.address + queue);
    const cases = page.locator(".case"), here = () => cases.evaluateAll((all) => all.findIndex((one) => one.contains(document.activeElement)));
    assert.equal(await cases.count(), 3);
    const named = await cases.locator("h2").allTextContents();
    // Nobody is meant yet: a key decides nothing.
    await page.keyboard.press("a");
    assert.equal(await cases.count(), 3);
    const steps = [];
    for (const key of ["j", "j", "k", "j", "j", "j", "k", "k", "k"]) {
      await page.keyboard.press(key);
      steps.push(await here());
    }
    assert.deepEqual(steps, [0, 1, 0, 1, 2, 2, 1, 0, 0]);
    const tick = cases.first().locator(".case-tick input");
    await page.keyboard.press("x");
    assert.equal(await tick.isChecked(), true);
    await page.keyboard.press("x");
    assert.equal(await tick.isChecked(), false);
    // The browser's own keys stay its own, and a letter in a field is a letter.
    await page.keyboard.press("Control+a");
    await cases.first().locator("textarea").focus();
    await page.keyboard.type("jax");
    assert.equal(await cases.first().locator("textarea").inputValue(), "jax");
    assert.equal(await tick.isChecked(), false);
    assert.equal(await cases.count(), 3);

    const decide = async (keys) => {
      for (const key of keys.slice(0, -1)) await page.keyboard.press(key);
      await Promise.all([page.waitForEvent("framenavigated"), page.keyboard.press(keys.at(-1))]);
      await page.waitForLoadState();
      assert.ok(page.url().includes("kind=correction"), "the keeper stays in the list");
    };
    await page.goto(site.address + queue);
    await decide(["j", "j", "a"]);
    assert.deepEqual(await cases.locator("h2").allTextContents(), [named[0], named[2]]);
    await decide(["j", "d"]);
    assert.deepEqual(await cases.locator("h2").allTextContents(), [named[2]]);
    await page.goto(`${site.address}/organise/archive/decided`);
    const decided = await page.locator("main tbody tr").allTextContents();
    assert.ok(decided.some((row) => row.includes("Correction applied") && row.includes(named[1].replace("wiat", "wait"))), decided.join("\n"));
    assert.ok(decided.some((row) => row.includes("Correction declined") && row.includes(named[0])), decided.join("\n"));
    assert.deepEqual(errors, []);
  });
});
