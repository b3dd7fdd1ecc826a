// From a recording to a published video, with real playback: the team has it cut, a speaker finds it good in three taps on a phone, the talk's page plays it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, utimes } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { axe, browser, close_context, site, talks_of } from "./support.mjs";

/** ms; the work has the lowest priority on a machine that is busy with browsers. */
const at_length = 180_000;
let folder;
after(() => folder && rm(folder, { recursive: true }));

/** axe in both themes, and nothing wider than the screen. */
async function looks_good(page) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Made anew: one that is switched while it stands is drawn piece by piece.
    await page.reload();
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"], elementRef: false }));
    assert.deepEqual(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), true);
  }
}

/** Begins to play: whoever waits for that looks at its time, so that a player that stands still ends the test. */
const play = (player) => player.evaluate((media) => void ((media.muted = true), media.play()));

/** Sixteen seconds of moving pictures and sound, from the slot's beginning. */
async function recording(session) {
  folder = await mkdtemp(path.join(os.tmpdir(), "confer-cutting-"));
  const file = path.join(folder, `${session.day}_${session.local.replace(":", "-")}-00.mp4`);
  const done = spawnSync("ffmpeg", ["-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=192x108:r=25:d=16", "-f", "lavfi", "-i", "aevalsrc=0.3*sin(440*2*PI*t)|0.002*sin(220*2*PI*t):d=16",
    "-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-c:a", "aac", file], { encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
  const hour_ago = Date.now() / 1000 - 3600;
  await utimes(file, hour_ago, hour_ago);
  return file;
}

test("a talk is cut, found good by its speaker in three taps, and plays on its page", async () => {
  const session = talks_of(site).at(-1);
  const room = site.index.rooms[session.room][0];
  const file = await recording(session);
  site.confer("recordings", "add", "--event", site.event, "--room", room, "--recorder", "laptop", file);
  let link;
  await site.as_organiser(async (team) => {
    await team.goto(`${site.address}/organise/${site.event}/cuts/${session.id}`);
    await team.getByRole("button", { name: "Cut it" }).click();
    await team.getByRole("heading", { name: "Look at it" }).waitFor({ timeout: at_length });
    // Without a mouse: plays the end, moves it where the player stands, and stands on the verdict.
    await team.locator("confer-cut:defined").waitFor();
    await team.keyboard.press("w");
    await team.locator("#saw_end:checked").waitFor();
    const end = Number(await team.locator("#to_s").inputValue());
    await team.keyboard.press("j");
    await team.keyboard.press("o");
    assert.ok(Math.abs(end - 5 - Number(await team.locator("#to_s").inputValue())) < 0.5);
    assert.equal(await team.locator("#saw_end").isChecked(), false, "an end that was moved has not been seen");
    await team.keyboard.press("g");
    assert.equal(await team.evaluate(() => document.activeElement?.textContent?.trim()), "Good, publish it");
    await team.reload();
    await team.getByLabel("They are a speaker of this talk").check();
    await team.getByRole("button", { name: "Make a link" }).click();
    link = await team.getByLabel("Link", { exact: true }).inputValue();
  });
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(link);
  await looks_good(page);
  // The sound can be heard in each of its ways; what was chosen by itself is told.
  await page.getByText("The sound: the left channel").tap();
  assert.deepEqual(await page.locator(".cut-sample .choice").allInnerTexts(), ["both channels, as they are", "the left channel (chosen by itself)", "the right channel", "both, one turned round", "both, mixed into one"]);
  await play(page.locator(".cut-sample audio").nth(2));
  await page.waitForFunction(() => document.querySelectorAll(".cut-sample audio")[2].currentTime > 0.2);
  assert.ok((await page.locator(".cut-thumb").count()) >= 2);
  await page.locator(".cut-thumb").last().tap();
  assert.ok((await page.locator("confer-cut video").evaluate((player) => player.currentTime)) > 5);
  const begins = await page.getByLabel("Seconds into the player").first().inputValue();
  // An end that was moved has not been seen.
  await page.getByRole("button", { name: "Play the beginning" }).tap();
  await page.locator("#saw_beginning:checked").waitFor();
  await page.getByRole("group", { name: "Move the beginning" }).getByRole("button", { name: "+1 frame" }).tap();
  assert.equal(await page.getByLabel("Seconds into the player").first().inputValue(), (Number(begins) + 0.04).toFixed(3));
  assert.equal(await page.locator("#saw_beginning").isChecked(), false);
  // Three taps.
  await page.reload();
  await page.getByRole("button", { name: "Play the beginning" }).tap();
  await page.locator("#saw_beginning:checked").waitFor();
  await page.getByRole("button", { name: "Play the end" }).tap();
  await page.locator("#saw_end:checked").waitFor();
  await page.getByRole("button", { name: "Good, publish it" }).tap();
  await page.getByText("Nothing is left to do").waitFor({ timeout: at_length });
  // Chapters in the speaker's words; what cannot be read is said at its field and stays there.
  await page.getByText("Chapters", { exact: true }).tap();
  const chapters = page.getByLabel("Where viewers may want to begin");
  await chapters.fill("0:00 Opening\nQuestions");
  await page.getByRole("button", { name: "Save the chapters" }).tap();
  await page.getByText("“Questions” is not written as: 2:05 Title").first().waitFor();
  await chapters.fill("0:00 Opening\n0:08 Questions");
  await page.getByRole("button", { name: "Save the chapters" }).tap();
  await page.getByText("Chapters", { exact: true }).tap();
  assert.equal(await chapters.inputValue(), "0:00 Opening\n0:08 Questions\n");
  await page.getByRole("link", { name: "To the talk’s page" }).tap();
  const video = page.locator("video"), list = page.getByRole("navigation", { name: "Chapters" });
  await video.waitFor();
  // The page is drawn anew a moment after they were saved.
  for (const deadline = Date.now() + at_length; (await list.count()) === 0 && Date.now() < deadline; await page.reload()) await page.waitForTimeout(200);
  // Before its script, a chapter's link would lead to the file.
  await page.locator("confer-player:defined").waitFor();
  await play(video);
  await page.waitForFunction(() => (document.querySelector("video")?.currentTime ?? 0) > 0.5);
  assert.equal(Math.round(await video.evaluate((player) => player.duration)), 16);
  // Each chapter leads the player there, and is marked while it is shown; without a script its link is to the file at that moment.
  await list.waitFor();
  assert.deepEqual((await list.getByRole("link").allInnerTexts()).map((text) => text.replace(/\s+/g, " ")), ["0:00 Opening", "0:08 Questions"]);
  assert.match(await list.getByRole("link", { name: "Questions" }).getAttribute("href"), /\/videos\/\d+#t=8$/);
  await list.getByRole("link", { name: "Questions" }).tap();
  await page.waitForFunction(() => document.querySelector("video").currentTime >= 8);
  await page.locator(".chapters a[aria-current]").getByText("Questions").waitFor();
  assert.deepEqual(await video.evaluate((player) => Array.from(player.textTracks, (track) => track.kind)), ["chapters"]);
  await looks_good(page);
  await close_context(context);
});
