// The archive's search box answers while one types: words that are meant, talks that fit. One question at a time, none for each key; Enter asks for the whole page.
import { el } from "../../shared/dom";
import { t } from "../../shared/text";

interface Answer {
  q: string;
  total: number;
  /** What the box would say, what to show, how many talks have it, what it is: a facet's name or "word". */
  words: [string, string, number, string?][];
  /** Path, title, speakers, event. */
  talks: [string, string, string, string][];
}

/** What a suggestion is, in words. */
const kinds: Record<string, string> = {
  word: t("Word"), tag: t("Topic"), speaker: t("Speaker"), event: t("Conference"), year: t("Year"), lang: t("Language"), length: t("Length"), video: t("Video"),
};

const wait_ms = 140;
const most_kept = 60;
/** Of this visit: going back a letter asks nobody. */
const kept = new Map<string, Answer>();

async function ask(text: string, at: number, signal: AbortSignal): Promise<Answer> {
  const key = `${at}:${text}`, known = kept.get(key);
  if (known) return known;
  // The server counts bytes.
  const bytes = new TextEncoder().encode(text.slice(0, at)).length;
  const answer = await fetch(`/archive/search.json?q=${encodeURIComponent(text)}&at=${bytes}`, { signal, headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const found = (await answer.json()) as Answer;
  kept.set(key, found);
  if (kept.size > most_kept) kept.delete(kept.keys().next().value as string);
  return found;
}

function attach(form: HTMLFormElement, input: HTMLInputElement): void {
  const prefix = new URL(form.action).pathname.replace(/\/archive\/search$/, "");
  const list = el("ul", { id: "find-list", class: "find-list", role: "listbox", "aria-label": t("Suggestions") });
  const status = el("p", { class: "visually-hidden", role: "status" });
  list.hidden = true;
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": "find-list", "aria-autocomplete": "list" })) input.setAttribute(name, value);
  form.append(list, status);
  let active = -1, running: AbortController | undefined, timer: ReturnType<typeof setTimeout> | undefined;

  const options = () => Array.from(list.querySelectorAll<HTMLElement>('[role="option"]'));
  const mark = (next: number) => {
    const all = options();
    active = all.length === 0 ? -1 : (next + all.length + 1) % (all.length + 1);
    if (active === all.length) active = -1;
    all.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    const chosen = all[active];
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const draw = (answer: Answer) => {
    const rows: HTMLElement[] = [];
    const option = (attributes: Record<string, string>, ...children: (Node | string | false)[]) => {
      const row = el("li", { role: "option", id: `find-${rows.length}`, "aria-selected": "false", ...attributes }, ...children);
      rows.push(row);
    };
    for (const [text, label, count, kind] of answer.words)
      option({ class: "find-word", "data-text": text }, el("span", {}, label, kind && kinds[kind] ? el("span", { class: "find-note" }, ` ${kinds[kind]}`) : ""), count > 0 && el("span", { class: "count-list-number" }, count.toLocaleString(document.documentElement.lang)));
    for (const [path, title, speakers, event] of answer.talks)
      option({ class: "find-talk", "data-href": prefix + path }, el("span", { class: "find-title" }, title), el("span", { class: "find-note" }, [speakers, event].filter(Boolean).join(" · ")));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...rows);
    list.hidden = rows.length === 0;
    input.setAttribute("aria-expanded", String(rows.length > 0));
    status.textContent = rows.length > 0 ? t("{0} found", answer.total.toLocaleString(document.documentElement.lang)) : t("Nothing found");
  };
  const look = () => {
    const text = input.value;
    running?.abort();
    if (text.trim().length < 2) return close();
    const mine = (running = new AbortController());
    ask(text, input.selectionStart ?? text.length, mine.signal).then((answer) => {
      if (mine === running && document.activeElement === input) requestAnimationFrame(() => draw(answer));
    }, () => undefined);
  };
  const take = (option: HTMLElement) => {
    const href = option.dataset["href"];
    if (href) return location.assign(href);
    const text = option.dataset["text"] ?? "";
    input.value = text.endsWith(":") ? text : `${text} `;
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
    look();
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, wait_ms);
  });
  input.addEventListener("keydown", (key) => {
    const all = options();
    if (list.hidden || all.length === 0) return;
    if (key.key === "ArrowDown") mark(active + 1);
    else if (key.key === "ArrowUp") mark(active < 0 ? all.length - 1 : active - 1);
    else if (key.key === "Escape") close();
    else if (key.key === "Enter" && active >= 0) take(all[active] as HTMLElement);
    else return;
    key.preventDefault();
  });
  // Before the box loses the focus.
  list.addEventListener("pointerdown", (down) => {
    const option = (down.target as Element).closest<HTMLElement>('[role="option"]');
    if (!option) return;
    down.preventDefault();
    take(option);
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", () => running?.abort());
}

for (const form of document.querySelectorAll<HTMLFormElement>("form.archive-search")) {
  const input = form.querySelector<HTMLInputElement>('input[name="q"]');
  if (input) attach(form, input);
}
