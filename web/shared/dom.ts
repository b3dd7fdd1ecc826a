// Small steps on the page: elements, icons from the sprite that the page already uses, what the page says of itself.

type Child = Node | string | undefined | false;

/** An element with attributes and children; false and undefined children are left out. */
export function el<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return made;
}

/** The sprite's name has a hash in it: it is taken from an icon that the server drew, and there is no icon on a page without any. */
export function icon(name: string): Node {
  const href = document.querySelector("svg.icon use")?.getAttribute("href")?.split("#")[0];
  if (!href) return document.createTextNode(name === "star" ? "★" : "");
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg"), use = document.createElementNS(space, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  use.setAttribute("href", `${href}#${name}`);
  svg.append(use);
  return svg;
}

/** The event's slug, "" on a page of no event. */
export const event_of_page = (): string => document.body.dataset["event"] ?? "";
/** Whether sessions have stars: an organiser may have switched them off, and then the page has no script for them. */
export const has_stars = (): boolean => document.querySelector('script[src^="/assets/stars-"]') !== null;
/** What the server says of a page's words: another state, other words. "" on a page of no event. */
export const state_of_page = (): string => document.body.dataset["state"] ?? "";
/** The same, of a page that was fetched. */
export const state_in = (html: string): string => /<body[^>]*\sdata-state="([^"]*)"/.exec(html)?.[1] ?? "";
/** "/pycon-2027" or "/de/pycon-2027": the event's pages in the page's language, as the manifest's place tells. */
export function base_of_page(): string {
  const manifest = document.querySelector('link[rel="manifest"]')?.getAttribute("href");
  return manifest ? manifest.replace(/\/manifest\.webmanifest$/, "") : `/${event_of_page()}`;
}

/** Reads a setting that may be missing or refused (private windows). */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Without storage the page works for as long as it is open.
  }
}
