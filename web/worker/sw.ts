// Keeps the whole programme on the phone: after one visit every page, also a talk never opened, is there without a connection.
//
// Answers: files with a hash in the name from the copy; pages from the copy, renewed behind it (a reload asks the server first); all else from the server.
// A new worker waits until the pages of the old one are closed. No date is formatted here: the page knows the viewer's zone.
import { type KeptEvent, offline_page, title_in } from "./offline_page";
import { changes, type Hashes, is_never_kept, is_visit, kept_name, type OfflineList, pages_cache, prefix, shell_cache, visited_cache, visited_name } from "./rules";

declare const self: ServiceWorkerGlobalScope;
declare const __ASSETS__: Record<string, string>;
/** Another one for each build whose files differ. */
declare const __BUILD__: string;

/** How long a reload waits for the server before the copy is shown. */
const patience_ms = 4000;
const parallel = 4;
/** An event that was last kept longer ago does not hold files of an old build. */
const forgotten_after_ms = 60 * 86_400_000;

const current_files = new Set(Object.values(__ASSETS__));

interface Kept {
  revision: number;
  released_at: number;
  /** ms; when the copy was last known to be what the server has. */
  saved_at: number;
  /** Whose files the kept pages name, when all of them were fetched. */
  build: string;
  hashes: Hashes;
}

const state_address = (base: string): string => `/.confer-kept${base}`;

async function read_state(cache: Cache, base: string): Promise<Kept | undefined> {
  const found = await cache.match(state_address(base));
  return found ? ((await found.json()) as Kept) : undefined;
}

self.addEventListener("install", (event) => {
  const own = Object.entries(__ASSETS__).filter(([name]) => !/^(organiser\.css|embed\.js|watch_hls\.js|licences\.txt)$/.test(name)).map(([, address]) => address);
  event.waitUntil(caches.open(shell_cache).then((cache) => cache.addAll(own)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const own = new Set([shell_cache, pages_cache, visited_cache]);
    for (const name of await caches.keys()) if (name.startsWith(prefix) && !own.has(name)) await caches.delete(name);
    await self.clients.claim();
  })());
});

/** Files of earlier builds go when no kept page names them any more: a phone may be offline just when a new worker takes over. */
async function drop_old_files(cache: Cache): Promise<void> {
  for (const request of await cache.keys()) {
    if (!new URL(request.url).pathname.startsWith(state_address(""))) continue;
    const state = (await (await cache.match(request))?.json()) as Kept | undefined;
    if (state && state.build !== __BUILD__ && state.saved_at > Date.now() - forgotten_after_ms) return;
  }
  const shell = await caches.open(shell_cache);
  for (const request of await shell.keys()) if (!current_files.has(new URL(request.url).pathname)) await shell.delete(request);
}

const busy = new Map<string, Promise<Kept | undefined>>();

