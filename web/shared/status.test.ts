import assert from "node:assert/strict";
import test from "node:test";
import { status_text } from "./status";
import { say, type Text } from "./text";

const english = (text: Text, ...values: (string | number)[]) => say("en", text, ...values);
const at = Date.UTC(2027, 4, 7, 12, 0, 40);

test("the line tells the revision's age, and whether it is live", () => {
  const state = { revision: 7, released_at: at - 40_000, checked_at: at - 30_000, connection: "live" as const };
  assert.equal(status_text("en", state, at, english), "Revision 7, 40 s ago · live");
  assert.equal(status_text("en", { ...state, connection: "polled" }, at, english), "Revision 7, 40 s ago · checked 30 s ago");
  assert.equal(status_text("en", { ...state, revision: 0, connection: "polled" }, at, english), "");
});

test("offline it tells since when", () => {
  const checked_at = new Date(2027, 4, 7, 14, 2).getTime();
  assert.equal(status_text("en", { revision: 7, released_at: 0, checked_at, connection: "offline" }, checked_at + 60_000, english), "Offline, as of 14:02");
  assert.equal(status_text("en", { revision: 0, released_at: 0, checked_at: 0, connection: "offline" }, at, english), "Offline");
});
