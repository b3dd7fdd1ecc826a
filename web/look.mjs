// Draws styles/examples/*.html in both themes and two widths, and runs axe on each: `npm run look [-- --only talk] [--out DIR]`.
import { readFile, readdir, mkdir } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const web = path.dirname(fileURLToPath(import.meta.url));
const argument = (name, otherwise) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise);
const out = path.resolve(argument("--out", path.join(web, "dist-look")));
const only = argument("--only", "");
const axe = await readFile(path.join(web, "node_modules/axe-core/axe.min.js"), "utf8");
const manifest = JSON.parse(await readFile(path.join(web, "dist/manifest.json"), "utf8"));
const types = { ".css": "text/css", ".html": "text/html; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".js": "text/javascript" };

// Examples name assets as "/assets/site.css"; the hash is found here.
const server = createServer(async (request, response) => {
  try {
    const name = path.basename(request.url.split("?")[0]);
    const file = request.url.startsWith("/assets/") ? path.join(web, "dist", manifest[name] ?? name) : path.join(web, "styles/examples", name);
    const bytes = await readFile(file);
    response.writeHead(200, { "content-type": types[path.extname(file)] ?? "text/plain" }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const address = `http://127.0.0.1:${server.address().port}`;
await mkdir(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let problems = 0;
const pages = (await readdir(path.join(web, "styles/examples"))).filter((name) => name.endsWith(".html") && name.includes(only)).sort();
for (const name of pages) {
  for (const theme of ["light", "dark"]) {
    for (const width of [360, 1280]) {
      const context = await browser.newContext({ viewport: { width, height: width === 360 ? 740 : 860 }, colorScheme: theme, reducedMotion: "reduce" });
      const page = await context.newPage();
      await page.goto(`${address}/${name}`);
      await page.evaluate(() => document.fonts.ready);
      const where = `${name} ${theme} ${width}`;
      await page.screenshot({ path: path.join(out, `${name.replace(".html", "")}-${theme}-${width}.png`), fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) {
        console.log(`${where}: ${wide} px wider than the window`);
        problems++;
      }
      await page.evaluate(axe);
      const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      for (const violation of found.violations) {
        problems++;
        console.log(`${where}: ${violation.id}: ${violation.help}`);
        for (const node of violation.nodes.slice(0, 3)) console.log(`    ${node.html.slice(0, 140)}\n    ${node.failureSummary.split("\n").slice(1, 2).join(" ").trim()}`);
      }
      await context.close();
    }
  }
  if (process.argv.includes("--print")) {
    const page = await browser.newPage();
    await page.goto(`${address}/${name}`);
    await page.pdf({ path: path.join(out, `${name.replace(".html", "")}.pdf`), format: "A4", preferCSSPageSize: false });
    await page.close();
  }
}
await browser.close();
server.close();
console.log(`${pages.length} examples × 2 themes × 2 widths: ${problems} problems`);
process.exit(problems ? 1 : 0);
