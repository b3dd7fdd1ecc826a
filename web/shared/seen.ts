// What a person last saw of the sessions they starred: a phone that slept while one moved says so when it is opened again.
import type { Session } from "./index";
import { event_of_href } from "./stars";

/** As the server names them: added, removed, cancelled, reinstated, moved, retimed, edited. */
export enum Kind { added, removed, cancelled, reinstated, moved, retimed, edited }

/** Of one session; the same shape as in the server's message of a release. */
export interface Change {
  talk: string;
  title: string;
  kind: Kind;
  slot: number;
  room: string;
  /** "2027-05-07T11:30": the wall time of the event. */
  start: string;
}

interface Place {
  talk: string;
  title: string;
  start: number;
  end: number;
  room: string;
  cancelled: boolean;
}
/** By the slot's number. */
export type Seen = Record<string, Place>;

export const starred_of = (sessions: readonly Session[], is_starred: (event: string, talk: string) => boolean): Session[] =>
  sessions.filter((session) => session.talk !== "" && is_starred(event_of_href(session.href), session.talk));

export const seen_of = (starred: readonly Session[]): Seen =>
  Object.fromEntries(starred.map(({ id, talk, title, start, end, room, cancelled }) => [id, { talk, title, start, end, room, cancelled }]));

/** What changed of the starred sessions since `seen`, but for those that are over. What was starred since then is no news. */
export function news(seen: Seen, starred: readonly Session[], is_starred: (talk: string) => boolean, now: number): Change[] {
  const out: Change[] = [];
  for (const [slot, before] of Object.entries(seen)) {
    if (!is_starred(before.talk)) continue;
    const after = starred.find((session) => session.id === Number(slot));
    if (Math.max(before.end, after?.end ?? 0) <= now) continue;
    const told = (kind: Kind) => out.push({ talk: before.talk, title: after?.title ?? before.title, kind, slot: Number(slot), room: after?.room ?? "", start: after?.local_start ?? "" });
    if (!after) {
      if (!before.cancelled) told(Kind.removed);
    } else if (after.cancelled !== before.cancelled) told(after.cancelled ? Kind.cancelled : Kind.reinstated);
    else if (!after.cancelled && (after.start !== before.start || after.end !== before.end || after.room !== before.room)) told(after.room !== before.room ? Kind.moved : Kind.retimed);
  }
  return out;
}

export interface Kept {
  revision: number;
  /** Starred when it was kept, also those that have no place. */
  talks: string[];
  slots: Seen;
}

/** From storage, which anything may have written: nothing seen, when it is not what was put there. */
export function parse_seen(text: string | null): Kept {
  try {
    const { revision, talks, slots } = JSON.parse(text ?? "") as Partial<Record<keyof Kept, unknown>>;
    if (typeof revision === "number" && Array.isArray(talks) && typeof slots === "object" && slots !== null) return { revision, talks: talks.map(String), slots: slots as Seen };
  } catch {
    // As if nothing had been seen.
  }
  return { revision: 0, talks: [], slots: {} };
}
