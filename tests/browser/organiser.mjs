// A tired organiser: every page in both themes and both widths, emergencies on a phone, clashes while typing, a followed address.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { browser, close_context, errors_of, faults_of, lose_second_piece, site } from "./support.mjs";

let signed_in; // cookies of the organiser, for every context below; the first test gets them
let home; // "/organise/murmelconf-2027"

async function sign_in() {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(site.sign_in_link());
  await page.locator("main form button").first().click();
  await page.waitForURL((url) => !url.pathname.includes("link"));
  home = `/organise/${site.event}`;
  signed_in = await context.storageState();
  await context.close();
}

async function with_page(options, work) {
  if (!signed_in) await sign_in();
  const context = await browser.newContext({ storageState: signed_in, reducedMotion: "reduce", ...options });
  try {
    await work(await context.newPage(), context);
  } finally {
    await close_context(context);
  }
}
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** What the public pages are drawn from, asked again until `is_there`. */
async function published(is_there) {
  for (const deadline = Date.now() + 120_000; ; ) {
    const index = await (await fetch(`${site.base}/index.json`)).json();
    const at = (id) => index.slots.id.indexOf(Number(id));
    const slot = (id) => ({ state: index.slots.state[at(id)], start: index.slots.local[at(id)], room: index.rooms[index.slots.room[at(id)]]?.[0] });
    if (is_there(slot)) return;
    assert.ok(Date.now() < deadline, "the public pages follow");
    // The server draws in its own time; nothing tells a test when it is done.
    await new Promise((next) => setTimeout(next, 100));
  }
}

/** Every page that the navigation leads to, the form for a new thing, and the first thing of each list. */
async function pages_of(page) {
  const found = new Set(["/account"]);
  for (const start of ["/organise", home]) {
    await page.goto(site.address + start);
    for (const href of await page.locator(".side-nav a").evaluateAll((links) => links.map((link) => link.getAttribute("href")))) found.add(href);
  }
  for (const list of [...found]) {
    await page.goto(site.address + list);
    const inside = await page.locator("main .page-head .buttons a, main td a, main th a, main .session-title a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    for (const wanted of [/\/new$/, /\/[\w-]+$/]) {
      const href = inside.find((one) => one.startsWith(list === "/organise" ? home : `${list}/`) && wanted.test(one));
      if (href) found.add(href);
    }
    const room = inside.find((one) => one.includes("/now/rooms/"));
    if (room) found.add(room);
    const talk = inside.find((one) => /\/talks\/[A-Z0-9]{6}$/.test(one));
    if (talk) found.add(`${talk}/files`);
  }
  // A room's stage timer, with a talk on it.
  await page.goto(`${site.address}${home}/cuts`);
  const timer = await page.locator(".timers a").first().getAttribute("href");
  await page.goto(site.address + timer);
  found.add(timer).add(await page.locator('main a[href*="?slot="]').first().getAttribute("href"));
  // Speakers' addresses, and a list that shows nobody.
  found.add(`${home}/speakers/addresses?all=1`).add(`${home}/speakers?sessions=off`);
  // What would change, of whatever is here.
  if (found.has("/organise/archive/many")) found.add("/organise/archive/many?query=year:1990-2035&deed=withhold&value=");
  // What fits a list of videos: one that is sure, one that is a guess, one that is nobody's.
  await page.goto(`${site.address}${home}/recordings`);
  const title = await page.locator("main tbody th a").first().textContent();
  await page.locator("textarea[name=list]").fill(`https://vimeo.com/1\t${title}\nhttps://vimeo.com/2\t${title.split(" ")[0]}\nhttps://vimeo.com/3\tZyzzyva\nnothing`);
  await page.getByRole("button", { name: "Look at what fits" }).click();
  await page.waitForURL(/recordings\/match\//);
  found.add(new URL(page.url()).pathname);
  return [...found];
}

test("axe finds nothing on any organiser's page, and none is wider than a phone", async () => {
  await with_page({ bypassCSP: true, viewport: { width: 1280, height: 800 } }, async (page) => {
    const pages = await pages_of(page);
    assert.ok(pages.length > 30, pages.join(" "));
    const problems = [];
    for (const path of pages) problems.push(...(await faults_of(page, site.address + path)));
    assert.deepEqual(problems, []);
  });
});

test("on a phone the navigation is one button, and works by keyboard", () =>
  with_page(phone, async (page) => {
    await page.goto(site.address + home);
    const menu = page.getByRole("button", { name: "Menu" });
    const navigation = page.getByRole("navigation", { name: "Organise" });
    assert.equal(await navigation.isVisible(), false);
    assert.ok((await page.locator("h1").boundingBox()).y < 320);
    await menu.focus();
    await page.keyboard.press("Enter");
    await navigation.waitFor();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.closest("nav")?.id), "side-nav");
    await page.keyboard.press("Escape");
    assert.equal(await navigation.isVisible(), false);
    assert.equal(await menu.evaluate((button) => button === document.activeElement), true);
  }));

