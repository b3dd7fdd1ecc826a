// The line that says how old the page's programme is, and the notices that something changed. One of each on a page.
import { now } from "./clock";
import { el, icon } from "./dom";
import { span, t } from "./text";

export interface Known {
  /** Of the programme that the server has, or had when last asked; 0: not known. */
  revision: number;
  /** ms; when that revision was released. */
  released_at: number;
  /** ms, by the server's clock; when it was last heard of. */
  checked_at: number;
  connection: "live" | "polled" | "offline";
}

const known: Known = { revision: 0, released_at: 0, checked_at: 0, connection: "polled" };
let line: HTMLElement | undefined;

/** "Revision 7, 40 s ago · live"; offline "Offline, as of 14:02". */
export function status_text(language: string, state: Known, time: number, say: typeof t = t): string {
  if (state.connection === "offline") {
    if (!state.checked_at) return say("Offline");
    const far = Math.abs(time - state.checked_at) > 20 * 3_600_000;
    const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(far ? { day: "numeric", month: "short" } : {}) });
    return say("Offline, as of {0}", clock.format(state.checked_at));
  }
  if (!state.revision) return "";
  const age = say("Revision {0}, {1} ago", state.revision, span(language, time - state.released_at));
  if (state.connection === "live") return `${age} · ${say("live")}`;
  return state.checked_at && time - state.checked_at > 5000 ? `${age} · ${say("checked {0} ago", span(language, time - state.checked_at))}` : age;
}

function draw(): void {
  const text = status_text(document.documentElement.lang, known, now());
  if (!line) {
    if (!text) return;
    line = el("p", { class: "age", id: "age" });
    const tools = document.querySelector("main .schedule-tools");
    if (tools) tools.append(line);
    else document.querySelector(".footer-in")?.prepend(line);
    setInterval(draw, 10_000);
  }
  line.className = known.connection === "offline" ? "age age-offline" : "age";
  if (line.textContent !== text) line.textContent = text;
}

export function tell(state: Partial<Known>): void {
  Object.assign(known, state);
  draw();
}
export const status = (): Readonly<Known> => known;

let notices: HTMLElement | undefined;
/** Stands there from the start: a live region that comes with its text is not read out. */
export function prepare_notices(): HTMLElement {
  if (!notices) {
    notices = el("div", { id: "notices", "aria-live": "polite" });
    document.getElementById("main")?.prepend(notices);
  }
  return notices;
}

/** "The schedule has changed. [Show]", and below it what concerns the person. Said once a revision. */
export function notice_change(revision: number, personal: string[]): void {
  const place = prepare_notices();
  const shown = place.querySelector<HTMLElement>(".notice");
  const list = el("ul", {}, ...personal.map((text) => el("li", {}, text)));
  if (shown && personal.length === 0) return;
  const before = shown ? [...shown.querySelectorAll("li")].map((item) => item.cloneNode(true)) : [];
  list.prepend(...before);
  const show = el("button", { type: "button", class: "button button-small" }, t("Show"));
  show.addEventListener("click", () => location.reload());
  const words = el("div", {}, el("p", { class: "notice-title" }, t("The schedule has changed.")));
  if (list.childElementCount > 0) words.append(el("p", {}, t("A session you starred changed:")), list);
  words.append(el("p", {}, show));
  place.replaceChildren(el("div", { class: list.childElementCount > 0 ? "notice notice-warning" : "notice", "data-revision": String(revision) }, icon("info"), words));
}
