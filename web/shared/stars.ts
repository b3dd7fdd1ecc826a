// The stars of this device for one event: kept in its storage, shared by its tabs, brought together with the server's set when online.
import { now } from "./clock";
import { digest_of } from "./digest";
import { recall, remember } from "./dom";
import { lacking, type Mark, type Marks, merge, parse, same, set } from "./marks";

const token_key = "confer.token";
/** Of one exchange: this device's news; what the server lacks besides; a star put on meanwhile. The rest waits for the next one. */
const most_rounds = 3;

/** The secret that opens this device's set on the server; "" until there is one. */
export const token = (): string => recall(token_key) ?? "";
export const keep_token = (value: string): void => remember(token_key, value || null);

export async function post(address: string, body: unknown): Promise<Response> {
  return fetch(address, { method: "POST", headers: { "content-type": "application/json" }, credentials: "same-origin", body: JSON.stringify(body) });
}

/** A set on the server for this device, made when there is none. */
export async function require_token(): Promise<string> {
  if (token()) return token();
  const answer = await post("/stars", {});
  if (!answer.ok) throw new Error(`/stars answered ${answer.status}`);
  // Two tabs may ask at once: the first to be kept is the one.
  if (!token()) keep_token(((await answer.json()) as { token: string }).token);
  return token();
}

export class Stars {
  private marks: Marks;
  private readonly key: string;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy: Promise<boolean> | undefined;
  /** Talks starred or unstarred here since the server last heard. A page that was closed before it did forgets this: then the digests tell. */
  private readonly fresh = new Set<string>();

  constructor(readonly event: string) {
    this.key = `confer.stars.${event}`;
    this.marks = parse(recall(this.key));
    addEventListener("storage", (change) => {
      if (change.key === this.key) this.take(parse(change.newValue), false);
    });
    addEventListener("online", () => this.soon(0));
    if (Object.keys(this.marks).length > 0 || token()) this.soon(1000);
  }

  has(talk: string): boolean {
    return this.marks[talk]?.starred === true;
  }
  /** Codes, starred ones only. */
  starred(): string[] {
    return Object.keys(this.marks).filter((talk) => this.has(talk));
  }
  on_change(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  put(talk: string, starred: boolean): void {
    this.take(set(merge(this.marks, parse(recall(this.key))), talk, starred, now()), true);
    this.fresh.add(talk);
    this.soon(500);
  }

  /** True when the server's set and this device's are one now. */
  async sync(): Promise<boolean> {
    this.busy ??= this.exchange().catch(() => false).finally(() => (this.busy = undefined));
    return this.busy;
  }

  private soon(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.sync(), ms);
  }

  /** A set on the server is asked for what differs, and told what only this device knows: mostly one star, or nothing at all. */
  private async exchange(): Promise<boolean> {
    let due: ReadonlySet<string> = new Set(this.fresh);
    for (let round = 0; round < most_rounds; round++) {
      const sent = this.marks;
      const answer = await this.ask(sent, due);
      if (!answer.ok) return false;
      const told = (await answer.json()) as { token?: string; parts?: number[]; marks: ({ talk: string } & Mark)[] };
      // Who had neither a set nor an account got a new set. Two tabs may have asked at once: the first to be kept is the one, and lacks the other's stars.
      if (told.token && !token()) keep_token(told.token);
      else if (told.token) this.soon(0);
      for (const talk of due) if (sent[talk] === this.marks[talk]) this.fresh.delete(talk);
      const theirs: Marks = {};
      for (const { talk, starred, at } of told.marks) theirs[talk] = { starred, at };
      // The server cuts times in the future: its time is then the true one, or this device would win for ever.
      const own: Marks = {};
      for (const [talk, mark] of Object.entries(this.marks)) {
        const cut = theirs[talk];
        own[talk] = cut && due.has(talk) && sent[talk] === mark && cut.at < mark.at && cut.starred === mark.starred ? cut : mark;
      }
      this.marks = own;
      this.take(merge(own, theirs), true);
      // What it lacks of the parts it told: stars from before a connection was lost, or of another set. A talk that it does not know is told once.
      const before = due;
      due = new Set([...Object.keys(lacking(this.marks, theirs, told.parts)).filter((talk) => !before.has(talk)), ...this.fresh]);
      if (due.size === 0) return true;
    }
    this.soon(500);
    return true;
  }

  private async ask(all: Marks, due: ReadonlySet<string>): Promise<Response> {
    const marks = Object.entries(all).filter(([talk]) => due.has(talk)).map(([talk, mark]) => ({ talk, ...mark }));
    const body = { marks, have: digest_of(all) };
    // What was asked with counts, not what is kept by now: another question may have made a set meanwhile.
    let asked_with = token();
    let answer = await post(`/${this.event}/stars`, { token: asked_with, ...body });
    if (asked_with && answer.status === 404) {
      // The set was deleted, or became a person's.
      if (token() === asked_with) keep_token("");
      asked_with = token();
      answer = await post(`/${this.event}/stars`, { token: asked_with, ...body });
    }
    return answer;
  }

  private take(marks: Marks, write: boolean): void {
    const changed = !same(this.marks, marks);
    this.marks = marks;
    if (write) {
      const text = JSON.stringify(marks);
      if (recall(this.key) !== text) remember(this.key, text);
    }
    if (changed) for (const listener of this.listeners) listener();
  }
}

/** The event that a talk's page belongs to: "/de/summit/talks/QX7T9M" is the summit's, also where the edition's page shows it. */
export const event_of_href = (href: string | null | undefined): string => /([^/]+)\/talks\//.exec(href ?? "")?.[1] ?? "";

const sets = new Map<string, Stars>();
export function stars_of(event: string): Stars {
  let found = sets.get(event);
  if (!found) sets.set(event, (found = new Stars(event)));
  return found;
}
