// What runs now: marks sessions past and running, draws the line of the minute in the grid, keeps the now-and-next cards right, jumps to now.
import { now } from "../../shared/clock";
import { base_of_page, el, has_stars } from "../../shared/dom";
import { load_index, type Session, sessions_of, times_of } from "../../shared/index";
import { moment_of, now_and_next } from "../../shared/plan";
import { locale_of, span, t } from "../../shared/text";

const minute = 60_000;
/** Of the grid: web/styles/README.md. */
const row_ms = 5 * minute, last_row = 288;

function mark(time: number): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-start][data-end]")) {
    const moment = moment_of(Number(element.dataset["start"]), Number(element.dataset["end"]), time);
    element.classList.toggle("is-past", moment === "past");
    element.classList.toggle("is-now", moment === "now" && !element.classList.contains("is-cancelled"));
  }
}

function draw_line(time: number): void {
  for (const grid of document.querySelectorAll<HTMLElement>(".schedule-grid[data-first]")) {
    grid.querySelector(".grid-now")?.remove();
    const row = Math.floor((time - Number(grid.dataset["first"])) / row_ms) + 1;
    const rows = Number(/\bg-s(\d+)\b/.exec(grid.querySelector(".grid-axis")?.className ?? "")?.[1] ?? last_row);
    if (row >= 1 && row <= rows) grid.append(el("div", { class: `grid-now g-r${row}`, "aria-hidden": "true" }));
  }
}

/** The grid of today begins at the present hour, as far as it scrolls by itself. */
function show_present(): void {
  const line = document.querySelector<HTMLElement>(".grid-now"), scroller = line?.closest<HTMLElement>(".grid-scroller");
  if (line && scroller && scroller.scrollHeight > scroller.clientHeight + 1)
    scroller.scrollTop += line.getBoundingClientRect().top - scroller.getBoundingClientRect().top - scroller.clientHeight / 3;
}

/** "today" beside its day: a page does not change when a day begins. */
function mark_today(time: number): void {
  for (const link of document.querySelectorAll<HTMLElement>("a[data-begins]")) {
    const begins = Number(link.dataset["begins"]), is_today = begins <= time && time < begins + 24 * 60 * minute;
    const badge = link.querySelector(".badge");
    if (!is_today) badge?.remove();
    else if (!badge) (link.querySelector(".tab-day") ?? link).append(" ", el("span", { class: "badge badge-live" }, t("today")));
  }
}

function slot(session: Session, when: (Node | string)[], time: number): HTMLElement {
  const title = session.href ? el("a", { href: session.href }, session.title) : session.title;
  const made = el("div", { class: "now-slot", "data-slot": String(session.id), "data-start": String(session.start), "data-end": String(session.end) },
    el("p", { class: "now-when" }, ...when), el("h3", { class: "session-title" }, title));
  if (session.speakers.length > 0) made.append(el("p", { class: "session-people" }, session.speakers.join(", ")));
  if (session.track) made.append(el("p", { class: "now-track" }, session.track));
  if (session.talk && has_stars()) made.append(el("confer-star" as "div", { "data-talk": session.talk }));
  if (session.start <= time) {
    const whole = Math.round((session.end - session.start) / minute), gone = Math.floor((time - session.start) / minute);
    made.append(el("progress", { class: "progress", max: String(whole), value: String(gone), "aria-label": session.title }));
  }
  return made;
}

/** The server draws the cards at each start and end; a page that stays open, or comes from the phone's copy, is drawn here. */
function draw_cards(all: Session[], time: number): void {
  const language = document.documentElement.lang;
  for (const card of document.querySelectorAll<HTMLElement>(".now-card[data-room]")) {
    const head = card.querySelector(".now-room");
    if (!head) continue;
    const { running, next } = now_and_next(all, card.dataset["room"] ?? "", time);
    head.querySelector(".badge")?.remove();
    if (running) head.append(el("span", { class: "badge badge-live" }, t("now")));
    const at = (session: Session) => el("time", { datetime: session.local_start }, session === running ? times_of(session) : session.local);
    const slots: HTMLElement[] = [];
    if (running) slots.push(slot(running, [at(running), ", ", t("{0} left", span(language, Math.ceil((running.end - time) / minute) * minute))], time));
    else slots.push(el("div", { class: "now-slot" }, el("p", { class: "now-when" }, t("Nothing at the moment"))));
    if (next) {
      const other_day = next.day !== (running ?? all.find((session) => moment_of(session.start, session.end, time) === "now") ?? next).day || next.start - time > 12 * 60 * minute;
      const [before = "", after = ""] = t("next, {0}", "\n").split("\n");
      const day = new Intl.DateTimeFormat(locale_of(language), { weekday: "long", timeZone: "UTC" }).format(Date.parse(`${next.local_start}Z`));
      slots.push(slot(next, [before + (other_day ? `${day}, ` : ""), at(next), after], time));
    }
    const held = card.contains(document.activeElement) ? document.activeElement?.closest<HTMLElement>("confer-star")?.dataset["talk"] : undefined;
    for (const old of card.querySelectorAll(".now-slot")) old.remove();
    card.append(...slots);
    if (held) card.querySelector<HTMLElement>(`confer-star[data-talk="${CSS.escape(held)}"] button`)?.focus();
    // A room's own page has its card from here alone: what a page says for days cannot know what is now.
    card.closest(".only-script")?.classList.toggle("only-script", !running && !next);
  }
}

/** Where the button leads on this page: to what runs, or comes next. Nothing, when all of the page is past or all is to come. */
function present(time: number): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>("main [data-start][data-end]")].filter((element) => !element.closest(".now-card") && element.getClientRects().length > 0);
  const target = all.find((element) => element.classList.contains("is-now")) ?? all.find((element) => Number(element.dataset["start"]) > time);
  return all.some((element) => Number(element.dataset["start"]) <= time) ? target : undefined;
}

/** The link says what it does: to now on this page, or to the page of all rooms. */
function name_jump(time: number): void {
  const on_page = present(time) !== undefined;
  for (const link of document.querySelectorAll<HTMLElement>('[data-jump="now"]')) {
    link.dataset["page"] ??= link.lastChild?.textContent ?? "";
    if (link.lastChild) link.lastChild.textContent = on_page ? ` ${t("Jump to now")}` : link.dataset["page"];
  }
}

/** Scrolls to what runs, or comes next; a page of another day leads to "now and next" as the link says. */
function jump(click: Event): void {
  const link = click.target instanceof Element ? click.target.closest('[data-jump="now"]') : null;
  const target = link && present(now());
  if (!target) return;
  click.preventDefault();
  target.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

let sessions: Session[] = [];
function draw(): void {
  const time = now();
  if (sessions.length > 0) draw_cards(sessions, time);
  mark(time);
  draw_line(time);
  mark_today(time);
  name_jump(time);
}

function begin(): void {
  draw();
  show_present();
  if (document.querySelector(".now-card"))
    void load_index(`${base_of_page()}/index.json`).then((index) => {
      sessions = sessions_of(index);
      draw();
    }, () => undefined);
  // On the minute, so that two phones side by side change together.
  const tick = () => setTimeout(() => {
    draw();
    tick();
  }, minute - (now() % minute) + 50);
  tick();
  document.addEventListener("confer-checked", draw);
  document.addEventListener("confer-drawn", draw);
  document.addEventListener("click", jump);
}

begin();
