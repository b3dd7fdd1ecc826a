// <confer-my>: the starred sessions in order of time, with overlaps and gaps; the personal link and the calendar.
import { el, icon } from "../../shared/dom";
import { load_index, type Session, sessions_of, times_of } from "../../shared/index";
import { gap_before, in_order, overlapping } from "../../shared/plan";
import { event_of_href, post, require_token, type Stars, stars_of, token } from "../../shared/stars";
import { length, locale_of, t } from "../../shared/text";

/** Shorter ones are the way between two rooms. */
const shortest_gap_ms = 20 * 60_000;

class My extends HTMLElement {
  private sessions: Session[] = [];
  private sets: Stars[] = [];
  private list = el("div");
  private along: HTMLElement | undefined;
  private failed = false;

  connectedCallback(): void {
    void this.begin();
  }

  private async begin(): Promise<void> {
    const event = this.dataset["event"] ?? "";
    try {
      this.sessions = sessions_of(await load_index(this.dataset["index"] ?? `/${event}/index.json`)).filter((session) => session.talk !== "");
    } catch {
      this.failed = true;
    }
    const events = new Set([event, ...this.sessions.map((session) => event_of_href(session.href))]);
    this.sets = [...events].filter(Boolean).map(stars_of);
    for (const set of this.sets) set.on_change(() => this.draw());
    this.along = this.take_along(event);
    this.replaceChildren(this.list, this.along);
    this.draw();
  }

