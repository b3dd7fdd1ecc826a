// FIXME(#2): not part of the run yet. Plain HTTP and axe fail (an empty link on an event's page, first of all); the live notice has never been seen green.
// Run by hand: node --test tests/browser/not_green_yet.mjs, between open_all() and close_all() of support.mjs.
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

test("an open page is told of a release, and of a starred session that moved", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const schedule = JSON.parse(site.confer("export", "--event", site.event, "--format", "schedule.json"));
  const first = schedule.schedule.conference.days.flatMap((day) => Object.values(day.rooms)).flat();
  const own = new Map(talks_of(site).map((session) => [session.title, session]));
  const moved = first.find((entry) => own.has(entry.title));
  const session = own.get(moved.title);
  await page.goto(`${site.base}/list`);
  await star(page, session).click();
  await page.locator("#age", { hasText: "live" }).waitFor();
  const shift = (clock) => `${String((Number(clock.slice(0, 2)) + 1) % 24).padStart(2, "0")}${clock.slice(2)}`;
  moved.date = moved.date.replace(/T(\d\d:\d\d)/, (_, clock) => `T${shift(clock)}`);
  moved.start = shift(moved.start);
  const file = path.join(site.data, "changed.json");
  await writeFile(file, JSON.stringify(schedule));
  site.confer("import", "--event", site.event, file);
  site.confer("release", "--event", site.event, "99.1");
  // The pages are drawn anew before anybody is told: with sanitizers that takes its time.
  await page.locator("#notices .notice").waitFor({ timeout: 120_000 });
  assert.ok((await page.locator("#notices").innerText()).includes("The schedule has changed."));
  await page.locator("#notices li", { hasText: session.title }).waitFor();
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForFunction((old) => Number(document.body?.dataset.revision) > old, site.index.revision);
  await context.close();
});
