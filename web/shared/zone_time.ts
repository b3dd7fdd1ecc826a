// Wall times in the viewer's zone beside the event's.
import { locale_of } from "./text";

/** Minutes that the wall time `local` ("2027-05-07T10:30", or with its own offset behind it) is ahead of UTC at that instant. */
export const offset_of_wall_time = (local: string, instant: number): number => Math.round((Date.parse(`${local.slice(0, 16)}Z`) - instant) / 60_000);

/** "Sat 10:30–11:15": the weekday stands there when it is another than at the event. */
export function in_zone(language: string, zone: string | undefined, start: number, end: number | undefined, event_date: string): string {
  const time_zone = zone === undefined ? {} : { timeZone: zone };
  const clock = new Intl.DateTimeFormat(locale_of(language), { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...time_zone });
  const date = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", ...time_zone }).format(start);
  const day = date === event_date ? "" : `${new Intl.DateTimeFormat(locale_of(language), { weekday: "short", ...time_zone }).format(start)} `;
  return day + clock.format(start) + (end === undefined ? "" : `–${clock.format(end)}`);
}
