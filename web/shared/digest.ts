// Whether this device and the server know the same stars, said in 128 characters: so only what differs travels. src/programme/star_digest.h counts the same.
import type { Mark, Marks } from "./marks";

const parts = 16;

/** FNV-1a and MurmurHash3's last step, 32 bits; codes are ASCII. */
function hash_of(text: string): number {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** In which part a talk's mark counts: 0 to 15. */
export const part_of = (talk: string): number => hash_of(talk) % parts;

/** Of each part the sum of its marks' hashes, eight hexadecimal digits each. The order of the marks does not matter. */
export function digest_of(marks: Marks): string {
  const sums = new Uint32Array(parts);
  for (const [talk, { starred, at }] of Object.entries<Mark>(marks)) sums[part_of(talk)] = (sums[part_of(talk)] ?? 0) + hash_of(`${talk}${starred ? "+" : "-"}${at}`);
  return [...sums].map((sum) => sum.toString(16).padStart(8, "0")).join("");
}
