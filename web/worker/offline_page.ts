// What stands there without a connection, when a page was not kept: what is on this device instead.
import { say, table } from "../shared/say";

export interface KeptEvent {
  /** "/pycon-2027" or "/de/pycon-2027". */
  base: string;
  /** As HTML, as it stood in that event's page. */
  title: string;
}

/** The event's name in its page's masthead, still escaped. */
export const title_in = (html: string): string => /class="masthead-title"[^>]*>([^<]*)</.exec(html)?.[1]?.trim() || "Confer";

const attribute = (text: string): string => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

/** In the language of the path: German below /de. `style` is the address of the stylesheet in the shell. */
export function offline_page(path: string, events: readonly KeptEvent[], style: string): string {
  const told = /^\/([a-z]{2})(\/|$)/.exec(path)?.[1] ?? "", language = told in table ? told : "en";
  const title = say(language, "Offline");
  const list = events.map(({ base, title }) => `<li><a href="${attribute(base)}">${title}</a></li>`).join("");
  return `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">` +
    `<title>${title}</title><link rel="stylesheet" href="${attribute(style)}"></head><body><main class="main" id="main"><h1>${title}</h1>` +
    `<p class="lead">${say(language, "This page is not on this device, and there is no connection.")}</p>` +
    (list ? `<h2>${say(language, "On this device")}</h2><ul class="rows">${list}</ul>` : "") +
    `<p><a class="button button-quiet" href="${attribute(path)}">${say(language, "Try again")}</a></p></main></body></html>`;
}
