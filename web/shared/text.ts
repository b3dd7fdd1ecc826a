// What the islands say, in every language that the site speaks (texts.ts). A key is the English text; {0}, {1} are replaced.
import { say, type Text } from "./say";

export { say, type Text };

/** What dates are written as: English ones as the server writes them, "Sunday, 29 November". */
export const locale_of = (language: string): string => (language === "en" ? "en-GB" : language);

/** In the page's language. */
export const t = (text: Text, ...values: (string | number)[]): string => say(document.documentElement.lang, text, ...values);

/** "40 s", "5 min", "3 h", "2 days": how long something took or is ago, in the biggest fitting unit. */
export function span(language: string, ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return say(language, "{0} s", seconds);
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return say(language, "{0} min", minutes);
  const hours = Math.round(minutes / 60);
  return hours < 48 ? say(language, "{0} h", hours) : say(language, "{0} days", Math.round(hours / 24));
}

/** "75 min" as "1 h 15 min": a length to plan with. */
export function length(language: string, minutes: number): string {
  const hours = Math.floor(minutes / 60), rest = minutes % 60;
  if (hours === 0) return say(language, "{0} min", rest);
  return rest === 0 ? say(language, "{0} h", hours) : say(language, "{0} h {1} min", hours, rest);
}
