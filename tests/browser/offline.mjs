// Without a connection: the server is stopped, and the whole programme is still on the phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, site, talks_of } from "./support.mjs";

test("after one visit: reload, a talk never opened, search, my schedule, with “offline, as of” in sight", async () => {
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  const talks = talks_of(site);
  const [starred] = talks, never_opened = talks.at(-1);
  await page.goto(`${site.base}/list`);
  await page.locator("html[data-kept]").waitFor({ state: "attached", timeout: 120_000 });
  await page.locator(`confer-star[data-talk="${starred.talk}"] button`).first().click();
  await site.stop();
  try {
    await page.reload();
    await page.locator(".age-offline").waitFor();
    assert.match(await page.locator(".age-offline").innerText(), /^Offline, as of \d\d:\d\d$/);
    assert.equal(await page.locator(`confer-star[data-talk="${starred.talk}"] button`).first().getAttribute("aria-pressed"), "true");
    await page.goto(site.address + never_opened.path);
    assert.equal((await page.locator("h1").innerText()).trim(), never_opened.title);
    await page.locator(".age-offline").waitFor();
    // By its code alone, as printed on a poster.
    await page.goto(`${site.base}/talks/${never_opened.talk}`);
    assert.equal((await page.locator("h1").innerText()).trim(), never_opened.title);
    await page.goto(`${site.base}/search?q=${encodeURIComponent(never_opened.title)}`);
    await page.locator(".results .session-title a", { hasText: never_opened.title }).first().waitFor();
    await page.goto(`${site.base}/my`);
    await page.locator("confer-my .session-title a", { hasText: starred.title }).first().waitFor();
    // A page that was never kept leads to what was.
    await page.goto(`${site.address}/pycon-us-2012/schedule`);
    assert.equal((await page.locator("h1").innerText()).trim(), "Offline");
    assert.equal(await page.locator(".rows a").first().getAttribute("href"), `/${site.event}`);
    for (const path of ["", "/schedule", "/now", "/speakers"]) {
      await page.goto(site.base + path);
      await page.locator(".age-offline").waitFor();
    }
  } finally {
    await site.start();
  }
  await page.goto(`${site.base}/list`);
  await page.locator("#age:not(.age-offline)").waitFor();
  await context.close();
});

test("of the archive what was looked at, the very first page and a search among it", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${site.address}/archive`);
  await page.waitForFunction(async () => (await caches.match("/archive")) !== undefined);
  const search = `${site.address}/archive/search?q=python`;
  await page.goto(search);
  const found = await page.locator(".talk-row-title a").allInnerTexts();
  assert.ok(found.length > 0);
  await page.waitForFunction(async () => (await caches.match("/archive/search?q=python")) !== undefined);
  await site.stop();
  try {
    await page.goto(`${site.address}/archive`);
    assert.equal((await page.locator("h1").innerText()).trim(), "The archive");
    await page.goto(search);
    assert.deepEqual(await page.locator(".talk-row-title a").allInnerTexts(), found);
    await page.goto(`${site.address}/archive/search?q=never`);
    assert.equal((await page.locator("h1").innerText()).trim(), "Offline");
  } finally {
    await site.start();
  }
  await context.close();
});
