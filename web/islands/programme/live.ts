// Keeps an open page true: one stream of changes for all tabs of a browser, else a question each minute or so; says what changed.
import { learn, now } from "../../shared/clock";
import { base_of_page, event_of_page, recall, remember, state_in, state_of_page } from "../../shared/dom";
import { type Index, sessions_of } from "../../shared/index";
import { type Change, Kind, news, parse_seen, seen_of, starred_of } from "../../shared/seen";
import { notice_change, prepare_notices, status, tell } from "../../shared/status";
import { stars_of } from "../../shared/stars";
import { locale_of, t } from "../../shared/text";

interface Released {
  revision: number;
  version: string;
  released_at: number;
  changes: Change[];
}
interface Banner {
  level: number;
  text: Record<string, string>;
}
type Message = { type: "released"; data: Released } | { type: "banner"; data: Banner } | { type: "open" } | { type: "lost" } | { type: "check" };

/** Over how long a hall's phones spread their questions after a release. */
const spread_ms = 2000;
/** The hash of all pages when this one was last compared with the server's. */
let compared_with: string | undefined;

const event = event_of_page();
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(`confer-live-${event}`) : undefined;

/** "On time: now Friday 11:30, Hall". The wall time of the event; only the name of the weekday is the language's. */
function sentence(change: Change): string {
  if (change.kind === Kind.cancelled || change.kind === Kind.removed) return t("{0}: cancelled", change.title);
  if (change.kind === Kind.reinstated) return t("{0}: on again", change.title);
  if (change.kind === Kind.edited || change.kind === Kind.added) return t("{0}: details changed", change.title);
  const day = new Intl.DateTimeFormat(locale_of(document.documentElement.lang), { weekday: "long", timeZone: "UTC" }).format(Date.parse(`${change.start.slice(0, 10)}T12:00Z`));
  return t("{0}: now {1}, {2}", change.title, `${day} ${change.start.slice(11, 16)}`, change.room);
}

function show_banner(banner: Banner): void {
  const language = document.documentElement.lang;
  const text = banner.text[language] ?? banner.text[language.split("-")[0] ?? ""] ?? Object.values(banner.text)[0] ?? "";
  let shown = document.querySelector<HTMLElement>(".banner");
  if (!text) return shown?.remove();
  if (!shown) {
    shown = document.createElement("div");
    shown.setAttribute("role", "status");
    const inside = document.createElement("div");
    inside.className = "banner-in";
    inside.append(document.createElement("p"));
    shown.append(inside);
    document.querySelector(".masthead")?.after(shown);
  }
  shown.className = `banner ${["banner-info", "banner-warning", "banner-urgent"][banner.level] ?? "banner-info"}`;
  const words = shown.querySelector("p");
  // Set after the region stands, so that it is read out.
  if (words && words.textContent !== text) setTimeout(() => (words.textContent = text), 50);
}

function take(message: Message): void {
  if (message.type === "open") return tell({ connection: "live", checked_at: now() });
  if (message.type === "lost") return tell({ connection: "polled" });
  if (message.type === "check") return void check();
  if (message.type === "banner") return show_banner(message.data);
  const { revision, released_at, changes } = message.data;
  if (typeof revision !== "number") return void check();
  tell({ revision, released_at, checked_at: now() });
  const stars = stars_of(event);
  const personal = has_read(revision) ? [] : (changes ?? []).filter((change) => stars.has(change.talk)).map(sentence);
  // A page that was opened after the release hears of it too: what it says is new already.
  if (personal.length > 0) void is_behind().then((behind) => has_read(revision) || notice_change({ revision, personal, behind, seen: () => read(revision) }));
  // Not all phones of a hall in the same instant.
  else setTimeout(() => void compare(revision), Math.random() * spread_ms);
}

function tell_all(message: Message): void {
  take(message);
  channel?.postMessage(message);
}

/** Most releases leave most pages as they are: asks the server for this page, which mostly answers that it has not changed (304). Without an answer nobody knows: false. */
async function is_behind(): Promise<boolean> {
  const answer = await fetch(location.pathname + location.search, { cache: "no-cache" }).catch(() => undefined);
  if (!answer) return false;
  return answer.status === 404 || answer.status === 410 || (answer.ok && state_in(await answer.text()) !== state_of_page());
}

async function compare(revision: number): Promise<void> {
  if (await is_behind()) notice_change({ revision, personal: [], behind: true });
}

const seen_key = `confer.seen.${event}`;
/** The newest that this page has heard of. */
let newest: Index | undefined;
/** The programme of a revision, or newer; nothing, when only an older copy can be had. */
async function programme_of(revision: number): Promise<Index | undefined> {
  const answer = await fetch(`${base_of_page()}/index.json`, { cache: "no-cache" }).catch(() => undefined);
  const index = answer?.ok ? ((await answer.json()) as Index) : undefined;
  if (index && index.revision >= (newest?.revision ?? 0)) newest = index;
  return index && index.revision >= revision ? index : undefined;
}

/** Up to where the person has read, on this page. Two looks can be under way when they say so: the one that comes later tells nothing again. */
let read_revision = -1;
const has_read = (revision: number): boolean => revision <= Math.max(read_revision, parse_seen(recall(seen_key)).revision);