/** Brings the copy of an event's pages to what the server has. Stops without harm: what was fetched is kept and not fetched again. */
async function keep(base: string, event: string): Promise<Kept | undefined> {
  const cache = await caches.open(pages_cache);
  let state = await read_state(cache, base);
  const [told, listed] = await Promise.all([fetch(`/${event}/revision.json`, { cache: "no-store" }), fetch(`${base}/offline.json`, { cache: "no-cache" })]);
  if (!told.ok || !listed.ok) return state;
  const { revision, released_at } = (await told.json()) as { revision: number; released_at: number };
  const list = (await listed.json()) as OfflineList;
  // Before the pages: one that came without the files it names would be bare without a connection.
  const shell = await caches.open(shell_cache);
  let failed = false;
  for (const address of list.assets) if (!(await shell.match(address))) await shell.add(address).catch(() => (failed = true));
  if (failed) return state;
  const due = changes(state?.hashes ?? {}, list);
  const hashes: Hashes = { ...state?.hashes };
  const queue = [...due.fetch];
  const work = async () => {
    for (let next = queue.shift(); next && !failed; next = queue.shift()) {
      const answer = await fetch(next[0], { cache: "no-cache" }).catch(() => undefined);
      if (!answer) failed = true;
      // A page that the list names and the server refuses does not keep the others away.
      else if (answer.ok && !answer.redirected) {
        await cache.put(next[0], answer);
        hashes[next[0]] = next[1];
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  const search = await fetch(`${base}/search`).catch(() => undefined);
  if (search?.ok) await cache.put(`${base}/search`, search);
  if (!failed) for (const path of due.remove) {
    await cache.delete(path);
    delete hashes[path];
  }
  const whole = !failed;
  const build = list.assets.every((address) => current_files.has(address)) ? __BUILD__ : "other";
  state = whole ? { revision, released_at, saved_at: Date.now(), build, hashes } : { revision: 0, released_at: 0, saved_at: 0, build: "", ...state, hashes };
  await cache.put(state_address(base), new Response(JSON.stringify(state), { headers: { "content-type": "application/json" } }));
  if (whole) await drop_old_files(cache);
  return state;
}

function keep_once(base: string, event: string): Promise<Kept | undefined> {
  let running = busy.get(base);
  if (!running) busy.set(base, (running = keep(base, event).finally(() => busy.delete(base))));
  return running;
}

self.addEventListener("message", (event) => {
  const { type, base, event: slug } = event.data as { type?: string; base?: string; event?: string };
  const client = event.source;
  if (type === "visited" && client instanceof WindowClient) event.waitUntil(keep_first(new URL(client.url)).catch(() => undefined));
  if (!client || !base || !slug || !/^(\/[\w-]+){1,2}$/.test(base) || !/^[\w-]+$/.test(slug)) return;
  const answer = (state: Kept | undefined) => {
    if (state && state.saved_at > 0) client.postMessage({ type: "kept", revision: state.revision, released_at: state.released_at, saved_at: state.saved_at });
  };
  if (type === "keep") event.waitUntil(keep_once(base, slug).then(answer, () => undefined));
  if (type === "state") event.waitUntil(caches.open(pages_cache).then((cache) => read_state(cache, base)).then(answer));
});

async function asset(request: Request): Promise<Response> {
  const cache = await caches.open(shell_cache);
  const found = await cache.match(request, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

/** The page that is kept for an address: search ignores its words, a talk is found by its code. */
async function find_copy(url: URL): Promise<{ cache: Cache; path: string; copy: Response } | undefined> {
  const cache = await caches.open(pages_cache);
  const path = decodeURI(url.pathname);
  const names = (await cache.keys()).map((request) => decodeURI(new URL(request.url).pathname));
  const name = kept_name(path, names);
  const copy = name ? await cache.match(name, { ignoreVary: true, ignoreSearch: true }) : undefined;
  return name && copy ? { cache, path: name, copy } : undefined;
}

/** The events whose programme is on this device, with the names that their pages give them. */
async function kept_events(): Promise<KeptEvent[]> {
  const cache = await caches.open(pages_cache);
  const out: KeptEvent[] = [];
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname;
    if (!path.startsWith(state_address(""))) continue;
    const base = path.slice(state_address("").length);
    const home = await (await cache.match(base))?.text();
    if (home !== undefined) out.push({ base, title: title_in(home) });
  }
  return out;
}

/** What was looked at in the archive can be looked at again without a connection: the last hundred pages. */
const most_visited = 100;
async function keep_visited(url: URL, answer: Response): Promise<void> {
  const cache = await caches.open(visited_cache), name = visited_name(url);
  // The one put in last stands last.
  await cache.delete(name);
  await cache.put(name, answer);
  const all = await cache.keys();
  for (const old of all.slice(0, Math.max(0, all.length - most_visited))) await cache.delete(old);
}

/** The page that brought the worker was fetched before there was one. */
async function keep_first(url: URL): Promise<void> {
  if (url.origin !== self.location.origin || is_never_kept(url.pathname) || (await find_copy(url))) return;
  const answer = await fetch(url, { headers: { accept: "text/html" } });
  if (is_visit("navigate", url, answer)) await keep_visited(url, answer);
}

async function visited(event: FetchEvent, url: URL): Promise<Response> {
  const cache = await caches.open(visited_cache);
  try {
    const answer = await fetch(event.request);
    if (is_visit(event.request.mode, url, answer)) event.waitUntil(keep_visited(url, answer.clone()).catch(() => undefined));
    return answer;
  } catch (problem) {
    const copy = await cache.match(visited_name(url), { ignoreVary: true });
    if (copy) return copy;
    throw problem;
  }
}

async function page(event: FetchEvent, url: URL): Promise<Response> {
  const request = event.request;
  const kept = await find_copy(url);
  if (!kept) {
    if (request.mode !== "navigate") return fetch(request);
    return visited(event, url).catch(async () => new Response(offline_page(url.pathname, await kept_events(), __ASSETS__["site.css"] ?? ""), { status: 503, headers: { "content-type": "text/html; charset=utf-8" } }));
  }
  const is_search = kept.path.endsWith("/search");
  const fresh = fetch(request).then(async (answer) => {
    if (answer.ok && !answer.redirected && !url.search && url.pathname === kept.path) await kept.cache.put(kept.path, answer.clone());
    return answer;
  });
  // A reload is the person's wish for the present; a search's answer is the server's. Both fall back to the copy.
  if (is_search || request.cache === "reload" || request.cache === "no-cache") {
    const patience = new Promise<Response>((done) => setTimeout(() => done(kept.copy), patience_ms));
    event.waitUntil(fresh.catch(() => undefined));
    return Promise.race([fresh.catch(() => kept.copy), patience]);
  }
  event.waitUntil(fresh.catch(() => undefined));
  return kept.copy;
}

self.addEventListener("fetch", (event) => {
  const request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || is_never_kept(url.pathname)) return;
  // Players ask for the next piece themselves, and do not wait for a worker that is just keeping a programme.
  if (request.headers.has("range") || request.destination === "video" || request.destination === "audio") return;
  if (url.pathname.startsWith("/assets/")) return event.respondWith(asset(request));
  if (url.pathname.startsWith("/.confer-kept")) return;
  event.respondWith(page(event, url));
});
