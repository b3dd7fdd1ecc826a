// Opens a page as a slow phone does, each time with an empty cache, and tells when it could be seen: view.mjs ADDRESS RUNS.
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const { chromium } = createRequire(path.join(root, "web/package.json"))("playwright-core");
const [address, runs] = [process.argv[2], Number(process.argv[3])];
const kbit = 1000 / 8;
const network = { offline: false, latency: 400, downloadThroughput: 400 * kbit, uploadThroughput: 400 * kbit };

for (const deadline = Date.now() + 60_000; !(await fetch(address).then((a) => a.ok, () => false)); )
  if (Date.now() > deadline) throw new Error(`${address} does not answer`);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const seen = [];
for (let i = 0; i < runs; i++) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, serviceWorkers: "block" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", network);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(address, { waitUntil: "load", timeout: 120_000 });
  seen.push(
    await page.evaluate(async () => {
      const largest = await new Promise((found) => {
        new PerformanceObserver((list) => found(list.getEntries().at(-1).startTime)).observe({ type: "largest-contentful-paint", buffered: true });
      });
      const first = performance.getEntriesByName("first-contentful-paint")[0].startTime;
      const [navigation] = performance.getEntriesByType("navigation");
      const bytes = performance.getEntriesByType("resource").reduce((sum, r) => sum + r.transferSize, navigation.transferSize);
      return { first, largest, dom: navigation.domContentLoadedEventEnd, load: navigation.loadEventEnd, bytes };
    }),
  );
  await context.close();
}
await browser.close();
const median = (name) => seen.map((s) => s[name]).sort((a, b) => a - b)[Math.floor(seen.length / 2)];
const seconds = (name) => (median(name) / 1000).toFixed(2);
console.log(`first paint of content ${seconds("first")} s, largest ${seconds("largest")} s, document ready ${seconds("dom")} s, everything loaded ${seconds("load")} s, ` +
  `${Math.round(median("bytes") / 1000)} KB (median of ${runs}; 400 kbit/s, 400 ms, CPU 4 times slower)`);
