// <confer-schedule src="https://…/embed/SLUG.json">: a conference's schedule on anybody's page. One file, no dependencies.
//
// Themable by custom properties: --confer-font, --confer-ink, --confer-muted, --confer-rule, --confer-accent, --confer-paper; parts: day, session, title.
import { say } from "../../shared/text";

interface Slot {
  day: string;
  start: string;
  end: string;
  times: string;
  title: string;
  url?: string;
  speakers?: string;
  room?: string;
  track?: string;
  color?: string;
  state?: "cancelled" | "moved";
}
interface Schedule {
  title: string;
  language: string;
  url: string;
  zone: string;
  color: string;
  days: { date: string; name: string }[];
  slots: Slot[];
}

const css = `
:host{display:block;font:var(--confer-font,inherit);color:var(--confer-ink,inherit);background:var(--confer-paper,transparent)}
h3{margin:1.2em 0 .4em;font-size:1.25em}
ul{margin:0;padding:0;list-style:none}
li{display:grid;grid-template-columns:7em minmax(0,1fr);gap:0 1em;padding:.55em 0;border-block-start:1px solid var(--confer-rule,color-mix(in srgb,currentColor 22%,transparent))}
li>div{border-inline-start:4px solid var(--track,transparent);padding-inline-start:.7em}
time{font-variant-numeric:tabular-nums}
p{margin:0}
a{color:var(--confer-accent,inherit)}
.title{font-weight:650}
.facts{font-size:.9em;color:var(--confer-muted,inherit)}
.cancelled .title{text-decoration:line-through}
.foot{margin-block-start:1em;font-size:.9em;color:var(--confer-muted,inherit)}
@container (max-width:26em){li{display:block}}
:host{container-type:inline-size}`;

function add(parent: Node, name: string, attributes: Record<string, string> = {}, text = ""): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  parent.appendChild(made);
  return made;
}

/** The file comes from another site's settings: only addresses of the web become links. */
const is_link = (address: string | undefined): address is string => address !== undefined && /^https?:\/\//.test(address);

class ConferSchedule extends HTMLElement {
  static readonly observedAttributes = ["src", "day"];
  private readonly root = this.attachShadow({ mode: "open" });
  private fresh = 0;

  attributeChangedCallback(): void {
    if (this.isConnected) void this.load();
  }
  connectedCallback(): void {
    void this.load();
  }

  private async load(): Promise<void> {
    const src = this.getAttribute("src"), mine = ++this.fresh;
    if (!src) return;
    try {
      const answer = await fetch(src, { credentials: "omit" });
      if (!answer.ok) throw new Error(`${src} answered ${answer.status}`);
      const schedule = (await answer.json()) as Schedule;
      if (mine === this.fresh) this.draw(schedule);
    } catch (problem) {
      console.error("confer-schedule:", problem);
      // What stands inside the element is the page's own fallback.
      this.root.replaceChildren(document.createElement("slot"));
      if (!this.hasChildNodes()) add(this.root, "p", { role: "status" }, say(this.lang || document.documentElement.lang, "The schedule cannot be shown at the moment."));
    }
  }

  private dress(): void {
    // A style element would be refused by a strict policy of the page around; an adopted sheet is not.
    if ("adoptedStyleSheets" in this.root) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      this.root.adoptedStyleSheets = [sheet];
    } else add(this.root, "style", {}, css);
  }

  private draw(schedule: Schedule): void {
    this.root.replaceChildren();
    this.dress();
    const only = this.getAttribute("day");
    const region = add(this.root, "section", { "aria-label": schedule.title, lang: schedule.language });
    for (const day of schedule.days) {
      const slots = schedule.slots.filter((slot) => slot.day === day.date && (!only || only === day.date));
      if (slots.length === 0) continue;
      add(region, "h3", { part: "day" }, day.name);
      const list = add(region, "ul", { role: "list" });
      for (const slot of slots) {
        const row = add(list, "li", { part: "session", class: slot.state ?? "" });
        add(row, "time", { datetime: slot.start }, slot.times);
        const words = add(row, "div");
        // Beside the track's name, which the facts say. Set by script, which a strict policy of the page around allows.
        if (/^#[0-9a-f]{6}$/i.test(slot.color ?? "")) words.style.setProperty("--track", slot.color ?? "");
        const title = add(words, "p", { class: "title", part: "title" });
        if (is_link(slot.url)) add(title, "a", { href: slot.url }, slot.title);
        else title.textContent = slot.title;
        const state = slot.state ? say(schedule.language, slot.state) : "";
        const facts = [state, slot.speakers, slot.room, slot.track].filter(Boolean).join(" · ");
        if (facts) add(words, "p", { class: "facts" }, facts);
      }
    }
    const foot = add(region, "p", { class: "foot" }, `${schedule.zone} · `);
    if (is_link(schedule.url)) add(foot, "a", { href: schedule.url }, schedule.title);
    this.dispatchEvent(new CustomEvent("confer-schedule-drawn", { bubbles: true, composed: true }));
  }
}

if (!customElements.get("confer-schedule")) customElements.define("confer-schedule", ConferSchedule);
