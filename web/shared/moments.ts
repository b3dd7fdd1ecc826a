// Moments in a recording: as people write them, and as addresses have them.

/** "754", "12:34", "1:02:03", "1h2m3s" → seconds; nothing when it is none of these. */
export function parse_moment(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (/^\d+(:[0-5]?\d){0,2}$/.test(trimmed)) return trimmed.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(trimmed);
  if (!parts || trimmed === "") return undefined;
  return Number(parts[1] ?? 0) * 3600 + Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0);
}

/** "12:34", "1:02:03". */
export function moment_text(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds)), hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60, rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** The address with the moment in it. At the very beginning it needs none. */
export function at_moment(address: string, seconds: number | undefined): string {
  const [before = "", fragment] = address.split("#");
  const moment = seconds !== undefined && seconds >= 1 ? `${before.includes("?") ? "&" : "?"}t=${Math.floor(seconds)}` : "";
  return `${before}${moment}${fragment ? `#${fragment}` : ""}`;
}

/** A host's player, told to play from a moment on. */
export function embed_at(embed: string, place: string, seconds: number, own_origin: string): string {
  const url = new URL(embed), start = Math.floor(seconds);
  url.searchParams.set("autoplay", "1");
  if (place === "youtube") {
    // What it tells of itself is how the page knows where one is.
    url.searchParams.set("enablejsapi", "1");
    url.searchParams.set("origin", own_origin);
  }
  if (start > 0) {
    if (place === "vimeo") url.hash = `t=${start}s`;
    else url.searchParams.set("start", place === "peertube" ? `${start}s` : String(start));
  }
  return url.href;
}

/** Where to go on: not in the first moments, and not in the last. */
export function resume_at(remembered: number | undefined, length: number): number {
  if (remembered === undefined || remembered < 15) return 0;
  return Number.isFinite(length) && remembered > length - 20 ? 0 : remembered;
}
