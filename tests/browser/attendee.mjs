// An attendee's phone: stars, other devices, other zones, wrong clocks, changes while a page is open.
import assert from "node:assert/strict";
import { test } from "node:test";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { browser, close_context, site, talks_of } from "./support.mjs";

const star = (page, session) => page.locator(`confer-star[data-talk="${session.talk}"] button`).first();
const pressed = async (page, session) => (await star(page, session).getAttribute("aria-pressed")) === "true";
const synced = (page) => page.waitForResponse((answer) => answer.request().method() === "POST" && answer.url().endsWith(`/${site.event}/stars`) && answer.ok());

test("a star stays after a reload, and is on the page of one's own schedule", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const [one, two] = talks_of(site);
  await page.goto(`${site.base}/list`);
  const sent = synced(page);
  await star(page, one).click();
  await star(page, two).click();
  await sent;
  await page.reload();
  await star(page, one).waitFor();
  assert.deepEqual([await pressed(page, one), await pressed(page, two)], [true, true]);
  await page.goto(`${site.base}/my`);
  await page.locator("confer-my .session").first().waitFor();
  const titles = await page.locator("confer-my .session-title a").allInnerTexts();
  assert.deepEqual(titles.sort(), [one.title, two.title].sort());
  await context.close();
});

test("a star sends itself alone, whatever was starred before, and hears only what is new", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const [one, ...others] = talks_of(site);
  await page.goto(`${site.base}/list`);
  const first = synced(page);
  for (const session of new Map(others.map((other) => [other.talk, other])).values()) if (session.talk !== one.talk) await star(page, session).click();
  await first;
  // Until both know the same; what was under way goes with its page.
  await page.goto("about:blank");
  // A summit on the same page has stars of its own, and agrees by itself.
  const agreed = page.waitForResponse(async (answer) => answer.request().method() === "POST" && answer.url() === `${site.base}/stars` && (await answer.json()).parts?.length === 0);
  await page.goto(`${site.base}/list`);
  await agreed;
  // Of requests made from here on: an answer to an earlier one may still come in.
  const asked = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url() === `${site.base}/stars`) asked.push(request);
  });
  const sent = page.waitForResponse((answer) => answer.request().method() === "POST" && answer.request().postData()?.includes(`"${one.talk}"`));
  await star(page, one).click();
  await sent;
  await page.waitForFunction((talk) => document.querySelector(`confer-star[data-talk="${talk}"] button`).getAttribute("aria-pressed") === "true", one.talk);
  const exchanges = await Promise.all(asked.map(async (request) => ({
    sent: request.postDataJSON().marks.map((mark) => mark.talk), told: (await (await request.response()).json()).marks.length,
  })));
  assert.deepEqual(exchanges.filter((exchange) => exchange.sent.length > 0), [{ sent: [one.talk], told: 0 }]);
  await context.close();
});

test("of two sessions at the same time each says so", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const talks = talks_of(site).filter((session) => session.state !== 1);
  const one = talks.find((session) => talks.some((other) => other !== session && other.start === session.start));
  const two = talks.find((other) => other !== one && other.start === one.start);
  await page.goto(`${site.base}/list`);
  for (const session of [one, two]) await star(page, session).click();
  await page.goto(`${site.base}/my`);
  await page.locator("confer-my .badge-warning").first().waitFor();
  const hints = await page.locator("confer-my .badge-warning").allInnerTexts();
  assert.deepEqual(hints.sort(), [`at the same time as ${one.title}`, `at the same time as ${two.title}`].sort());
  await page.setViewportSize({ width: 320, height: 740 });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, "the hints fit a phone");
  // Days are written in the order in which the server writes them, not as in America.
  assert.match((await page.locator("confer-my .day-head").first().innerText()).trim(), /^\w+day,? \d{1,2} \w+$/);
  await context.close();
});

