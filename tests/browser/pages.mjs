// Pages as people meet them: without scripts, narrow, by keyboard, on paper, over plain HTTP, with axe.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, browser, errors_of, launch, site, talks_of } from "./support.mjs";

async function with_page(options, work) {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    await work(page, context);
  } finally {
    await context.close();
  }
}

test("without scripts the whole programme is there, and no star that does nothing", () =>
  with_page({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${site.base}/list`);
    const codes = new Set(await page.locator("main .session-title a").evaluateAll((links) => links.map((link) => /talks\/([A-Z0-9]+)/.exec(link.href)?.[1])));
    for (const session of talks_of(site)) assert.ok(codes.has(session.talk), session.title);
    assert.equal(await page.locator("button.star").count(), 0);
    const [session] = talks_of(site);
    await page.goto(site.address + session.path);
    assert.equal((await page.locator("h1").innerText()).trim(), session.title);
    await page.goto(`${site.base}/my`);
    assert.ok(await page.getByText("Stars need JavaScript").isVisible());
  }));

test("at 360 px and at 320 px no page is wider than the window", async () => {
  for (const width of [360, 320])
    await with_page({ viewport: { width, height: 740 } }, async (page) => {
      for (const path of ["", "/schedule", "/list", "/now", "/my", "/speakers", "/search?q=web", "/changes", talks_of(site)[0].path.replace(`/${site.event}`, "")]) {
        await page.goto(site.base + path);
        await page.locator("#age, .results, .footer").first().waitFor();
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(wide, 0, `${path} at ${width} px`);
      }
    });
});

test("a star goes on with the keyboard alone", () =>
  with_page({}, async (page) => {
    await page.goto(`${site.base}/list`);
    const star = page.locator("button.star").first();
    await star.waitFor();
    for (let step = 0; step < 200; step++) {
      await page.keyboard.press("Tab");
      if (await star.evaluate((button) => document.activeElement === button)) break;
    }
    assert.ok(await star.evaluate((button) => document.activeElement === button), "Tab reaches the star");
    assert.equal(await star.getAttribute("aria-pressed"), "false");
    await page.keyboard.press("Space");
    assert.equal(await star.getAttribute("aria-pressed"), "true");
    const box = await star.boundingBox();
    assert.ok(box.width >= 24 && box.height >= 24, `${box.width} × ${box.height}`);
  }));

test("a day prints on paper without navigation and without stars", () =>
  with_page({}, async (page) => {
    await page.goto(`${site.base}/schedule`);
    const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    assert.ok(pages >= 1 && pages <= 8, `${pages} pages`);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".nav").isVisible(), false);
    assert.equal(await page.locator("button.star").first().isVisible(), false);
    assert.ok(await page.locator(".cell-title, .session-title").first().isVisible());
  }));

test("over plain HTTP there is no service worker, and nothing is broken", async () => {
  const plain = await launch("--host-resolver-rules=MAP conf.test 127.0.0.1");
  try {
    const page = await plain.newPage();
    const errors = errors_of(page);
    await page.goto(`http://conf.test:${site.port}/${site.event}/list`);
    assert.equal(await page.evaluate(() => globalThis.isSecureContext), false);
    const star = page.locator("button.star").first();
    await star.click();
    await page.locator("#age").waitFor();
    assert.match(await page.locator("#age").innerText(), /^Revision \d+/);
    await page.reload();
    await star.waitFor();
    assert.equal(await star.getAttribute("aria-pressed"), "true");
    await page.goto(`http://conf.test:${site.port}/${site.event}/my`);
    await page.locator("confer-my .session").first().waitFor();
    assert.deepEqual(errors, []);
  } finally {
    await plain.close();
  }
});

for (const colorScheme of ["light", "dark"])
  for (const width of [360, 1280])
    test(`axe finds nothing on the main pages, ${colorScheme}, ${width} px`, () =>
      with_page({ colorScheme, viewport: { width, height: 800 }, reducedMotion: "reduce", bypassCSP: true }, async (page) => {
        for (const path of ["", "/schedule", "/list", "/now", "/my", "/speakers", "/search?q=web", "/changes", "/exports", talks_of(site)[0].path.replace(`/${site.event}`, "")]) {
          await page.goto(site.base + path);
          await page.locator("#age, .footer").first().waitFor();
          await page.evaluate(axe);
          const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
          assert.deepEqual(found.violations.map((violation) => `${path}: ${violation.id}: ${violation.nodes.slice(0, 2).map((node) => node.html.slice(0, 160)).join(" ")}`), []);
        }
      }));
