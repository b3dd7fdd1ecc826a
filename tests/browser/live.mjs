// Changes while people look: a release, a banner, and a new build of the program.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { createServer, request as ask } from "node:http";
import path from "node:path";
import { test } from "node:test";
import { browser, close_context, errors_of, site, talks_of } from "./support.mjs";

const star = (page, session) => page.locator(`confer-star[data-talk="${session.talk}"] button`).first();

test("an open page is told of a release, and of starred sessions that moved or are cancelled; a page that says the same as before is left alone", async () => {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage(), bystander = await context.newPage();
  const schedule = JSON.parse(site.confer("export", "--event", site.event, "--format", "schedule.json"));
  const entries = schedule.schedule.conference.days.flatMap((day) => Object.values(day.rooms)).flat();
  const own = new Map(talks_of(site).map((session) => [session.title, session]));
  // The last of the last day has nothing after it to clash with.
  const moved = entries.filter((entry) => own.has(entry.title)).sort((a, b) => own.get(a.title).start - own.get(b.title).start).at(-1);
  const session = own.get(moved.title);
  await bystander.goto(`${site.base}/exports`);
  await page.goto(`${site.base}/list`);
  await star(page, session).click();
  await page.locator("#age", { hasText: "live" }).waitFor();
  const shift = (clock) => `${clock.slice(0, 3)}${String((Number(clock.slice(3, 5)) + 5) % 60).padStart(2, "0")}`;
  moved.date = moved.date.replace(/T(\d\d:\d\d)/, (_, clock) => `T${shift(clock)}`);
  moved.start = shift(moved.start);
  const file = path.join(site.data, "changed.json");
  await writeFile(file, JSON.stringify(schedule));
  site.confer("import", "--event", site.event, file);
  site.confer("release", "--event", site.event, "99.1");
  await page.locator("#notices .notice").waitFor();
  assert.ok((await page.locator("#notices").innerText()).includes("The schedule has changed."));
  await page.locator("#notices li", { hasText: `${session.title}: now` }).waitFor();
  assert.match(await page.locator("#age").innerText(), new RegExp(`^Revision ${site.index.revision + 1}, \\d+ s ago · live$`));
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.waitForFunction(([id, clock]) => document.querySelector(`.session[data-slot="${id}"] time`)?.textContent?.startsWith(clock), [session.id, moved.start]);
  // The page of files says the same in both releases.
  assert.equal(await bystander.locator("#notices .notice").count(), 0);
  await context.close();
});

test("a phone that slept while a starred session moved is told when it is opened again, until the person has read it", async () => {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  const schedule = JSON.parse(site.confer("export", "--event", site.event, "--format", "schedule.json"));
  const entries = schedule.schedule.conference.days.flatMap((day) => Object.values(day.rooms)).flat();
  const own = new Map(talks_of(site).map((session) => [session.title, session]));
  const moved = entries.filter((entry) => own.has(entry.title)).sort((a, b) => own.get(a.title).start - own.get(b.title).start).at(-1);
  const session = own.get(moved.title);
  await page.goto(`${site.base}/list`);
  await star(page, session).click();
  // Looked at with the star on: from here on the phone knows where the session is.
  await page.reload();
  await page.waitForFunction((event) => localStorage.getItem(`confer.seen.${event}`), site.event);
  const where = () => page.evaluate(([event, id]) => JSON.parse(localStorage.getItem(`confer.seen.${event}`)).slots[id].start, [site.event, session.id]);
  const before = await where();
  await page.goto("about:blank");
  const shift = (clock) => `${clock.slice(0, 3)}${String((Number(clock.slice(3, 5)) + 5) % 60).padStart(2, "0")}`;
  moved.date = moved.date.replace(/T(\d\d:\d\d)/, (_, clock) => `T${shift(clock)}`);
  moved.start = shift(moved.start);
  const file = path.join(site.data, "moved-again.json");
  await writeFile(file, JSON.stringify(schedule));
  const revision = async () => (await (await fetch(`${site.base}/revision.json`)).json()).revision;
  const known = await revision();
  site.confer("import", "--event", site.event, file);
  site.confer("release", "--event", site.event, "99.2");
  for (const deadline = Date.now() + 60_000; (await revision()) === known; ) assert.ok(Date.now() < deadline, "the release is out");
  await page.goto(`${site.base}/speakers`);
  await page.locator("#notices li", { hasText: `${session.title}: now` }).waitFor();
  // Another page says it, too; read is read.
  // A page looks when it opens, and when its stream does: what the slower look finds after the click is not told again.
  await page.goto("about:blank");
  let asked = 0, let_go;
  const clicked = new Promise((done) => (let_go = done));
  await page.route("**/index.json", async (route) => {
    if (++asked > 1) await clicked;
    await route.continue();
  });
  // The page itself is found to be behind meanwhile: what concerns the person stays, and can still be read.
  let checks = 0;
  await page.route("**/revision.json", async (route) => {
    const response = await route.fetch();
    const told = await response.json();
    await route.fulfill({ response, json: { ...told, pages: `${told.pages}-${++checks}` } });
  });
  await page.route(`${site.base}/list`, (route) =>
    route.request().resourceType() === "fetch" ? route.fulfill({ contentType: "text/html", body: '<body data-state="another">' }) : route.continue());
  await page.goto(`${site.base}/list`);
  await page.locator("#notices", { hasText: "The schedule has changed." }).locator("li", { hasText: `${session.title}: now` }).waitFor();
  for (const deadline = Date.now() + 30_000; asked < 2; await new Promise((done) => setTimeout(done, 50))) assert.ok(Date.now() < deadline, "the page looks twice");
  await page.getByRole("button", { name: "Got it" }).click();
  // Kept with the click: the person may be gone before any answer comes.
  assert.notEqual(await where(), before);
  const answered = page.waitForResponse("**/index.json");
  let_go();
  await answered;
  assert.equal(await page.locator("#notices li").count(), 0);
  assert.equal(await page.getByText("The schedule has changed.").count(), 1);
  await page.goto(`${site.base}/speakers`);
  await page.locator("#age").waitFor();
  assert.equal(await page.locator("#notices li").count(), 0);
  await close_context(context);
});