for (const order of ["a, then b", "b, then a"])
  test(`two devices star offline and go online (${order}): both end with the same stars`, async () => {
    const [kept, taken, only_a, only_b] = talks_of(site);
    const a = await browser.newContext(), b = await browser.newContext();
    const page_a = await a.newPage(), page_b = await b.newPage();
    await page_a.goto(`${site.base}/list`);
    const first = synced(page_a);
    await star(page_a, kept).click();
    await star(page_a, taken).click();
    await first;
    // The personal link carries them to the second device.
    await page_a.goto(`${site.base}/my`);
    await page_a.getByRole("button", { name: "Your personal link" }).click();
    const link = await page_a.getByRole("textbox", { name: "Your personal link" }).inputValue();
    await page_b.goto(link);
    await page_b.waitForURL(`**/${site.event}/my`);
    await page_b.locator("confer-my .session").nth(1).waitFor();
    await page_a.goto(`${site.base}/list`);
    await page_b.goto(`${site.base}/list`);
    await star(page_b, kept).waitFor();
    assert.deepEqual([await pressed(page_b, kept), await pressed(page_b, taken)], [true, true]);
    await page_a.waitForLoadState("load");
    await a.setOffline(true);
    await b.setOffline(true);
    await star(page_a, only_a).click();
    await star(page_a, taken).click();
    await star(page_b, only_b).click();
    // Off and on again, later than the other device's off: the later wish is the star.
    await star(page_b, taken).click();
    await star(page_b, taken).click();
    const devices = order.startsWith("a") ? [[a, page_a], [b, page_b]] : [[b, page_b], [a, page_a]];
    for (const [context, page] of devices) {
      const done = synced(page);
      await context.setOffline(false);
      await done;
    }
    for (const page of [page_a, page_b]) {
      const done = synced(page);
      await page.reload();
      await done;
      await page.waitForFunction((talk) => document.querySelector(`confer-star[data-talk="${talk}"] button`)?.getAttribute("aria-pressed") === "true", only_b.talk);
      const state = [];
      for (const session of [kept, taken, only_a, only_b]) state.push(await pressed(page, session));
      assert.deepEqual(state, [true, true, true, true]);
    }
    await a.close();
    await b.close();
  });

test("the personal link stands there as a QR code too, which says the same", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const [one] = talks_of(site);
  await page.goto(`${site.base}/list`);
  const sent = synced(page);
  await star(page, one).click();
  await sent;
  await page.goto(`${site.base}/my`);
  await page.getByRole("button", { name: "Your personal link" }).click();
  const link = await page.getByRole("textbox", { name: "Your personal link" }).inputValue();
  const [, token] = /^http:\/\/localhost:\d+\/s\/([^?]+)\?event=/.exec(link);
  const code = page.getByRole("img", { name: "QR code of your personal link" });
  await page.waitForFunction((image) => image.complete && image.naturalWidth > 0, await code.elementHandle());
  const asked = await context.request.post(`${site.base}/personal-link`, { data: { token }, headers: { origin: site.address } });
  const { url, qr } = await asked.json();
  assert.equal(url, link);
  assert.equal(decodeURIComponent((await code.getAttribute("src")).replace("data:image/svg+xml,", "")), qr);
  const box = await code.boundingBox();
  assert.ok(box.width >= 180, `${box.width} px wide`);
  const unknown = await context.request.post(`${site.base}/personal-link`, { data: { token: "nobody-has-this" }, headers: { origin: site.address } });
  assert.equal(unknown.status(), 404);
  await context.close();
});

test("between two starred sessions the free time is named", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const day = talks_of(site).filter((session) => session.state !== 1 && session.day === site.index.days[0]).sort((a, b) => a.start - b.start);
  const first = day[0], last = day.find((session) => session.start - first.end >= 3_600_000);
  await page.goto(`${site.base}/list`);
  for (const session of [first, last]) await star(page, session).click();
  await page.goto(`${site.base}/my`);
  const minutes = Math.round((last.start - first.end) / 60_000), hours = Math.floor(minutes / 60), rest = minutes % 60;
  await page.locator("confer-my .muted.small", { hasText: `${rest ? `${hours} h ${rest} min` : `${hours} h`} free` }).waitFor();
  await context.close();
});

