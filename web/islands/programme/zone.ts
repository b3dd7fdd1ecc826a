// Times in the event's zone or in the viewer's: a switch, remembered, the zone always named. Only where the two differ.
import { el, recall, remember } from "../../shared/dom";
import { locale_of, t } from "../../shared/text";
import { in_zone, offset_of_wall_time } from "../../shared/zone_time";

const key = "confer.zone";

interface Shown {
  element: HTMLTimeElement;
  start: number;
  end: number | undefined;
  event_text: string;
}
const kept = new WeakMap<HTMLTimeElement, string>();

/** Each <time> with its instant: of the session around it, of its group, or of its hour in the grid. */
function times(): Shown[] {
  const out: Shown[] = [];
  for (const element of document.querySelectorAll<HTMLTimeElement>("main time[datetime]")) {
    if (!kept.has(element)) kept.set(element, element.textContent ?? "");
    const event_text = kept.get(element) ?? "";
    const session = element.closest<HTMLElement>("[data-start][data-end]");
    const group = element.closest<HTMLElement>("[data-start]");
    const grid = element.closest<HTMLElement>(".schedule-grid[data-first]");
    const whole = event_text.includes("–");
    if (session) out.push({ element, start: Number(session.dataset["start"]), end: whole ? Number(session.dataset["end"]) : undefined, event_text });
    else if (group) out.push({ element, start: Number(group.dataset["start"]), end: undefined, event_text });
    else if (grid) {
      const row = Number(/\bg-r(\d+)\b/.exec(element.parentElement?.className ?? "")?.[1] ?? 0);
      if (row > 0) out.push({ element, start: Number(grid.dataset["first"]) + (row - 1) * 5 * 60_000, end: undefined, event_text });
    }
  }
  return out;
}

function draw(mine: boolean): void {
  for (const { element, start, end, event_text } of times())
    element.textContent = mine ? in_zone(document.documentElement.lang, undefined, start, end, element.dateTime.slice(0, 10)) : event_text;
}

function begin(): void {
  const first = times()[0];
  if (!first) return;
  const differs = times().some(({ element, start }) => offset_of_wall_time(element.dateTime, start) !== -new Date(start).getTimezoneOffset());
  if (!differs) return;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  let note = document.querySelector<HTMLElement>("main .zone");
  if (!note) {
    note = el("p", { class: "zone" });
    (document.querySelector("main .talk-when") ?? document.querySelector("main .page-head") ?? document.querySelector("main h1"))?.after(note);
  }
  const of_event = note.textContent ?? "";
  const words = el("span", { "aria-live": "polite" });
  const button = el("button", { type: "button", class: "button button-quiet button-small" });
  note.replaceChildren(words, " ", button);
  let mine = recall(key) === "mine";
  const show = () => {
    draw(mine);
    const corner = document.querySelector<HTMLElement>(".grid-corner");
    if (corner) {
      corner.dataset["event"] ??= corner.textContent ?? "";
      const name = new Intl.DateTimeFormat(locale_of(document.documentElement.lang), { timeZoneName: "short" }).formatToParts(first.start).find((part) => part.type === "timeZoneName");
      corner.textContent = mine ? (name?.value ?? zone) : corner.dataset["event"];
    }
    words.textContent = mine ? t("Times are in your zone, {0}", zone) : of_event;
    button.textContent = mine ? t("Show times of the event") : t("Show times in my zone ({0})", zone);
  };
  button.addEventListener("click", () => {
    mine = !mine;
    remember(key, mine ? "mine" : null);
    show();
  });
  document.addEventListener("confer-drawn", () => mine && draw(true));
  show();
}

// Lists that an island draws come after this script.
if (document.querySelector("confer-my")) document.addEventListener("confer-drawn", begin, { once: true });
else begin();