/** Counts what a thumb does; choosing from a list is two taps: open it, choose. */
function thumb(page) {
  const counted = { taps: 0 };
  counted.tap = async (locator) => {
    counted.taps += 1;
    const led = page.waitForEvent("framenavigated");
    await locator.tap();
    await led;
    await page.waitForLoadState("load");
  };
  counted.choose = async (locator, option) => {
    counted.taps += 2;
    await locator.selectOption(option);
  };
  counted.today = async () => {
    await counted.tap(page.locator(".page-head .buttons a"));
    // The test may run at night, when nothing of today is left: tomorrow's page is what this one shows in the morning.
    const tomorrow = await page.locator(".tabs li:has([aria-current]) + li a").getAttribute("href");
    await page.goto(site.address + tomorrow);
  };
  return counted;
}
/** The sessions of the day on "Today" that are not cancelled. */
const sessions_of_day = (page) =>
  page.locator("main .session:not(.is-cancelled)").evaluateAll((all) =>
    all.map((session) => ({
      number: session.querySelector("a").href.match(/now\/(\d+)/)[1],
      room: session.closest("section").querySelector(".page-head a").href.match(/rooms\/([^?]+)/)[1],
      time: session.querySelector(".session-facts li").textContent,
    })),
  );

test("emergency: the speaker is ill, in five taps from the dashboard, and taken back in one", () =>
  with_page(phone, async (page) => {
    await page.goto(site.address + home);
    const hand = thumb(page);
    await hand.today();
    const [session] = await sessions_of_day(page);
    await hand.tap(page.locator(`a[href$="/now/${session.number}"]`));
    await hand.tap(page.getByRole("button", { name: "Cancel this session" }));
    await page.locator(".notice", { hasText: "It stands in a new release" }).waitFor();
    assert.ok(hand.taps <= 5, `${hand.taps} taps`);
    await published((slot) => slot(session.number).state === 1);
    await page.getByRole("button", { name: "Undo" }).tap();
    await page.locator(".notice", { hasText: "Taken back" }).waitFor();
    await published((slot) => slot(session.number).state !== 1);
  }));

test("emergency: a room is closed, in five taps from the dashboard: moved to a free room, or cancelled", () =>
  with_page(phone, async (page) => {
    await page.goto(site.address + home);
    const hand = thumb(page);
    await hand.today();
    const [session] = await sessions_of_day(page);
    await hand.tap(page.locator(`a[href*="/now/rooms/${session.room}?"]`));
    const rooms = page.getByLabel("What is to come");
    const options = await rooms.locator("option").evaluateAll((all) => all.map((one) => ({ value: one.value, text: one.textContent })));
    const free = options.find((option) => option.value && !option.text.includes("taken"));
    if (free) await hand.choose(rooms, free.value);
    await hand.tap(page.getByRole("button", { name: "Close the room" }));
    await page.locator(".notice", { hasText: "It stands in a new release" }).waitFor();
    assert.ok(hand.taps <= 5, `${hand.taps} taps`);
    await published((slot) => (free ? slot(session.number).room === free.value : slot(session.number).state === 1));
    await page.getByRole("button", { name: "Undo" }).tap();
    await published((slot) => slot(session.number).room === session.room && slot(session.number).state !== 1);
  }));

test("emergency: two sessions swap, in five taps from the dashboard", () =>
  with_page(phone, async (page) => {
    await page.goto(site.address + home);
    const hand = thumb(page);
    await hand.today();
    const sessions = await sessions_of_day(page);
    const same_time = (one) => sessions.find((other) => other.time === one.time && other.room !== one.room);
    const one = sessions.find(same_time), two = same_time(one);
    await hand.tap(page.locator(`a[href$="/now/${one.number}"]`));
    await hand.choose(page.getByLabel("Change places with"), two.number);
    await hand.tap(page.getByRole("button", { name: "Swap the two" }));
    await page.locator(".notice", { hasText: "It stands in a new release" }).waitFor();
    assert.ok(hand.taps <= 5, `${hand.taps} taps`);
    await published((slot) => slot(one.number).room === two.room && slot(two.number).room === one.room);
    await page.getByRole("button", { name: "Undo" }).tap();
    await published((slot) => slot(one.number).room === one.room);
  }));

test("a slot's clashes show while it is filled in", () =>
  with_page({}, async (page) => {
    const errors = errors_of(page);
    await page.goto(`${site.address}${home}/slots`);
    const rows = await page.locator("main .table").first().locator("tbody tr").evaluateAll((all) =>
      all.map((row) => ({ href: row.querySelector("a").getAttribute("href"), room: row.cells[3].innerText, kind: row.cells[5].innerText, state: row.cells[6].innerText })));
    const talks = rows.filter((row) => row.kind === "talk" && row.state === "planned");
    const here = talks[0], there = talks.find((row) => row.room !== here.room);
    await page.goto(site.address + there.href);
    const room = await page.getByLabel("Room", { exact: true }).inputValue(), start = await page.getByLabel("Start", { exact: true }).inputValue();
    await page.goto(site.address + here.href);
    const list = page.locator(".slot-clashes");
    assert.equal(await list.getByText("A room has two sessions at once").count(), 0);
    await page.getByLabel("Room", { exact: true }).selectOption(room);
    await page.getByLabel("Start", { exact: true }).fill(start);
    await list.getByText("A room has two sessions at once").waitFor();
    assert.equal(await list.getByRole("heading", { name: "Clashes" }).count(), 1);
    await page.getByLabel("Start", { exact: true }).fill(`${start.slice(0, 11)}03:10`);
    await list.getByText("A room has two sessions at once").waitFor({ state: "detached" });
    assert.deepEqual(errors, []);
  }));