  private draw(): void {
    const language = document.documentElement.lang;
    const day_name = new Intl.DateTimeFormat(locale_of(language), { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
    const starred = in_order(this.sessions.filter((session) => stars_of(event_of_href(session.href)).has(session.talk)));
    // Nothing to take along yet; but what was made once must be found to be ended.
    if (this.along) this.along.hidden = starred.length === 0 && !token();
    if (starred.length === 0) {
      const base = location.pathname.replace(/\/my$/, "");
      this.list.replaceChildren(el("div", { class: "empty" },
        el("p", { class: "empty-title" }, this.failed ? t("The schedule cannot be shown at the moment.") : t("Nothing starred yet")),
        el("p", {}, t("Star sessions in the schedule: they are kept on this device and stand here in order of time.")),
        el("div", { class: "buttons" }, el("a", { class: "button", href: `${base}/schedule` }, t("Schedule")))));
      return;
    }
    const held = this.contains(document.activeElement) ? document.activeElement?.closest<HTMLElement>("confer-star")?.dataset["talk"] : undefined;
    const base = location.pathname.replace(/\/my$/, "");
    const parts: Node[] = [el("div", { class: "schedule-tools" },
      el("a", { class: "button button-quiet button-small", href: `${base}/now`, "data-jump": "now" }, icon("clock"), ` ${t("Now & next")}`))];
    for (const day of [...new Set(starred.map((session) => session.day))]) {
      const here = starred.filter((session) => session.day === day);
      const rows = el("ul", { class: "sessions" });
      here.forEach((session, at) => {
        const gap = gap_before(here, at);
        const row = el("li");
        if (gap >= shortest_gap_ms) row.append(el("p", { class: "muted small free" }, t("{0} free", length(language, Math.round(gap / 60_000)))));
        row.append(this.row(session, overlapping(session, here)));
        rows.append(row);
      });
      parts.push(el("h2", { class: "day-head" }, day_name.format(new Date(`${day}T12:00Z`))), rows);
    }
    this.list.replaceChildren(...parts);
    if (held) this.list.querySelector<HTMLElement>(`confer-star[data-talk="${CSS.escape(held)}"] button`)?.focus();
    this.dispatchEvent(new CustomEvent("confer-drawn", { bubbles: true }));
  }

  private row(session: Session, clashing: Session[]): HTMLElement {
    const title = el("h3", { class: "session-title" }, el("a", { href: session.href }, session.title));
    if (session.cancelled) title.append(" ", el("span", { class: "badge badge-cancelled" }, t("cancelled")));
    if (session.moved) title.append(" ", el("span", { class: "badge badge-moved" }, t("moved")));
    const facts = el("ul", { class: "session-facts" }, el("li", {}, el("time", { datetime: session.local_start }, times_of(session))));
    if (session.room) facts.append(el("li", {}, el("a", { href: session.room_href }, session.room)));
    if (session.track) facts.append(el("li", {}, session.track));
    const article = el("article", { class: `session ${session.track_class}${session.cancelled ? " is-cancelled" : ""}`, "data-slot": String(session.id),
      "data-start": String(session.start), "data-end": String(session.end) }, title);
    if (session.speakers.length > 0) article.append(el("p", { class: "session-people" }, session.speakers.join(", ")));
    article.append(facts);
    for (const other of clashing)
      article.append(el("p", { class: "session-text" }, el("span", { class: "badge badge-warning" }, t("at the same time as {0}", other.title))));
    article.append(el("confer-star" as "div", { "data-talk": session.talk }));
    return article;
  }

  /** The personal link and the calendar: made when asked for, since both are secrets on the server. */
  private take_along(event: string): HTMLElement {
    const status = el("p", { role: "status", class: "muted" }, t("Kept on this device; brought together when you are online."));
    void stars_of(event).sync().then((together) => {
      if (together) status.textContent = token() ? t("Kept on this device and on the server.") : t("Kept on this device.");
    });
    const link_place = el("div"), calendar_place = el("div");
    const asking = (work: () => Promise<void>) => () => void work().catch(() => (status.textContent = t("That needs a connection. Please try again when you are online.")));
    const address_field = (label: string, id: string, address: string) => {
      const field = el("input", { id, readonly: "", value: address, class: "tabular" });
      const copy = el("button", { type: "button", class: "button button-quiet button-small" }, icon("copy"), " ", t("Copy"));
      copy.addEventListener("click", () => {
        field.select();
        // No clipboard over plain HTTP: the address is selected, ready to be copied by hand.
        void (navigator.clipboard?.writeText(address) ?? Promise.reject(new Error("no clipboard"))).then(() => (status.textContent = t("Copied")), () => undefined);
      });
      const buttons = el("div", { class: "buttons" }, copy);
      if (typeof navigator.share === "function") {
        const share = el("button", { type: "button", class: "button button-quiet button-small" }, icon("share"), " ", t("Share"));
        share.addEventListener("click", () => void navigator.share({ title: document.title, url: address }).catch(() => undefined));
        buttons.append(share);
      }
      return [el("div", { class: "field" }, el("label", { for: id }, label), field), buttons];
    };
    const link = el("button", { type: "button", class: "button button-quiet" }, icon("link"), " ", t("Your personal link"));
    link.addEventListener("click", asking(async () => {
      const secret = await require_token();
      if (!(await stars_of(event).sync())) throw new Error("not brought together");
      const answer = await post(`/${event}/personal-link`, { token: secret });
      if (!answer.ok) throw new Error(`personal-link answered ${answer.status}`);
      const { url, qr } = (await answer.json()) as { url: string; qr: string };
      link_place.replaceChildren(...address_field(t("Your personal link"), "personal-link", url),
        el("img", { class: "qr", src: `data:image/svg+xml,${encodeURIComponent(qr)}`, width: "220", height: "220", alt: t("QR code of your personal link") }),
        el("p", { class: "muted" }, t("Point the other phone’s camera at it.")));
      link.remove();
    }));
    const calendar = el("button", { type: "button", class: "button button-quiet" }, icon("calendar-plus"), " ", t("Make a calendar address"));
    calendar.addEventListener("click", asking(async () => {
      const secret = await require_token();
      if (!(await stars_of(event).sync())) throw new Error("not brought together");
      const answer = await post(`/${event}/calendar-feed`, { token: secret });
      if (!answer.ok) throw new Error(`calendar-feed answered ${answer.status}`);
      const { url } = (await answer.json()) as { url: string };
      const address = new URL(url, location.origin).href;
      const [field, buttons] = address_field(t("Your calendar address"), "calendar-address", address);
      buttons?.append(el("a", { class: "button button-quiet button-small", href: address.replace(/^https?:/, "webcal:") }, t("Open in a calendar")));
      calendar_place.replaceChildren(...[field, buttons].filter((part) => part !== undefined),
        el("p", { class: "muted" }, t("Subscribe to this address in a calendar: it follows your stars and every change of the schedule."), " ",
          t("Some calendars look for changes once a day only. What is urgent stands here.")));
    }));
    const revoke = el("button", { type: "button", class: "button button-danger" }, t("Revoke all calendar addresses"));
    const revoking = el("details", { class: "confirm" }, el("summary", { class: "button button-quiet button-small" }, `${t("Revoke all calendar addresses")} …`),
      el("div", {}, el("p", {}, t("Calendars that follow them stop being renewed. Your stars stay.")), revoke));
    revoke.addEventListener("click", asking(async () => {
      const answer = await post(`/${event}/calendar-feed/revoke`, { token: await require_token() });
      if (!answer.ok) throw new Error(`revoke answered ${answer.status}`);
      calendar_place.replaceChildren();
      revoking.open = false;
      status.textContent = t("The calendar addresses no longer work.");
    }));
    return el("section", { class: "no-print", "aria-labelledby": "take-along" }, el("h2", { id: "take-along" }, t("Take it along")),
      el("p", {}, t("This personal link brings your stars to another device, and back when this browser has been cleared. Whoever has it sees and changes them.")),
      el("div", { class: "buttons" }, link, calendar), link_place, calendar_place,
      el("p", {}, t("Sign in, and they are kept with your account, too."), " ", el("a", { href: `/sign-in?return_to=${encodeURIComponent(location.pathname)}` }, t("Sign in"))), status, revoking);
  }
}

customElements.define("confer-my", My);
