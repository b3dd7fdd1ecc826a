// The stars of this device for one event: kept in its storage, shared by its tabs, brought together with the server's set when online.
import { now } from "./clock";
import { recall, remember } from "./dom";
import { type Mark, type Marks, merge, parse, same, set } from "./marks";

const token_key = "confer.token";
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

  private async exchange(): Promise<boolean> {
    const sent = this.marks;
    const ask = async (secret: string) =>
      post(`/${this.event}/stars`, { token: secret, marks: Object.entries(sent).map(([talk, mark]: [string, Mark]) => ({ talk, ...mark })) });
    let answer = await ask(token());
    if (token() && answer.status === 404) {
      // The set was deleted, or became a person's.
      keep_token("");
      answer = await ask("");
    }
    // Neither a set nor a person: a new set begins with what is on this device.
    if (!token() && (answer.status === 400 || answer.status === 401 || answer.status === 422)) answer = await ask(await require_token());
    if (!answer.ok) return false;
    const told = (await answer.json()) as { marks: ({ talk: string } & Mark)[] };
    const theirs: Marks = {};
    for (const { talk, starred, at } of told.marks) theirs[talk] = { starred, at };
    // The server cuts times in the future: its time is then the true one, or this device would win for ever.
    const own: Marks = {};
    for (const [talk, mark] of Object.entries(this.marks)) {
      const cut = theirs[talk];
      own[talk] = cut && sent[talk] === mark && cut.at < mark.at && cut.starred === mark.starred ? cut : mark;
    }
    this.marks = own;
    this.take(merge(own, theirs), true);
    return true;
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