/** The files page of some talk that has no files. */
async function files_page(page) {
  await page.goto(`${site.address}${home}/talks?files=no`);
  const talk = await page.locator("main .table th a").first().getAttribute("href");
  return `${site.address}${talk}/files`;
}
const slides = (megabytes) => Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(megabytes * 1_000_000, "slide ")]);

test("slides go on where they stood when the connection comes back, and are what was sent", () =>
  with_page(phone, async (page, context) => {
    const address = await files_page(page);
    await page.goto(address);
    const bytes = slides(3);
    await page.getByLabel("File", { exact: true }).setInputFiles({ name: "My slides.pdf", mimeType: "application/pdf", buffer: bytes });
    await page.getByLabel("Title (optional)").fill("Slides, by pieces");
    const offsets = await lose_second_piece(page);
    await page.getByRole("button", { name: "Upload" }).tap();
    await page.getByText("The connection is gone. What was sent is kept").waitFor();
    await page.waitForURL("**/files?done=uploaded");
    assert.deepEqual(offsets, [0, 1 << 20, 2 << 20]);
    assert.equal(await page.getByLabel("Title of My slides.pdf").inputValue(), "Slides, by pieces");
    const href = await page.locator("main td a").first().getAttribute("href");
    const got = await context.request.get(site.address + href);
    assert.equal(got.headers()["content-disposition"].startsWith("attachment"), true);
    assert.equal(Buffer.compare(await got.body(), bytes), 0);
    assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("upload ")).length), 0);
    // What the server refuses is said beside the field, and the form is there for another try.
    await page.getByLabel("File", { exact: true }).setInputFiles({ name: "lies.pdf", mimeType: "application/pdf", buffer: Buffer.from("<script>") });
    await page.getByRole("button", { name: "Upload" }).tap();
    await page.getByText("what is in it is something else").waitFor();
    assert.equal(await page.getByRole("button", { name: "Upload" }).isEnabled(), true);
    // Taken off, and back by one tap.
    await page.getByRole("button", { name: "Remove My slides.pdf" }).tap();
    await page.waitForURL(/undo=/); // loaded: a page that still moves takes a tap elsewhere
    await page.locator(".notice").getByRole("button", { name: "Undo" }).tap();
    await page.getByLabel("Title of My slides.pdf").waitFor();
  }));

test("slides are uploaded without JavaScript, too", async () => {
  let address;
  await with_page({}, async (page) => (address = await files_page(page)));
  await with_page({ javaScriptEnabled: false }, async (page) => {
    await page.goto(address);
    await page.getByLabel("File", { exact: true }).setInputFiles({ name: "plain.pdf", mimeType: "application/pdf", buffer: slides(1) });
    await page.getByRole("button", { name: "Upload" }).click();
    await page.waitForURL("**/files?done=uploaded");
    assert.equal(await page.getByLabel("Title of plain.pdf").inputValue(), "plain");
  });
});

test("a followed address: looked at first, then imported, and the page says what changed", async () => {
  const schedule = JSON.parse(site.confer("export", "--event", site.event, "--format", "schedule.json"));
  const [entry] = schedule.schedule.conference.days.flatMap((day) => Object.values(day.rooms)).flat();
  entry.title = `${entry.title}, followed`;
  const other = createServer((_, answer) => answer.setHeader("content-type", "application/json").end(JSON.stringify(schedule)));
  await new Promise((listening) => other.listen(0, "127.0.0.1", listening));
  after(() => other.close());
  await with_page({}, async (page) => {
    await page.goto(`${site.address}${home}/follow`);
    await page.getByLabel("Address of the schedule").fill(`http://127.0.0.1:${other.address().port}/schedule.json`);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Looked only, nothing was imported.").waitFor();
    await page.locator(".difference li", { hasText: entry.title }).waitFor();
    await page.goto(`${site.address}${home}/talks?q=followed`);
    assert.equal(await page.getByRole("link", { name: entry.title }).count(), 0);
    await page.goto(`${site.address}${home}/follow`);
    await page.getByRole("button", { name: "Fetch and import now" }).click();
    await page.getByRole("heading", { name: "What it changed in the schedule" }).waitFor();
    await page.goto(`${site.address}${home}/talks?q=followed`);
    assert.equal(await page.getByRole("link", { name: entry.title, exact: true }).count(), 1);
    await page.goto(`${site.address}${home}/follow`);
    await page.getByText("Stop following…").click();
    await page.getByRole("button", { name: "Stop following" }).click();
    await page.locator(".notice", { hasText: "Removed." }).waitFor();
    assert.equal(await page.getByLabel("Address of the schedule").inputValue(), "");
  });
});
