// What browser tests stand on: the program with its demonstration on a free port, and a browser.
import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const require = createRequire(path.join(root, "web/package.json"));
const { chromium } = require("playwright-core");
const program = process.env.CONFER ?? path.join(root, "build/dev/confer");

function confer(...args) {
  const done = spawnSync(program, args, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`confer ${args.join(" ")} ended with ${done.status}:\n${done.stdout}${done.stderr}`);
  return done.stdout;
}

/** Below the ports that the system hands out, and by this process's number: test programs side by side are not given the same one. */
let asked = 0;
const free_port = () =>
  new Promise((found, refused) => {
    const port = 20_000 + ((process.pid * 8 + asked++) % 12_000);
    const probe = createServer().on("error", (error) => (error.code === "EADDRINUSE" && asked < 1000 ? found(free_port()) : refused(error)));
    probe.listen(port, "127.0.0.1", () => probe.close(() => found(port)));
  });

/** One for all tests of a run: drawing the demonstration's pages is most of the time. Set by open_all. */
export let site, browser;
export async function open_all() {
  site = await start_site();
  browser = await launch();
}
export async function close_all() {
  await browser?.close();
  await site?.end();
}

/** A loaded, serving installation in a folder of its own. */
async function start_site() {
  const data = await mkdtemp(path.join(os.tmpdir(), "confer-browser-"));
  confer("demo", "--data", data);
  // A test publishes a schedule on this machine, and the program is to follow it.
  await writeFile(path.join(data, "confer.toml"), "[outbound]\nprivate_networks = true\n");
  const port = await free_port();
  const made = { port, data, address: `http://localhost:${port}`, event: "", server: undefined };
  made.start = async () => {
    made.server = spawn(program, ["serve", "--data", data, "--port", String(port), "--base-url", made.address], { stdio: ["ignore", "pipe", "pipe"] });
    let words = "";
    for (const stream of [made.server.stdout, made.server.stderr]) stream.on("data", (bytes) => (words = (words + bytes).slice(-4000)));
    const ended = new Promise((end) => made.server.once("exit", end));
    made.stop = async () => {
      made.server.kill("SIGTERM");
      await ended;
    };
    for (const deadline = Date.now() + 400_000; ; ) {
      if (made.server.exitCode !== null) throw new Error(`confer serve ended with ${made.server.exitCode}:\n${words}`);
      if (await fetch(`http://127.0.0.1:${port}/healthz`).then((answer) => answer.ok, () => false)) break;
      if (Date.now() > deadline) throw new Error(`confer serve does not answer:\n${words}`);
      // Not a wait for a state of ours: the next question, when the program is not up yet.
      await new Promise((next) => setTimeout(next, 100));
    }
  };
  made.end = async () => {
    await made.stop();
    await rm(data, { recursive: true, force: true });
  };
  /** Signed in as the demonstration's organiser: by link once, then with the session that it gave. */
  let session;
  made.as_organiser = (work) =>
    with_page(session ? { storageState: session } : {}, async (page, context) => {
      if (!session) {
        const link = /https?:\S+/.exec(confer("user", "link", "--data", data, "--base-url", made.address, "organiser@example.org"))?.[0];
        await page.goto(link);
        await page.locator("main form button").first().click();
        await page.waitForURL((address) => !address.pathname.includes("/sign-in"));
        session = await context.storageState();
      }
      await work(page);
    });
  /** Makes an imported event public, and waits until its pages are there. */
  made.publish = async (slug) => {
    await made.as_organiser(async (page) => {
      await page.goto(`${made.address}/organise/${slug}/settings`);
      await page.locator('[name="is_public"]').check();
      await page.getByRole("button", { name: "Save", exact: true }).click();
      for (;;) {
        const answer = await page.goto(`${made.address}/${slug}/schedule`);
        if (answer.ok()) break;
      }
    });
  };
  made.confer = (...args) => confer(...args, "--data", data);
  /** A link that signs the organiser of all demonstration events in, once. */
  made.sign_in_link = () => /http\S+/.exec(confer("user", "link", "--data", data, "--base-url", made.address, "organiser@example.org"))[0];
  await made.start();
  // This year's edition is the one that runs on the day of loading.
  const home = await (await fetch(`http://127.0.0.1:${port}/`)).text();
  const slugs = [...home.matchAll(/href="\/(murmelconf-\d+)"/g)].map((match) => match[1]).sort();
  made.event = slugs.at(-1);
  if (!made.event) throw new Error("The home page names no edition of MurmelConf.");
  made.base = `${made.address}/${made.event}`;
  made.index = await (await fetch(`http://127.0.0.1:${port}/${made.event}/index.json`)).json();
  return made;
}

