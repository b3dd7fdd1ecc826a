// The line that says how old the page's programme is, and the notices that something changed. One of each on a page.
import { now } from "./clock";
import { el, icon } from "./dom";
import { locale_of, span, t } from "./text";

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
    const clock = new Intl.DateTimeFormat(locale_of(language), { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(far ? { day: "numeric", month: "short" } : {}) });
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

export interface Notice {
  revision: number;
  /** What changed of the person's own, a sentence each. */
  personal: string[];
  /** The page itself is older than that: it can be loaded anew. */
  behind: boolean;
  /** The person has read it. */
  seen?: () => Promise<void>;
}

/** A person who wants to see the change waits no longer than this for the note that it was seen. */
const patience_ms = 1500;

/** How what stands there is noted as read: stays with its sentences when the notice says more. */
let read_so_far: Notice["seen"];

/** "The schedule has changed. [Show]", and what concerns the person with it. Said once a revision; what was said before stays until it is read. */
export function notice_change({ revision, personal, behind, seen }: Notice): void {
  const place = prepare_notices();
  const shown = place.querySelector<HTMLElement>(".notice");
  if (shown && personal.length === 0 && (!behind || shown.dataset["behind"] === "true")) return;
  const before = shown ? [...shown.querySelectorAll("li")].map((item) => item.textContent ?? "") : [];
  const sentences = [...new Set([...before, ...personal])];
  const is_behind = behind || shown?.dataset["behind"] === "true";
  const note = seen ?? (before.length > 0 ? read_so_far : undefined);
  read_so_far = note;
  const buttons = el("p", { class: "buttons" });
  if (is_behind) {
    const show = el("button", { type: "button", class: "button button-small" }, t("Show"));
    show.addEventListener("click", () => {
      const noted = note ? Promise.race([note().catch(() => undefined), new Promise((done) => setTimeout(done, patience_ms))]) : Promise.resolve();
      void noted.then(() => location.reload());
    });
    buttons.append(show);
  }
  if (sentences.length > 0 && note) {
    const done = el("button", { type: "button", class: "button button-quiet button-small" }, t("Got it"));
    done.addEventListener("click", () => {
      void note().catch(() => undefined);
      if (!is_behind) place.replaceChildren();
      else notice_read(place);
    });
    buttons.append(done);
  }
  const words = el("div", {});
  if (is_behind) words.append(el("p", { class: "notice-title" }, t("The schedule has changed.")));
  if (sentences.length > 0) words.append(el("p", is_behind ? {} : { class: "notice-title" }, t("A session you starred changed:")), el("ul", {}, ...sentences.map((text) => el("li", {}, text))));
  words.append(buttons);
  place.replaceChildren(el("div", { class: sentences.length > 0 ? "notice notice-warning" : "notice", "data-revision": String(revision), "data-behind": String(is_behind) }, icon("info"), words));
}

/** The person's own is read; that the page is behind stays true. */
function notice_read(place: HTMLElement): void {
  const revision = Number(place.querySelector<HTMLElement>(".notice")?.dataset["revision"] ?? 0);
  place.replaceChildren();
  notice_change({ revision, personal: [], behind: true });
}
