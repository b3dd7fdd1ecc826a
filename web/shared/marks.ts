// Stars as a set that merges: each talk's mark has its time, the later wins, at the same time the star does.
import { part_of } from "./digest";

export interface Mark {
  starred: boolean;
  /** ms since 1970, by the server's clock as far as the phone knows it. */
  at: number;
}
export type Marks = Record<string, Mark>;

const wins = (a: Mark, b: Mark): boolean => a.at > b.at || (a.at === b.at && a.starred && !b.starred);

/** Any order, any repetition, any grouping gives the same answer; neither argument is changed. */
export function merge(a: Marks, b: Marks): Marks {
  const out: Marks = { ...a };
  for (const [talk, mark] of Object.entries(b)) {
    const own = out[talk];
    if (!own || wins(mark, own)) out[talk] = mark;
  }
  return out;
}

/** What `own` knows and `theirs` does not, or only in an older state; of the parts that `theirs` tells all of: without a list, of all. */
export function lacking(own: Marks, theirs: Marks, parts?: readonly number[]): Marks {
  const out: Marks = {};
  for (const [talk, mark] of Object.entries(own)) {
    if (parts && !parts.includes(part_of(talk))) continue;
    const other = theirs[talk];
    if (!other || wins(mark, other)) out[talk] = mark;
  }
  return out;
}

/** The person's newest wish is always later than what is known, however wrong the clock is. */
export function set(marks: Marks, talk: string, starred: boolean, now: number): Marks {
  return { ...marks, [talk]: { starred, at: Math.max(now, (marks[talk]?.at ?? 0) + 1) } };
}

export function same(a: Marks, b: Marks): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key]?.at === b[key]?.at && a[key]?.starred === b[key]?.starred);
}

/** From storage, which anything may have written: what is no mark is dropped. */
export function parse(text: string | null): Marks {
  const out: Marks = {};
  let value: unknown;
  try {
    value = JSON.parse(text ?? "{}");
  } catch {
    return out;
  }
  if (typeof value !== "object" || value === null) return out;
  for (const [talk, mark] of Object.entries(value as Record<string, unknown>)) {
    const { starred, at } = (mark ?? {}) as { starred?: unknown; at?: unknown };
    if (typeof starred === "boolean" && typeof at === "number" && Number.isFinite(at)) out[talk] = { starred, at: Math.floor(at) };
  }
  return out;
}