export const launch = (...args) =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...args],
  });

/** An answer that a route still waits for when its page closes would be an error after the test, which fails the whole file: it is let go first. */
export async function close_context(context) {
  for (const page of context.pages()) await page.unrouteAll({ behavior: "ignoreErrors" });
  await context.close();
}

/** A page in a context of its own, closed afterwards. */
export async function with_page(options, work) {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    await work(page, context);
  } finally {
    await close_context(context);
  }
}

/** Sessions of index.json that have a talk of this event's own, as objects. */
export function talks_of(site) {
  const s = site.index.slots;
  return s.id
    .map((id, i) => ({
      id, talk: s.talk[i], title: s.title[i], start: s.start[i], end: s.end[i], local: s.local[i], day: site.index.days[s.day[i]], room: s.room[i], state: s.state[i],
      base: site.index.bases[s.base[i]], path: `${site.index.bases[s.base[i]]}/talks/${s.talk[i]}${s.slug[i] ? `-${s.slug[i]}` : ""}`,
    }))
    .filter((session) => session.talk && session.base === `/${site.event}`);
}

export const axe = await readFile(path.join(root, "web/node_modules/axe-core/axe.min.js"), "utf8");

/** The first rows, sessions and options stand for hundreds that are made alike. */
const shorten = (page) =>
  page.evaluate(() => {
    for (const list of document.querySelectorAll("main :is(tbody, select, optgroup, ul, ol)")) for (const more of [...list.children].slice(6)) more.remove();
  });

const every_rule = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What a theme can spoil; all else is the same document in both. */
const rules_of_themes = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

async function axe_finds(page, runOnly) {
  const options = { runOnly, resultTypes: ["violations"], elementRef: false, preload: runOnly !== rules_of_themes };
  const found = await page.evaluate((how) => globalThis.axe.run(document, how), options);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 2).map((node) => node.html.slice(0, 160)).join(" ")}`);
}

/** Sets each width in turn, and says by how much the page is wider. */
export async function too_wide(page, address) {
  const faults = [];
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) faults.push(`${address}, ${width} px: ${wide} px too wide`);
  }
  return faults;
}

/** What is wrong with how a page looks, by axe and by a ruler: on a phone and on a desk, light and dark. `open` makes the page; its context bypasses the CSP. */
export async function faults_of(page, address, open = () => page.goto(address)) {
  const faults = [];
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await open();
  faults.push(...(await too_wide(page, address)));
  await shorten(page);
  // Colours that are just being changed are of neither theme.
  await page.addStyleTag({ content: "*, ::before, ::after { transition: none !important }" });
  await page.evaluate(axe);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      for (const fault of await axe_finds(page, (width === 360) === (colorScheme === "light") ? every_rule : rules_of_themes)) faults.push(`${address}, ${width} px, ${colorScheme}: ${fault}`);
    }
  }
  return faults;
}

/** Console errors and failed scripts of a page, as they come. */
export function errors_of(page) {
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  return errors;
}

/** Of an upload in pieces, the second piece's first two tries are lost. The offsets of those that come through, as they come. */
export async function lose_second_piece(page) {
  const offsets = [];
  let lost = 2;
  await page.route("**/pieces/*", async (route) => {
    const request = route.request();
    if (request.method() === "PATCH") {
      const offset = Number(request.headers()["upload-offset"]);
      if (offset > 0 && lost-- > 0) return route.abort("connectionreset");
      offsets.push(offset);
    }
    return route.continue();
  });
  return offsets;
}
