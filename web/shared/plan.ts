// What a person's starred sessions mean together: which overlap, where there is time between; and what runs now and next in a room.
import type { Session } from "./index";

type Times = Pick<Session, "start" | "end" | "cancelled">;

/** In order of time; those that start together, the shorter first. */
export const in_order = <T extends Times>(sessions: readonly T[]): T[] => [...sessions].sort((a, b) => a.start - b.start || a.end - b.end);

/** Those that share a moment with `session`. Ending when another starts is no overlap, and what is cancelled takes no time. */
export function overlapping<T extends Times>(session: T, all: readonly T[]): T[] {
  if (session.cancelled) return [];
  return all.filter((other) => other !== session && !other.cancelled && other.start < session.end && session.start < other.end);
}

/** ms free before `all[at]` since the latest end of those before it; 0 for the first, and when there is none. `all` is in order. */
export function gap_before(all: readonly Times[], at: number): number {
  const next = all[at];
  const before = all.slice(0, at).filter((session) => !session.cancelled);
  if (!next || before.length === 0) return 0;
  return Math.max(0, next.start - Math.max(...before.map((session) => session.end)));
}

export type Moment = "past" | "now" | "coming";
export const moment_of = (start: number, end: number, now: number): Moment => (end <= now ? "past" : start <= now ? "now" : "coming");

/** What runs in a room, and what comes then: cancelled sessions do neither. A session of all rooms counts where its room is "". */
export function now_and_next<T extends Times & Pick<Session, "room_code">>(all: readonly T[], room: string, now: number): { running: T | undefined; next: T | undefined } {
  const here = in_order(all.filter((session) => !session.cancelled && session.room_code === room));
  return {
    running: here.find((session) => moment_of(session.start, session.end, now) === "now"),
    next: here.find((session) => session.start > now),
  };
}
