// What a machine can see of how pages look: axe in two themes and two widths, right to left, many and few rooms, paper.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { browser, faults_of, site, talks_of, with_page } from "./support.mjs";

/** One page of each kind. */
async function page_kinds() {
  const [talk] = talks_of(site);
  const index = site.index;
  const own = [
    "", "/schedule", `/schedule/${index.days[0]}/list`, "/list", "/now", "/my", "/speakers", "/search?q=web", "/changes", "/exports", "/print",
    `/rooms/${index.rooms[0][0]}`, `/print/doors/${index.rooms[0][0]}`, `/tracks/${index.tracks[0][0].replace("track-", "")}`, `/types/${index.types[0][0]}`,
    talk.path.replace(`/${site.event}`, ""),
  ];
  const front = await (await fetch(`${site.address}/${site.event}`)).text();
  const info = new RegExp(`href="(/${site.event}/pages/[^"]+)"`).exec(front)?.[1];
  const speaker = new RegExp(`href="(/${site.event}/speakers/[^"]+)"`).exec(await (await fetch(`${site.base}/speakers`)).text())?.[1];
  const home = await (await fetch(`${site.address}/`)).text();
  const series = /href="(\/series\/[^"]+)"/.exec(home)?.[1];
  return [...own.map((below) => `/${site.event}${below}`), info, speaker, "/", series, "/sign-in", `/${site.event}/nothing-here`, "/s/not-a-token"].filter(Boolean);
}

test("axe finds nothing on any kind of public page, light and dark, and none is too wide", () =>
  with_page({ bypassCSP: true }, async (page) => {
    const problems = [];
    for (const address of await page_kinds()) problems.push(...(await faults_of(page, site.address + address)));
    assert.deepEqual(problems, []);
  }));

test("from right to left the layout is mirrored and nothing sticks out", () =>
  with_page({ viewport: { width: 360, height: 740 } }, async (page) => {
    for (const below of ["", "/list", "/schedule", "/now", talks_of(site)[0].path.replace(`/${site.event}`, "")]) {
      await page.goto(site.base + below);
      const edge = () => page.evaluate(() => {
        const place = document.querySelector(".masthead-title").getBoundingClientRect();
        return { start: Math.round(place.left), end: Math.round(document.documentElement.clientWidth - place.right) };
      });
      const left = await edge();
      await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
      const right = await edge();
      assert.equal(right.end, left.start, `the title stands at the other edge on ${below}`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, below);
    }
  }));

/** An event of its own with so many rooms in parallel, imported, public and released. */
async function event_with(rooms, language = "en") {
  const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const slug = `rooms-${rooms}-${language}`;
  const sessions = (room) =>
    Array.from({ length: 4 }, (_, i) => ({
      guid: `00000000-0000-4000-8000-${String(rooms * 10_000 + room * 10 + i).padStart(12, "0")}`, id: room * 10 + i + 1, date: `${day}T${String(9 + i).padStart(2, "0")}:30:00+02:00`, start: `${String(9 + i).padStart(2, "0")}:30`,
      duration: "00:45", room: `Room ${room + 1}`, slug: `s-${room}-${i}`, title: `A session about something longer than its cell, number ${room}.${i}`, subtitle: "", track: "Web", type: "talk", language,
      abstract: "What we learned.", description: "", persons: [{ id: room + 1, public_name: `Speaker ${room + 1}` }], links: [], attachments: [],
    }));
  const schedule = {
    schedule: {
      version: "1", base_url: site.address, conference: {
        acronym: slug, title: `Conference in ${rooms} rooms`, start: day, end: day, daysCount: 1, timeslot_duration: "00:05", time_zone_name: "Europe/Vienna",
        rooms: Array.from({ length: rooms }, (_, room) => ({ name: `Room ${room + 1}` })), tracks: [{ name: "Web", color: "#1f63c4" }],
        days: [{ index: 1, date: day, day_start: `${day}T08:00:00+02:00`, day_end: `${day}T20:00:00+02:00`, rooms: Object.fromEntries(Array.from({ length: rooms }, (_, room) => [`Room ${room + 1}`, sessions(room)])) }],
      },
    },
  };
  const file = path.join(site.data, `${slug}.json`);
  await writeFile(file, JSON.stringify(schedule));
  site.confer("import", "--event", slug, file);
  site.confer("release", "--event", slug, "1.0");
  await site.publish(slug);
  return { slug, day };
}

for (const rooms of [2, 15])
  test(`a grid of ${rooms} parallel rooms can be read: titles are not cut to nothing, the hours and the room's name stay in sight`, async () => {
    const { slug, day } = await event_with(rooms);
    await with_page({ viewport: { width: 1280, height: 800 } }, async (page) => {
      await page.goto(`${site.address}/${slug}/schedule/${day}`);
      const cells = await page.locator(".cell").evaluateAll((all) => all.map((cell) => ({ width: cell.getBoundingClientRect().width, cut: cell.scrollWidth > cell.clientWidth + 1 })));
      assert.equal(cells.length, rooms * 4);
      assert.ok(cells.every((cell) => cell.width >= 110), `cells are at least 110 px wide: ${Math.min(...cells.map((cell) => cell.width))}`);
      assert.equal(cells.filter((cell) => cell.cut).length, 0, "no cell is wider inside than outside");
      // The scroller moves, not the page; the hours stay.
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
      await page.locator(".grid-scroller").evaluate((scroller) => scroller.scrollTo({ left: scroller.scrollWidth }));
      const hour = await page.locator(".grid-hour > time").first().boundingBox(), scroller = await page.locator(".grid-scroller").boundingBox();
      assert.ok(hour.x >= scroller.x - 1 && hour.x < scroller.x + 80, `the hours stand at ${hour.x}`);
    });
  });

/** The pages of a PDF: their size in points and their words. */
async function paper(page, options) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "confer-paper-"));
  try {
    const file = path.join(folder, "page.pdf");
    await page.pdf({ path: file, preferCSSPageSize: true, ...options });
    const run = (program, ...args) => {
      const done = spawnSync(program, args, { encoding: "utf8" });
      if (done.status !== 0) throw new Error(`${program}: ${done.stderr}`);
      return done.stdout;
    };
    const facts = run("pdfinfo", file);
    const words = run("pdftotext", "-layout", file, "-").split("\f").slice(0, -1);
    const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(facts);
    // Chromium counts in whole pixels of 1/96 inch.
    return { width: Math.floor(Number(width)), height: Math.floor(Number(height)), words };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

for (const [format, width, height] of [["A4", 595, 842], ["Letter", 612, 792]])
  test(`the programme prints whole on ${format}, without navigation, and a door sheet takes a page a day`, () =>
    with_page({}, async (page) => {
      await page.goto(`${site.base}/print`);
      const programme = await paper(page, { format });
      assert.deepEqual([programme.width, programme.height], [width, height]);
      const squeezed = (text) => text.replace(/\s+/g, "");
      const all = squeezed(programme.words.join(" "));
      for (const session of talks_of(site)) assert.ok(all.includes(squeezed(session.title)), session.title);
      assert.ok(!all.includes("Allconferenceshere"), "no footer");
      const [room] = site.index.rooms[talks_of(site)[0].room];
      await page.goto(`${site.base}/print/doors/${room}`);
      const days = await page.locator(".door").count();
      const doors = await paper(page, { format });
      assert.equal(doors.words.length, days);
      assert.deepEqual([doors.width, doors.height], [width, height]);
    }));
