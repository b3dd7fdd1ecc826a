import assert from "node:assert/strict";
import test from "node:test";
import { in_zone, offset_of_wall_time } from "./zone_time";

const start = Date.UTC(2027, 4, 7, 8, 30), end = start + 45 * 60_000;

test("another day of the viewer is named", () => {
  assert.equal(in_zone("en", "Europe/Berlin", start, end, "2027-05-07"), "10:30–11:15");
  assert.equal(in_zone("en", "Pacific/Apia", start + 4 * 3_600_000, undefined, "2027-05-07"), "Sat 01:30");
  assert.equal(in_zone("de", "America/Los_Angeles", start, end, "2027-05-07"), "01:30–02:15");
});

test("a wall time and its instant tell the offset", () => {
  assert.equal(offset_of_wall_time("2027-05-07T10:30", start), 120);
  assert.equal(offset_of_wall_time("2027-05-07T21:30", start), 780);
  // A talk's page says the instant.
  assert.equal(offset_of_wall_time("2027-05-07T10:30:00+02:00", start), 120);
});