test("a banner reaches an open page, and goes", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${site.base}/list`);
  await page.locator("#age", { hasText: "live" }).waitFor();
  await site.as_organiser(async (organiser) => {
    const put = async (text) => {
      await organiser.goto(`${site.address}/organise/${site.event}/banner`);
      for (const field of await organiser.locator('main [name^="banner"]:not([type="hidden"])').all()) await field.fill(text);
      await organiser.getByRole("button", { name: "Show it" }).click();
    };
    await put("Lunch is in the garden.");
    await page.locator(".banner", { hasText: "Lunch is in the garden." }).waitFor();
    await put("");
    await page.locator(".banner").waitFor({ state: "detached" });
  });
  await context.close();
});

/** The site behind a proxy that can pretend to be the next build: another style sheet under another name, and the old one gone. */
async function in_two_builds() {
  let next = false;
  const css = /site-[A-Z0-9a-z]+\.css/g, new_css = "site-NEXTBUILD.css";
  let old_css = "";
  const server = createServer((incoming, answer) => {
    const headers = { ...incoming.headers, host: `localhost:${site.port}`, "accept-encoding": "identity" };
    delete headers["if-none-match"];
    let address = incoming.url;
    if (next && old_css && address.endsWith(old_css)) {
      answer.writeHead(404).end();
      return;
    }
    if (address.endsWith(new_css)) address = address.replace(new_css, old_css);
    const upstream = ask({ port: site.port, host: "127.0.0.1", path: address, method: incoming.method, headers }, (from) => {
      const stream = from.headers["content-type"]?.includes("event-stream");
      const kind = from.headers["content-type"] ?? "";
      if (stream || !/html|javascript|json|css/.test(kind)) {
        answer.writeHead(from.statusCode, from.headers);
        from.pipe(answer);
        return;
      }
      const parts = [];
      from.on("data", (part) => parts.push(part));
      from.on("end", () => {
        let text = Buffer.concat(parts).toString();
        old_css ||= css.exec(text)?.[0] ?? "";
        if (next) {
          text = text.replaceAll(css, new_css);
          // Other words in every page, so other hashes in the list of what to keep.
          if (address.endsWith("/offline.json")) text = text.replace(/(\["[^"]+","[^"]{4})[^"]*"/g, '$1-next"');
          if (incoming.url.endsWith(new_css)) text += "\n:root{--next-build:1}";
        }
        const out = { ...from.headers };
        for (const name of ["content-length", "etag", "last-modified", "content-encoding"]) delete out[name];
        answer.writeHead(from.statusCode, out).end(text);
      });
    });
    upstream.on("error", () => answer.destroy());
    incoming.pipe(upstream);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { address: `http://localhost:${server.address().port}`, next: () => (next = true), end: () => new Promise((done) => (server.closeAllConnections?.(), server.close(done))) };
}

test("a new build takes over without a bare page and without losing stars, also when the phone is offline just then", async () => {
  const builds = await in_two_builds();
  const context = await browser.newContext();
  try {
    const [one] = talks_of(site), other = talks_of(site).at(-1);
    const open = async () => {
      const page = await context.newPage();
      page.problems = errors_of(page);
      return page;
    };
    const styled = (page) => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--accent").trim() !== "");
    const is_next = (page) => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--next-build").trim() === "1");
    let page = await open();
    await page.goto(`${builds.address}/${site.event}/list`);
    await page.locator("html[data-kept]").waitFor({ state: "attached", timeout: 120_000 });
    await star(page, one).click();
    builds.next();
    // The browser looks for a new worker; it is installed beside the old one, which goes on as long as its pages are open.
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration.update();
      const worker = registration.installing ?? registration.waiting;
      if (!worker) throw new Error("no new worker");
      if (worker.state === "installing") await new Promise((done) => worker.addEventListener("statechange", done, { once: true }));
      if (worker.state !== "installed") throw new Error(worker.state);
    });
    await page.goto(`${builds.address}${other.path}`);
    assert.ok(await styled(page), "with the old worker");
    await page.close();
    // The first page after that is opened without a connection: the new worker has taken over, and the copies are still those of the old build.
    await context.setOffline(true);
    page = await open();
    await page.goto(`${builds.address}${other.path}`);
    assert.equal((await page.locator("h1").innerText()).trim(), other.title);
    assert.ok(await styled(page), "offline after the change");
    await page.goto(`${builds.address}/${site.event}/list`);
    assert.ok(await styled(page), "offline after the change, the list");
    await star(page, one).waitFor();
    assert.equal(await star(page, one).getAttribute("aria-pressed"), "true");
    await context.setOffline(false);
    await page.goto(`${builds.address}/${site.event}/list`);
    await page.locator("html[data-kept]").waitFor({ state: "attached", timeout: 120_000 });
    await page.goto(`${builds.address}${one.path}`);
    await page.reload();
    assert.ok(await is_next(page), "online, with the new build");
    await context.setOffline(true);
    await page.goto(`${builds.address}${other.path}`);
    assert.ok((await styled(page)) && (await is_next(page)), "offline, with the new build");
  } finally {
    await context.close();
    await builds.end();
  }
});
