// What the service worker keeps, and which answer it gives: the parts that need no browser.

/** Grows with the shape of what is kept: another number, other caches, and the old ones go when the new worker takes over. */
export const schema = 1;
export const prefix = "confer-";
export const shell_cache = `${prefix}${schema}-shell`;
export const pages_cache = `${prefix}${schema}-pages`;
/** Pages of the archive that were looked at. */
export const visited_cache = `${prefix}visited-1`;

/** Addresses with their hashes, as offline.json has them. */
export interface OfflineList {
  event: string;
  language: string;
  revision: number;
  pages: [string, string][];
  details: [string, string][];
  assets: string[];
}
export type Hashes = Record<string, string>;

/** What must be fetched, pages before details, and what is no longer there. */
export function changes(have: Hashes, list: OfflineList): { fetch: [string, string][]; remove: string[] } {
  const wanted = [...list.pages, ...list.details];
  const names = new Set(wanted.map(([path]) => path));
  return { fetch: wanted.filter(([path, hash]) => have[path] !== hash), remove: Object.keys(have).filter((path) => !names.has(path)) };
}

/** "/e/talks/QX7T9M" and "/e/talks/QX7T9M-old-name" mean the page that is kept as "/e/talks/QX7T9M-new-name". */
export function kept_name(path: string, names: Iterable<string>): string | undefined {
  const code = /^(.*\/talks\/[^/-]+)/.exec(path)?.[1];
  for (const name of names) if (name === path || (code !== undefined && (name === code || name.startsWith(`${code}-`)))) return name;
  return undefined;
}

/** Streams, forms' answers and what says how things stand now go to the server alone. */
export const is_never_kept = (path: string): boolean => /\/(live|revision\.json|offline\.json)$/.test(path) || path === "/sw.js";

/** A page that somebody went to, the same for everybody (what is personal says "no-store"). Of those with a question only the archive's. */
export const is_visit = (mode: string, url: Address, answer: { ok: boolean; redirected: boolean; headers: { get(name: string): string | null } }): boolean =>
  mode === "navigate" && (url.search === "" || /^(\/[a-z]{2})?\/archive\//.test(url.pathname)) && answer.ok && !answer.redirected &&
  answer.headers.get("cache-control") === "no-cache" && (answer.headers.get("content-type") ?? "").startsWith("text/html");

export interface Address {
  pathname: string;
  search: string;
}
/** What a visited page is kept under. */
export const visited_name = (url: Address): string => url.pathname + url.search;
