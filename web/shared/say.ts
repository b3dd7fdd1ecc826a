// A text of texts.ts in a language: no page is needed for it.
import { type Text } from "./texts";
import { words } from "./words";

export type { Text };
export const table: Record<string, Record<string, string>> = words;

/** The text in a language, its places filled. A language without a table speaks English. */
export function say(language: string, text: Text, ...values: (string | number)[]): string {
  const own = table[language.split("-")[0] ?? ""]?.[text] ?? text;
  return own.replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)] ?? ""));
}
