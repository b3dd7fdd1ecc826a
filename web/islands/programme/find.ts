// Finds sessions as one types: results on the search page, a filter on schedule pages. From index.json, so also offline.
import { base_of_page, el, has_stars } from "../../shared/dom";
import { load_index, type Session, sessions_of, times_of } from "../../shared/index";
import { matcher } from "../../shared/match";
import { locale_of, t } from "../../shared/text";

const most_results = 200;
const text_of = (session: Session): string => `${session.title} ${session.speakers.join(" ")} ${session.room} ${session.track}`;
const programme = () => load_index(`${base_of_page()}/index.json`).then(sessions_of);

function result(session: Session): HTMLElement {
  const day = new Intl.DateTimeFormat(locale_of(document.documentElement.lang), { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
  const title = el("h3", { class: "session-title" }, session.href ? el("a", { href: session.href }, session.title) : session.title);
  if (session.cancelled) title.append(" ", el("span", { class: "badge badge-cancelled" }, t("cancelled")));
  const facts = el("ul", { class: "session-facts" }, el("li", {}, day.format(Date.parse(`${session.day}T12:00Z`))),
    el("li", {}, el("time", { datetime: session.local_start }, times_of(session))), ...[session.room, session.track].filter(Boolean).map((text) => el("li", {}, text)));
  const article = el("article", { class: `session ${session.track_class}${session.cancelled ? " is-cancelled" : ""}`, "data-start": String(session.start), "data-end": String(session.end) },
    title, session.speakers.length > 0 && el("p", { class: "session-people" }, session.speakers.join(", ")), facts);
  if (session.talk && has_stars()) article.append(el("confer-star" as "div", { "data-talk": session.talk }));
  return el("li", {}, article);
}

/** The server's answer, which also looks into descriptions, stands until the person types. */
function search_page(form: HTMLFormElement, input: HTMLInputElement): void {
  const list = document.querySelector<HTMLElement>(".results") ?? el("ul", { class: "results" });
  const status = el("p", { class: "muted", role: "status" });
  let fresh = 0;
  const draw = async () => {
    const query = input.value.trim(), mine = ++fresh;
    let all: Session[];
    try {
      all = await programme();
    } catch {
      return;
    }
    if (mine !== fresh) return;
    const match = matcher(query);
    const found = query ? all.filter((session) => match(text_of(session))) : [];
    // What the server found for other words goes; the form and the heading stay.
    for (let next = form.nextElementSibling; next; ) {
      const here = next;
      next = next.nextElementSibling;
      if (here !== list && here !== status) here.remove();
    }
    form.after(status, el("h2", { class: "visually-hidden" }, t("Sessions")), list);
    status.textContent = query ? (found.length > 0 ? t("{0} found", found.length) : t("Nothing found")) : "";
    list.replaceChildren(...found.slice(0, most_results).map(result));
    document.dispatchEvent(new CustomEvent("confer-drawn"));
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void draw(), 120);
  });
  // The phone's copy of this page has no answer in it: offline the words are in the address only.
  const asked = new URLSearchParams(location.search).get("q") ?? "";
  if (asked && !input.value) {
    input.value = asked;
    void draw();
  }
}

function filter(tools: Element): void {
  const input = el("input", { type: "search", id: "filter", autocomplete: "off", placeholder: t("Filter"), "aria-label": t("Filter") });
  const status = el("span", { class: "muted small", role: "status" });
  tools.append(el("span", { class: "filter" }, input, status));
  const draw = () => {
    const match = matcher(input.value);
    let shown = 0;
    for (const session of document.querySelectorAll<HTMLElement>("main .session, main .cell")) {
      const fits = match(session.textContent ?? "");
      (session.parentElement?.matches(".sessions > li") ? session.parentElement : session).hidden = !fits;
      if (fits) shown++;
    }
    for (const group of document.querySelectorAll<HTMLElement>(".time-group")) group.hidden = !group.querySelector(".sessions > li:not([hidden])");
    status.textContent = "";
    if (!input.value.trim()) return;
    status.textContent = t("{0} here", shown);
    const asked = input.value;
    void programme().then((all) => {
      const found = all.filter((session) => match(text_of(session))).length;
      if (input.value !== asked) return;
      status.replaceChildren(`${t("{0} here", shown)}, `,
        el("a", { href: `${base_of_page()}/search?q=${encodeURIComponent(asked)}` }, t("{0} in the whole programme", found)));
    }, () => undefined);
  };
  input.addEventListener("input", draw);
}

const form = document.querySelector<HTMLFormElement>("form.search"), input = form?.querySelector<HTMLInputElement>('input[name="q"]');
const tools = document.querySelector("main .schedule-tools[data-date]");
if (form && input) search_page(form, input);
else if (tools) filter(tools);
