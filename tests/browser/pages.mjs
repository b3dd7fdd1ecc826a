// Pages as people meet them: without scripts, narrow, by keyboard, on paper.
import assert from "node:assert/strict";
import { test } from "node:test";
import { site, talks_of, with_page } from "./support.mjs";

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

/** Pages beside the programme's own, as the programme names them. */
const other_pages = () => {
  const { rooms, tracks, types } = site.index;
  return [`/rooms/${rooms[0][0]}`, `/tracks/${tracks[0][0].replace("track-", "")}`, `/types/${types[0][0]}`, "/exports", "/print", `/print/doors/${rooms[0][0]}`];
};

test("at 360 px and at 320 px no page is wider than the window", async () => {
  for (const width of [360, 320])
    await with_page({ viewport: { width, height: 740 } }, async (page) => {
      for (const path of ["", "/schedule", "/list", "/now", "/my", "/speakers", "/search?q=web", "/changes", talks_of(site)[0].path.replace(`/${site.event}`, ""), ...other_pages()]) {
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

test("search engines and messengers find what they look for: schema.org's Event, Open Graph, the other language, the feed", () =>
  with_page({ javaScriptEnabled: false }, async (page) => {
    const [session] = talks_of(site);
    await page.goto(site.address + session.path);
    const said = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
    assert.equal(said["@type"], "Event");
    assert.equal(said.name, session.title);
    assert.equal(Date.parse(said.startDate), session.start);
    assert.equal(Date.parse(said.endDate), session.end);
    assert.equal(said.location.name, site.index.rooms[session.room][1]);
    assert.equal(said.url, site.address + session.path);
    const meta = (name) => page.locator(`meta[property="${name}"]`).getAttribute("content");
    assert.equal(await meta("og:url"), site.address + session.path);
    assert.ok((await meta("og:title")).startsWith(session.title));
    assert.equal(await page.locator('link[rel="alternate"][hreflang="de"]').getAttribute("href"), `/de${session.path}`);
    const feed = await page.locator('link[type="application/atom+xml"]').getAttribute("href");
    const answer = await page.request.get(site.address + feed);
    assert.match(answer.headers()["content-type"], /^application\/atom\+xml/);
    assert.match(await answer.text(), /^<\?xml[^>]*>\s*<feed xmlns="http:\/\/www.w3.org\/2005\/Atom"/);
  }));

test("on a phone the first screen shows the programme, the day that is open, and on a talk's page the star", () =>
  with_page({ viewport: { width: 360, height: 740 } }, async (page) => {
    const day = site.index.days.at(-2);
    await page.goto(`${site.base}/schedule/${day}`);
    await page.locator("#filter").waitFor();
    await page.locator("#age").waitFor();
    const first = await page.locator("main .cell").first().boundingBox();
    assert.ok(first.y < 600, `the first session stands at ${first.y}`);
    const tab = await page.locator(".tabs [aria-current]").boundingBox();
    assert.ok(tab.x >= 0 && tab.x + tab.width <= 360, `the open day stands at ${tab.x} to ${tab.x + tab.width}`);
    await page.goto(site.address + talks_of(site)[0].path);
    const star = page.locator(".star-labelled");
    await star.waitFor();
    const box = await star.boundingBox();
    assert.ok(box.y + box.height < 740, `the star ends at ${box.y + box.height}`);
    await page.goto(`${site.base}/speakers`);
    await page.locator("#age").waitFor();
    const here = await page.locator(".nav [aria-current]").boundingBox();
    assert.ok(here.x >= 0 && here.x + here.width <= 360, `the open page stands at ${here.x} to ${here.x + here.width}`);
  }));

test("a first visit weighs less than 100 KB", async () => {
  for (const path of ["/schedule", "/list", "/now", talks_of(site)[0].path.replace(`/${site.event}`, "")])
    await with_page({ serviceWorkers: "block" }, async (page, context) => {
      const network = await context.newCDPSession(page);
      await network.send("Network.enable");
      let bytes = 0;
      network.on("Network.loadingFinished", (told) => (bytes += told.encodedDataLength));
      await page.goto(site.base + path);
      await page.locator("#age").waitFor();
      await page.evaluate(() => document.fonts.ready);
      assert.ok(bytes > 10_000 && bytes < 100 * 1024, `${path}: ${bytes} bytes`);
    });
});

test("a dead link into an event leads on to its schedule and search, in the page's language", () =>
  with_page({}, async (page) => {
    await page.goto(`${site.address}/de/${site.event}/nothing-here`);
    assert.equal((await page.locator("h1").innerText()).trim(), "Nicht gefunden");
    await page.locator(".masthead-title", { hasText: "MurmelConf" }).waitFor();
    assert.equal(await page.locator("main form.search").getAttribute("action"), `/de/${site.event}/search`);
    await page.locator("main .buttons a", { hasText: "Programm" }).click();
    await page.waitForURL(`**/de/${site.event}/schedule`);
  }));

test("what kind of session a talk is leads to all of its kind", () =>
  with_page({}, async (page) => {
    const [code, name] = site.index.types.find(([type]) => type === "keynote");
    await page.goto(`${site.base}/list`);
    await page.locator(".session-keynote .session-facts a", { hasText: name }).first().click();
    await page.waitForURL(`**/types/${code}`);
    assert.ok((await page.locator("main .session").count()) > 0);
  }));