/** The starred sessions of a programme are known to the person as it has them. */
function keep(index: Index): void {
  if (index.revision < parse_seen(recall(seen_key)).revision) return;
  const own = own_of(index);
  remember(seen_key, JSON.stringify({ revision: index.revision, talks: [...new Set([...stars_of(event).starred(), ...own.map((session) => session.talk)])], slots: seen_of(own) }));
}
const own_of = (index: Index) => starred_of(sessions_of(index), (of, talk) => stars_of(of).has(talk));

/** The person has read what changed up to a revision: no look that is under way tells it again. */
async function read(revision: number, known?: Index): Promise<void> {
  read_revision = Math.max(read_revision, revision);
  // Kept at once where it can be: the person may be on the next page before an answer comes.
  const at_hand = known ?? (newest && newest.revision >= revision ? newest : undefined);
  const index = at_hand ?? (await programme_of(revision));
  if (index) keep(index);
}

/** Tells what changed of the starred sessions since this device last looked, also while no page was open. */
async function look(revision: number): Promise<void> {
  const seen = parse_seen(recall(seen_key));
  const starred = stars_of(event).starred();
  if (starred.length + seen.talks.length === 0 || (seen.revision >= revision && starred.every((talk) => seen.talks.includes(talk)))) return;
  const index = await programme_of(revision);
  if (!index) return;
  const own = own_of(index);
  const told = index.revision <= read_revision ? [] : news(seen.slots, own, (talk) => own.some((session) => session.talk === talk) || stars_of(event).has(talk), now());
  if (told.length > 0) notice_change({ revision: index.revision, personal: told.map(sentence), behind: false, seen: () => read(index.revision, index) });
  else keep(index);
}

/** Asks for the revision; teaches the clock; tells when the page is behind. */
async function check(): Promise<boolean> {
  const sent = Date.now();
  try {
    const answer = await fetch(`/${event}/revision.json`, { cache: "no-store" });
    if (!answer.ok) return false;
    learn(answer.headers.get("date"), sent, Date.now());
    const told = (await answer.json()) as { revision: number; released_at: number; pages: string; banner?: Banner };
    tell({ revision: told.revision, released_at: told.released_at, checked_at: now(), connection: status().connection === "live" ? "live" : "polled" });
    // A page that came from the server is what the server has; one from the phone's copy may be older.
    const in_doubt = compared_with === undefined ? Boolean(navigator.serviceWorker?.controller) : compared_with !== told.pages;
    compared_with = told.pages;
    if (in_doubt) void compare(told.revision);
    void look(told.revision);
    if (told.banner) show_banner(told.banner);
    document.dispatchEvent(new CustomEvent("confer-checked", { detail: told }));
    return true;
  } catch {
    tell({ connection: "offline" });
    document.dispatchEvent(new CustomEvent("confer-unreachable"));
    return false;
  }
}

/** 60 to 90 s, so that a venue full of phones does not ask at the same moment. */
export const poll_ms = (random: number): number => 60_000 + random * 30_000;

function poll(): void {
  setTimeout(() => {
    const due = status().connection !== "live" && document.visibilityState === "visible";
    void (due ? check() : Promise.resolve()).finally(poll);
  }, poll_ms(Math.random()));
}

/** Holds the stream; never ends. The browser reconnects by itself, after the time that the server gave. */
function stream(): Promise<never> {
  const open = () => {
    const source = new EventSource(`/${event}/live`);
    source.addEventListener("open", () => {
      tell_all({ type: "open" });
      void check();
    });
    source.addEventListener("released", (told) => tell_all({ type: "released", data: JSON.parse((told as MessageEvent<string>).data) as Released }));
    source.addEventListener("banner", (told) => tell_all({ type: "banner", data: JSON.parse((told as MessageEvent<string>).data) as Banner }));
    source.addEventListener("reset", () => tell_all({ type: "check" }));
    source.addEventListener("error", () => {
      tell_all({ type: "lost" });
      void check();
      // Refused for good: polling keeps the page true; the stream is tried again later.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, poll_ms(Math.random()));
    });
  };
  open();
  return new Promise(() => undefined);
}

function begin(): void {
  prepare_notices();
  channel?.addEventListener("message", (told: MessageEvent<Message | { type: "who" }>) => {
    if (told.data.type === "who") {
      if (leading && status().connection === "live") channel.postMessage({ type: "open" } satisfies Message);
    } else take(told.data);
  });
  let leading = false;
  const lead = () => {
    leading = true;
    return stream();
  };
  if (channel && "locks" in navigator) {
    void navigator.locks.request(`confer-live-${event}`, lead);
    // A tab that does not lead learns from the one that does whether the stream is open.
    setTimeout(() => leading || channel.postMessage({ type: "who" }), 300);
  } else {
    // Over plain HTTP there are no locks: each tab has its own stream.
    void lead();
  }
  void check();
  poll();
  addEventListener("online", () => void check());
  addEventListener("offline", () => void check());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && now() - status().checked_at > 30_000 && void check());
}

if (event) begin();
