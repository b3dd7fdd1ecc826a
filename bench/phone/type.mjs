// Types questions into the archive's search box as on a slow phone, and tells how long each key and each list of suggestions took: type.mjs ADDRESS.
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const { chromium } = createRequire(path.join(root, "web/package.json"))("playwright-core");
const address = process.argv[2];
const questions = ["python memory leaks", "speaker:guido history", "testing with pytest", "militarising your backyrad squirl", "async web sockets"];
const key_ms = 120;

for (const deadline = Date.now() + 60_000; !(await fetch(address).then((a) => a.ok, () => false)); )
  if (Date.now() > deadline) throw new Error(`${address} does not answer`);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await (await browser.newContext({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, serviceWorkers: "block" })).newPage();
const session = await page.context().newCDPSession(page);
await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
await page.goto(address, { waitUntil: "load" });
await page.evaluate(() => {
  const seen = (globalThis.seen = { keys: [], long: [], lists: [] });
  new PerformanceObserver((list) => list.getEntries().forEach((e) => e.name === "keydown" && seen.keys.push(e.duration))).observe({ type: "event", durationThreshold: 16, buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((e) => seen.long.push(e.duration))).observe({ type: "longtask", buffered: true });
  // From the last key until its suggestions stand there.
  let pressed = 0;
  document.querySelector("#q").addEventListener("input", () => (pressed = performance.now()));
  new MutationObserver(() => pressed && requestAnimationFrame(() => seen.lists.push(performance.now() - pressed))).observe(document.querySelector("#find-list"), { childList: true });
});
const box = page.locator("#q");
let typed = 0;
for (const question of questions) {
  await box.fill("");
  await box.pressSequentially(question, { delay: key_ms });
  typed += question.length;
  // What is measured is over long before: the next question is typed by somebody who has read the answer.
  await page.waitForTimeout(1000);
}
const seen = await page.evaluate(() => globalThis.seen);
await browser.close();
const at = (list, share) => Math.round(list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0);
// The browser tells only of keys that took 16 ms or more until the next picture.
console.log(`${typed} keys, one each ${key_ms} ms, CPU 4 times slower: ${seen.keys.length} took 16 ms or more until the next picture, at most ${at(seen.keys, 1)} ms; ` +
  `${seen.long.length} tasks over 50 ms, at most ${at(seen.long, 1)} ms; suggestions after the last key p50 ${at(seen.lists, 0.5)} ms, p95 ${at(seen.lists, 0.95)} ms (the box waits 140 ms of them)`);
