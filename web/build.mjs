// Builds what browsers get: styles, islands, service worker, icons, fonts, files; content in the names, and manifest.json: name → file.
//
//   node build.mjs [--out DIR] [--no-types]
//
// styles/site.css → site.css, styles/organiser.css → organiser.css · the generated grid.css (schedule grid places) · islands/<slice>/<name>.ts → <name>.js ·
// worker/sw.ts → sw.js, which finds the other files' addresses in __ASSETS__ · icons/icons.txt → icons.svg · files/* as they are · licences.txt
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const web = path.dirname(fileURLToPath(import.meta.url));
const outAt = process.argv.indexOf("--out");
const out = path.resolve(outAt > 0 ? process.argv[outAt + 1] : path.join(web, "dist"));
const manifest = {};

function fail(sentence) {
  console.error(`web/build.mjs: ${sentence}`);
  process.exit(1);
}

const hashOf = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 10);

async function emit(name, bytes) {
  if (manifest[name]) fail(`two files want the name ${name}.`);
  const dot = name.lastIndexOf(".");
  const file = `${name.slice(0, dot)}-${hashOf(bytes)}${name.slice(dot)}`;
  await writeFile(path.join(out, file), bytes);
  manifest[name] = file;
}

/** Files of a folder below web/, with their paths; empty when there is no such folder. */
async function filesBelow(folder, wanted) {
  const found = [];
  const root = path.join(web, folder);
  if (!existsSync(root)) return found;
  for (const entry of await readdir(root, { withFileTypes: true })) {
    const below = path.join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await filesBelow(below, wanted)));
    else if (wanted(entry.name)) found.push(below);
  }
  return found.sort();
}

function checkTypes() {
  const tsc = path.join(web, "node_modules/typescript/bin/tsc");
  for (const project of ["tsconfig.json", "worker/tsconfig.json", "tsconfig.tests.json"]) {
    if (!existsSync(path.join(web, project))) continue;
    const done = spawnSync(process.execPath, [tsc, "--noEmit", "-p", project], { cwd: web, encoding: "utf8" });
    // TS18003: a project without a file yet has nothing wrong in it.
    if (done.status !== 0 && !done.stdout.includes("TS18003")) fail(`types (${project}):\n${done.stdout}${done.stderr}`);
  }
}

const shared = { bundle: true, minify: true, target: ["es2021", "chrome100", "firefox100", "safari15"], legalComments: "none", absWorkingDir: web, logLevel: "error" };

/** esbuild's own outputs: each entry gets the name it is asked for by, chunks and fonts keep the file's. */
async function bundle(options, nameOf) {
  const result = await esbuild.build({ ...shared, ...options, outdir: out, entryNames: "[name]-[hash]", chunkNames: "chunk-[hash]", assetNames: "[name]-[hash]", metafile: true });
  for (const [file, output] of Object.entries(result.metafile.outputs)) {
    const base = path.basename(file);
    const entry = output.entryPoint ?? (Object.keys(output.inputs).length === 1 ? Object.keys(output.inputs)[0] : undefined);
    const name = output.entryPoint ? nameOf(output.entryPoint) : base.endsWith(".woff2") ? path.basename(entry) : base;
    if (manifest[name] && manifest[name] !== base) fail(`two files want the name ${name}.`);
    manifest[name] = base;
  }
}

/** Where things stand in the schedule grid, as classes: the content security policy allows no inline styles. src/… writes the classes; README.md has them. */
function gridCss() {
  const rules = [];
  for (let n = 1; n <= 288; n++) rules.push(`.g-r${n}{grid-row-start:${n + 1}}`);
  for (let n = 1; n <= 288; n++) rules.push(`.g-s${n}{grid-row-end:span ${n}}`);
  for (let n = 1; n <= 60; n++) rules.push(`.g-c${n}{grid-column-start:${n + 1}}`);
  for (let n = 2; n <= 60; n++) rules.push(`.g-w${n}{grid-column-end:span ${n}}`);
  for (let n = 1; n <= 60; n++) rules.push(`.g-n${n}{--rooms:${n}}`);
  return rules.join("");
}

async function iconSprite() {
  const symbols = [];
  for (const line of (await readFile(path.join(web, "icons/icons.txt"), "utf8")).split("\n")) {
    const [name, source = name] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (!name) continue;
    const own = path.join(web, `icons/${source}.svg`);
    const file = existsSync(own) ? own : path.join(web, `node_modules/lucide-static/icons/${source}.svg`);
    if (!existsSync(file)) fail(`icons/icons.txt asks for ${source}, which lucide-static does not have.`);
    const svg = await readFile(file, "utf8");
    const inside = svg.replace(/<!--.*?-->/gs, "").replace(/^.*?<svg[^>]*>/s, "").replace(/<\/svg>.*$/s, "").replace(/\s+/g, " ").replace(/ ?\/> ?/g, "/>").trim();
    symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${inside}</symbol>`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

async function licences() {
  const parts = ["Licences of what is sent to browsers besides Confer's own files (AGPL-3.0-or-later).\n"];
  for (const [what, folder] of [["Font: Instrument Sans", "@fontsource-variable/instrument-sans"], ["Icons: Lucide", "lucide-static"], ["Streams in pieces: hls.js", "hls.js"]])
    parts.push(`== ${what}\n\n${await readFile(path.join(web, "node_modules", folder, "LICENSE"), "utf8")}`);
  return parts.join("\n");
}

if (!process.argv.includes("--no-types")) checkTypes();
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

await bundle({ entryPoints: ["styles/site.css", "styles/organiser.css"], loader: { ".woff2": "file" } }, (entry) => path.basename(entry));
await emit("grid.css", gridCss());
const islands = await filesBelow("islands", (name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !name.endsWith(".d.ts"));
const names = islands.map((file) => path.basename(file));
const twice = names.find((name, i) => names.indexOf(name) !== i);
if (twice) fail(`two islands are called ${twice}.`);
// What stands on other sites' pages is one file: an import would be asked of them.
const alone = islands.filter((file) => file.startsWith(path.join("islands", "embed")));
for (const [entryPoints, splitting] of [[islands.filter((file) => !alone.includes(file)), true], [alone, false]])
  if (entryPoints.length > 0) await bundle({ entryPoints, format: "esm", splitting }, (entry) => path.basename(entry).replace(/\.ts$/, ".js"));
await emit("icons.svg", await iconSprite());
await emit("licences.txt", await licences());
for (const file of await filesBelow("files", () => true)) await emit(path.basename(file), await readFile(path.join(web, file)));
if (existsSync(path.join(web, "worker/sw.ts"))) {
  const addresses = Object.fromEntries(Object.entries(manifest).map(([name, file]) => [name, `/assets/${file}`]));
  await bundle({ entryPoints: ["worker/sw.ts"], format: "iife", define: { __ASSETS__: JSON.stringify(addresses), __BUILD__: JSON.stringify(hashOf(JSON.stringify(addresses))) } }, () => "sw.js");
}
await writeFile(path.join(out, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
