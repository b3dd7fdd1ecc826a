// Footage: an upload that goes on after the connection was cut, and the coverage picture in both themes and widths.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, utimes } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { browser, close_context, faults_of, lose_second_piece, site, talks_of } from "./support.mjs";

let signed_in, folder;

async function with_page(options, work) {
  if (!signed_in) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(site.sign_in_link());
    await page.locator("main form button").first().click();
    await page.waitForURL((url) => !url.pathname.includes("link"));
    signed_in = await context.storageState();
    await context.close();
  }
  const context = await browser.newContext({ storageState: signed_in, reducedMotion: "reduce", ...options });
  try {
    await work(await context.newPage(), context);
  } finally {
    await close_context(context);
  }
}
const home = () => `${site.address}/organise/${site.event}/footage`;
after(() => folder && rm(folder, { recursive: true }));

/** A recording of noise, so that it has some megabytes. */
async function recording(name, seconds, rate) {
  folder ??= await mkdtemp(path.join(os.tmpdir(), "confer-footage-"));
  const file = path.join(folder, name);
  const source = rate ? ["-f", "lavfi", "-i", `anoisesrc=r=48000:d=${seconds}`, "-c:a", "pcm_s16le"] : ["-f", "lavfi", "-i", `color=s=32x32:r=1:d=${seconds}`, "-c:v", "libx264", "-preset", "ultrafast"];
  const done = spawnSync("ffmpeg", ["-nostdin", "-v", "error", "-y", ...source, file], { encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
  const hour_ago = Date.now() / 1000 - 3600;
  await utimes(file, hour_ago, hour_ago);
  return file;
}

/** The day, time and room of the first talk. */
function first_slot() {
  const [session] = talks_of(site);
  return { date: session.day, time: session.local, room: site.index.rooms[session.room][0] };
}

test("a recording goes on where it stood when the connection comes back, and is looked into", () =>
  with_page({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }, async (page) => {
    await page.goto(home());
    await page.getByRole("link", { name: "New recorder" }).tap();
    await page.getByLabel("Name", { exact: true }).fill("Mixer");
    await page.getByRole("button", { name: "Save" }).tap();
    await page.waitForURL("**/recorders/*?done=added");
    const file = await recording("2027-05-04 10-00-00.wav", 30, 48000);
    const size = (await readFile(file)).length;
    assert.ok(size > 2 << 20);
    await page.getByLabel("File", { exact: true }).setInputFiles(file);
    const offsets = await lose_second_piece(page);
    await page.getByRole("button", { name: "Upload" }).tap();
    await page.getByText("The connection is gone. What was sent is kept").waitFor();
    await page.waitForURL("**/recorders/*?done=recording_uploaded");
    assert.deepEqual(offsets, [0, 1 << 20, 2 << 20]);
    const row = page.locator("main tbody tr").first();
    assert.match(await row.innerText(), /2027-05-04 10:00:00[\s\S]*its name[\s\S]*30 s[\s\S]*whole/);
    await page.getByLabel("File", { exact: true }).setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
    await page.getByRole("button", { name: "Upload" }).tap();
    await page.getByText("is no media file by its name").waitFor();
  }));

test("the coverage picture says gaps in words; axe finds nothing, and no page is wider than a phone", async () => {
  const { date, time, room } = first_slot();
  const name = `hall-${date}_${time.replace(":", "-")}-00.ts`;
  const file = await recording(name, 600);
  site.confer("recordings", "add", "--event", site.event, "--room", room, file);
  site.confer("recordings", "add", "--event", site.event, "--room", room, "--stream", "backup", await recording(`backup-${date}_${time.replace(":", "-")}-07.ts`, 900));
  await with_page({ bypassCSP: true }, async (page) => {
    const problems = [];
    await page.goto(home());
    await page.getByText(new RegExp(`missing from ${time.slice(0, 3)}`)).first().waitFor();
    const recorder = await page.locator("main td a, main th a").evaluateAll((links) => links.map((link) => link.href).find((href) => /recorders\/\d+$/.test(href)));
    for (const address of [home(), recorder]) problems.push(...(await faults_of(page, address)));
    assert.deepEqual(problems, []);
  });
});
