// index.json: the whole programme in columns, read once a page.

export interface Index {
  event: string;
  title: string;
  language: string;
  revision: number;
  released_at: number;
  zone: string;
  day_start_hour: number;
  rooms: [string, string][];
  tracks: [string, string][];
  types: [string, string][];
  bases: string[];
  speakers: string[];
  days: string[];
  slots: {
    id: number[]; talk: string[]; slug: string[]; title: string[]; speakers: number[][]; room: number[]; track: number[]; type: number[]; base: number[];
    day: number[]; start: number[]; end: number[]; local: string[]; kind: number[]; state: number[];
  };
}

/** One slot of the columns. */
export interface Session {
  id: number;
  talk: string;
  title: string;
  href: string;
  speakers: string[];
  room: string;
  room_code: string;
  room_href: string;
  track: string;
  track_class: string;
  type: string;
  day: string;
  start: number;
  end: number;
  /** "10:30", in the event's zone. */
  local: string;
  /** "2027-05-08T00:30": the calendar's date, which after midnight is not `day`'s. */
  local_start: string;
  is_break: boolean;
  cancelled: boolean;
  moved: boolean;
}

function local_start(day: string, local: string, day_start_hour: number): string {
  const next = Number(local.slice(0, 2)) < day_start_hour ? 86_400_000 : 0;
  return `${new Date(Date.parse(`${day}T00:00Z`) + next).toISOString().slice(0, 10)}T${local}`;
}

export function sessions_of(index: Index): Session[] {
  const s = index.slots;
  return s.id.map((id, i) => {
    const talk = s.talk[i] ?? "", base = index.bases[s.base[i] ?? 0] ?? "", slug = s.slug[i] ?? "";
    const room = index.rooms[s.room[i] ?? -1], track = index.tracks[s.track[i] ?? -1];
    return {
      id, talk, title: s.title[i] ?? "", href: talk ? `${base}/talks/${talk}${slug ? `-${slug}` : ""}` : "",
      speakers: (s.speakers[i] ?? []).map((at) => index.speakers[at] ?? ""), room: room?.[1] ?? "", room_code: room?.[0] ?? "",
      room_href: room ? `${index.bases[0] ?? ""}/rooms/${room[0]}` : "", track: track?.[1] ?? "", track_class: track?.[0] ?? "",
      type: index.types[s.type[i] ?? -1]?.[0] ?? "", day: index.days[s.day[i] ?? 0] ?? "", start: s.start[i] ?? 0, end: s.end[i] ?? 0, local: s.local[i] ?? "",
      local_start: local_start(index.days[s.day[i] ?? 0] ?? "", s.local[i] ?? "", index.day_start_hour),
      is_break: s.kind[i] !== 0, cancelled: s.state[i] === 1, moved: s.state[i] === 2,
    };
  });
}

const loaded = new Map<string, Promise<Index>>();

/** Fails when there is neither a connection nor a copy kept for offline use. */
export function load_index(address: string): Promise<Index> {
  let index = loaded.get(address);
  if (!index) {
    index = fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
      return answer.json() as Promise<Index>;
    });
    index.catch(() => loaded.delete(address));
    loaded.set(address, index);
  }
  return index;
}

/** "10:30" in the event's zone, `ms` after a moment that reads `local`. */
export function clock_after(local: string, ms: number): string {
  const [hours = 0, minutes = 0] = local.split(":").map(Number);
  const total = (((hours * 60 + minutes + Math.round(ms / 60_000)) % 1440) + 1440) % 1440;
  return `${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;
}

/** "10:30–11:15". */
export const times_of = (session: Session): string => `${session.local}–${clock_after(session.local, session.end - session.start)}`;
