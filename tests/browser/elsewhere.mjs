// On other people's pages and networks: the embedded schedule, and plain HTTP in a venue's own network.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { axe, errors_of, launch, site, talks_of, with_page } from "./support.mjs";

/** A foreign page, from another origin and with a strict policy of its own. */
async function foreign_site(body, head = "") {
  const server = createServer((request, answer) => {
    answer.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; script-src ${site.address}; connect-src ${site.address}; style-src 'self' 'unsafe-inline'`,
    });
    answer.end(`<!DOCTYPE html><html lang="en"><head><title>Our club</title>${head}<script type="module" src="${site.address}/embed.js"></script></head><body><main><h1>Our club</h1><h2>The schedule</h2>${body}</main></body></html>`);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { address: `http://127.0.0.1:${server.address().port}/`, end: () => new Promise((done) => (server.closeAllConnections?.(), server.close(done))) };
}

test("the embedded schedule stands on a foreign page, is small, takes its colours, and axe finds nothing", async () => {
  const script = Buffer.from(await (await fetch(`${site.address}/embed.js`)).arrayBuffer());
  assert.ok(gzipSync(script).length < 20 * 1024, `${gzipSync(script).length} bytes`);
  const there = await foreign_site(
    `<confer-schedule src="${site.address}/embed/${site.event}.json"><a href="${site.base}">The schedule</a></confer-schedule>`,
    "<style>confer-schedule{--confer-accent:rgb(120, 0, 60);--confer-paper:rgb(255, 250, 240);--confer-ink:rgb(20, 20, 20);--confer-muted:rgb(80, 80, 80)}</style>",
  );
  try {
    for (const width of [360, 1280])
      await with_page({ viewport: { width, height: 800 }, bypassCSP: false }, async (page) => {
        const errors = errors_of(page);
        await page.goto(there.address);
        const embedded = page.locator("confer-schedule");
        await embedded.locator("li").first().waitFor();
        const titles = new Set(await embedded.locator(".title").allInnerTexts());
        for (const session of talks_of(site)) assert.ok(titles.has(session.title), session.title);
        const link = embedded.locator(".title a").first();
        assert.ok((await link.getAttribute("href")).startsWith(`${site.address}/`));
        assert.equal(await link.evaluate((a) => getComputedStyle(a).color), "rgb(120, 0, 60)");
        assert.equal(await embedded.evaluate((all) => getComputedStyle(all).backgroundColor), "rgb(255, 250, 240)");
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
        assert.deepEqual(errors, []);
      });
    await with_page({ bypassCSP: true }, async (page) => {
      await page.goto(there.address);
      await page.locator("confer-schedule li").first().waitFor();
      await page.evaluate(axe);
      const found = await page.evaluate(() => globalThis.axe.run(document));
      assert.deepEqual(found.violations.map((violation) => `${violation.id}: ${violation.nodes[0].html.slice(0, 160)}`), []);
      // One day alone, chosen by the page.
      const day = site.index.days.at(-1);
      await page.locator("confer-schedule").evaluate((all, chosen) => all.setAttribute("day", chosen), day);
      await page.waitForFunction(() => document.querySelector("confer-schedule").shadowRoot.querySelectorAll("h3").length === 1);
    });
  } finally {
    await there.end();
  }
});

test("when the schedule cannot be read, the foreign page keeps what it wrote inside the element", async () => {
  const there = await foreign_site(`<confer-schedule src="${site.address}/embed/no-such-event.json"><a href="${site.base}">The schedule over there</a></confer-schedule>`);
  try {
    await with_page({}, async (page) => {
      await page.goto(there.address);
      await page.waitForFunction(() => document.querySelector("confer-schedule").shadowRoot?.querySelector("slot"));
      assert.ok(await page.getByRole("link", { name: "The schedule over there" }).isVisible());
    });
  } finally {
    await there.end();
  }
});

test("over plain HTTP there is no service worker, and nothing is broken", async () => {
  const plain = await launch("--host-resolver-rules=MAP conf.test 127.0.0.1");
  try {
    const page = await plain.newPage();
    const errors = errors_of(page);
    const base = `http://conf.test:${site.port}/${site.event}`;
    await page.goto(`${base}/list`);
    assert.equal(await page.evaluate(() => globalThis.isSecureContext), false);
    const star = page.locator("button.star").first();
    await star.click();
    await page.locator("#age").waitFor();
    assert.match(await page.locator("#age").innerText(), /^Revision \d+/);
    await page.reload();
    await star.waitFor();
    assert.equal(await star.getAttribute("aria-pressed"), "true");
    await page.goto(`${base}/my`);
    await page.locator("confer-my .session").first().waitFor();
    // No clipboard there: the link stands in a field, selected, and its QR code beside it.
    await page.getByRole("button", { name: "Your personal link" }).click();
    const link = page.getByRole("textbox", { name: "Your personal link" });
    assert.ok((await link.inputValue()).startsWith(`http://conf.test:${site.port}/s/`));
    await page.getByRole("img", { name: "QR code of your personal link" }).waitFor();
    // Chromium's remark on a header that means something over HTTPS alone is not about the page.
    assert.deepEqual(errors.filter((error) => !error.includes("Cross-Origin-Opener-Policy")), []);
  } finally {
    await plain.close();
  }
});