test("a block with parts: each part has its time, and its link leads to it", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${site.base}/list`);
  const part = page.locator("main .session .parts a").first();
  const href = await part.getAttribute("href");
  assert.match(href, /\/talks\/[^#]+#./);
  const title = (await part.innerText()).trim();
  await page.goto(site.address + href);
  const target = page.locator(":target");
  assert.ok((await target.innerText()).includes(title));
  assert.match(await target.locator("time").innerText(), /^\d\d:\d\d$/);
  await context.close();
});

test("a calendar follows the stars until it is revoked", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const [one] = talks_of(site);
  await page.goto(`${site.base}/list`);
  await star(page, one).click();
  await page.goto(`${site.base}/my`);
  await page.getByRole("button", { name: "Make a calendar address" }).click();
  const address = await page.getByRole("textbox", { name: "Your calendar address" }).inputValue();
  const calendar = await context.request.get(address);
  assert.equal(calendar.status(), 200);
  assert.equal((await calendar.text()).match(/BEGIN:VEVENT/g)?.length, talks_of(site).filter((session) => session.talk === one.talk).length);
  await page.locator("summary", { hasText: "Revoke all calendar addresses" }).click();
  await page.getByRole("button", { name: "Revoke all calendar addresses", exact: true }).click();
  await page.getByText("The calendar addresses no longer work.").waitFor();
  assert.equal((await context.request.get(address)).status(), 404);
  await context.close();
});

test("a viewer in Apia sees the event's times, and on demand their own, always with the zone's name", async () => {
  const context = await browser.newContext({ timezoneId: "Pacific/Apia", locale: "en-GB" });
  const page = await context.newPage();
  const [one] = talks_of(site);
  await page.goto(`${site.base}/list`);
  const time = page.locator(`.session[data-slot="${one.id}"] .session-facts time`);
  await page.locator(".zone button").waitFor();
  assert.ok((await time.innerText()).startsWith(`${one.local}–`));
  assert.match(await page.locator(".zone").innerText(), /Europe\/Vienna/);
  await page.getByRole("button", { name: "Show times in my zone (Pacific/Apia)" }).click();
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: "Pacific/Apia", hour: "2-digit", minute: "2-digit", weekday: "short" }).formatToParts(one.start);
  const part = (type) => parts.find((found) => found.type === type).value;
  const date = new Intl.DateTimeFormat("en-CA", { timeZone: "Pacific/Apia" }).format(one.start);
  const expected = `${date === one.day ? "" : `${part("weekday")} `}${part("hour")}:${part("minute")}–`;
  assert.ok((await time.innerText()).startsWith(expected), `${await time.innerText()} begins with ${expected}`);
  assert.match(await page.locator(".zone").innerText(), /Times are in your zone, Pacific\/Apia/);
  await page.reload();
  await page.getByRole("button", { name: "Show times of the event" }).waitFor();
  assert.ok((await time.innerText()).startsWith(expected));
  await page.getByRole("button", { name: "Show times of the event" }).click();
  assert.ok((await time.innerText()).startsWith(`${one.local}–`));
  await context.close();
});

test("a viewer in the event's zone is offered no other one, on a talk's page neither", async () => {
  const context = await browser.newContext({ timezoneId: "Europe/Vienna", locale: "en-GB" });
  const page = await context.newPage();
  for (const path of [`/${site.event}/list`, talks_of(site)[0].path]) {
    await page.goto(site.address + path);
    await page.locator("#age").waitFor();
    assert.equal(await page.locator(".zone button").count(), 0, path);
  }
  await context.close();
});

for (const wrong of [-20, 20])
  test(`with a phone clock ${wrong} minutes wrong, what runs now is right`, async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const talks = talks_of(site).filter((session) => session.state !== 1 && session.end - session.start >= 20 * 60_000 && session.end - session.start <= 60 * 60_000);
    const session = talks[Math.floor(talks.length / 2)];
    // The true time is ten minutes into the session: the server says so, the phone says otherwise.
    const truth = session.start + 10 * 60_000;
    await page.clock.install({ time: truth + wrong * 60_000 });
    await page.route("**/revision.json", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, headers: { ...answer.headers(), date: new Date(truth).toUTCString() } });
    });
    await page.goto(`${site.base}/schedule/${session.day}/list`);
    const running = page.locator(`.session[data-slot="${session.id}"].is-now`);
    await running.waitFor();
    const shown = (await page.locator("main .session.is-now[data-slot]").evaluateAll((all) => all.map((one) => Number(one.dataset.slot)))).sort((x, y) => x - y);
    const expected = await page.locator("main .session[data-slot]:not(.is-cancelled)").evaluateAll((all, time) => all.filter((one) => Number(one.dataset.start) <= time && time < Number(one.dataset.end))
      .map((one) => Number(one.dataset.slot)), truth);
    assert.deepEqual(shown, expected.sort((x, y) => x - y));
    await page.goto(`${site.base}/schedule/${session.day}`);
    await page.locator(".grid-now").waitFor({ state: "attached" });
    const first = Number(await page.locator(".schedule-grid").getAttribute("data-first"));
    assert.equal(await page.locator(".grid-now").getAttribute("class"), `grid-now g-r${Math.floor((truth - first) / 300_000) + 1}`);
    const card = `.now-card[data-room="${site.index.rooms[session.room][0]}"] .now-slot`;
    // The button says that it scrolls, and does: what runs is then in sight.
    await page.locator('[data-jump="now"]', { hasText: "Jump to now" }).click();
    await page.waitForFunction(() => {
      const place = document.activeElement.getBoundingClientRect();
      return document.activeElement.classList.contains("is-now") && place.top >= 0 && place.top < innerHeight;
    });
    // A room's own page says what is on in it.
    await page.goto(`${site.base}/rooms/${site.index.rooms[session.room][0]}`);
    await page.locator(".now-card .now-slot", { hasText: session.title }).first().waitFor();
    await page.goto(`${site.base}/now`);
    await page.waitForFunction(([selector, title]) => document.querySelector(`${selector} .session-title`)?.textContent === title, [card, session.title]);
    await close_context(context);
  });

test("finding: letters typed on the search page and in a day's filter", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const [one] = talks_of(site);
  await page.goto(`${site.base}/search`);
  await page.locator("#q").fill(one.title.toUpperCase());
  await page.locator(".results .session-title a", { hasText: one.title }).first().waitFor();
  await page.goto(`${site.base}/list`);
  await page.locator("#filter").fill(one.title);
  const visible = await page.locator("main .session:visible .session-title").allInnerTexts();
  assert.ok(visible.length >= 1 && visible.every((title) => title.startsWith(one.title)), visible.join(", "));
  await context.close();
});
