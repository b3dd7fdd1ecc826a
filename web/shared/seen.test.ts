import assert from "node:assert/strict";
import test from "node:test";
import type { Session } from "./index";
import { Kind, news, parse_seen, seen_of } from "./seen";

const hour = 3_600_000;
const session = (id: number, changed: Partial<Session> = {}): Session => ({
  id, talk: `T${id}`, title: `Talk ${id}`, href: `/e/talks/T${id}`, speakers: [], room: "Hall", room_code: "hall", room_href: "", track: "", track_class: "", type: "", day: "2027-05-07",
  start: id * hour, end: (id + 1) * hour, local: "10:00", local_start: "2027-05-07T10:00", is_break: false, cancelled: false, moved: false, ...changed,
});
const before = [session(1), session(2), session(3), session(4), session(5)];
const all = () => true;

test("moved in time or room, cancelled, on again, gone: each is told once, and what is the same is not", () => {
  const seen = seen_of([...before, session(6, { cancelled: true })]);
  const after = [session(1, { room: "Barn" }), session(2, { start: 2.5 * hour, local_start: "2027-05-07T12:30" }), session(3, { cancelled: true }), session(5), session(6), session(7)];
  const told = news(seen, after, all, 0);
  assert.deepEqual(told.map(({ slot, kind }) => [slot, kind]), [[1, Kind.moved], [2, Kind.retimed], [3, Kind.cancelled], [4, Kind.removed], [6, Kind.reinstated]]);
  assert.deepEqual([told[0]?.room, told[1]?.start, told[3]?.title], ["Barn", "2027-05-07T12:30", "Talk 4"]);
  assert.deepEqual(news(seen_of(after), after, all, 0), []);
});

test("what is over, or not starred any more, is no news", () => {
  const seen = seen_of(before), after = before.map((one) => ({ ...one, cancelled: true }));
  assert.deepEqual(news(seen, after, all, 4 * hour).map((change) => change.slot), [4, 5]);
  assert.deepEqual(news(seen, after, (talk) => talk === "T2", 0).map((change) => change.slot), [2]);
});

test("what was kept is read again, and anything else is nothing", () => {
  const kept = { revision: 7, talks: ["T1", "T9"], slots: seen_of(before) };
  assert.deepEqual(parse_seen(JSON.stringify(kept)), kept);
  for (const wrong of [null, "", "7", "null", "{}", '{"revision":"7","talks":[],"slots":{}}', '{"revision":7,"talks":[]}', '{"revision":7,"slots":{}}'])
    assert.deepEqual(parse_seen(wrong), { revision: 0, talks: [], slots: {} });
});
