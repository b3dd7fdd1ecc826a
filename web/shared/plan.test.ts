import assert from "node:assert/strict";
import test from "node:test";
import { clock_after, type Index, sessions_of, times_of } from "./index";
import { gap_before, in_order, moment_of, now_and_next, overlapping } from "./plan";

const at = (start: number, end: number, room_code = "A", cancelled = false) => ({ start, end, room_code, cancelled });

test("sessions overlap when they share a moment, not when one follows the other", () => {
  const a = at(0, 30), b = at(30, 60), c = at(20, 40), gone = at(0, 60, "A", true);
  const all = [a, b, c, gone];
  assert.deepEqual(overlapping(a, all), [c]);
  assert.deepEqual(overlapping(b, all), [c]);
  assert.deepEqual(overlapping(c, all), [a, b]);
  assert.deepEqual(overlapping(gone, all), []);
});

test("a gap counts from the latest end before, not from the last start", () => {
  const all = in_order([at(50, 60), at(0, 100), at(160, 200)]);
  assert.deepEqual(all.map((_, i) => gap_before(all, i)), [0, 0, 60]);
});

test("now and next at the edges: a start belongs to the session, an end does not", () => {
  const first = at(0, 30), second = at(30, 60), gone = at(60, 90, "A", true), last = at(90, 120), other = at(0, 200, "B");
  const all = [last, gone, second, first, other];
  assert.deepEqual(now_and_next(all, "A", -1), { running: undefined, next: first });
  assert.deepEqual(now_and_next(all, "A", 0), { running: first, next: second });
  assert.deepEqual(now_and_next(all, "A", 30), { running: second, next: last });
  assert.deepEqual(now_and_next(all, "A", 60), { running: undefined, next: last });
  assert.deepEqual(now_and_next(all, "A", 120), { running: undefined, next: undefined });
  assert.equal(moment_of(0, 30, 30), "past");
});

test("the columns of index.json become sessions", () => {
  const index: Index = {
    event: "e", title: "E", language: "en", revision: 1, released_at: 0, zone: "Europe/Berlin", day_start_hour: 5, rooms: [["hall", "Hall"]], tracks: [["track-web", "Web"]], types: [["talk", "Talk"]],
    bases: ["/e", "/summit"], speakers: ["Ada", "Bob"], days: ["2027-05-07"],
    slots: { id: [7], talk: ["QX7T9M"], slug: ["on-time"], title: ["On time"], speakers: [[1, 0]], room: [0], track: [0], type: [0], base: [1], day: [0], start: [0], end: [2_700_000],
      local: ["23:30"], kind: [0], state: [2] },
  };
  const [session] = sessions_of(index);
  assert.ok(session);
  assert.equal(session.href, "/summit/talks/QX7T9M-on-time");
  assert.deepEqual(session.speakers, ["Bob", "Ada"]);
  assert.equal(session.room_href, "/e/rooms/hall");
  assert.equal(session.local_start, "2027-05-07T23:30");
  const after_midnight = sessions_of({ ...index, slots: { ...index.slots, local: ["00:30"] } })[0];
  assert.equal(after_midnight?.local_start, "2027-05-08T00:30");
  assert.equal(times_of(session), "23:30–00:15");
  assert.deepEqual([session.moved, session.cancelled, session.is_break], [true, false, false]);
  assert.equal(clock_after("00:10", -20 * 60_000), "23:50");
});
