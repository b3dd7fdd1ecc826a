import assert from "node:assert/strict";
import test from "node:test";
import { offset_of } from "./clock";

test("the offset is the server's time less the middle of the question", () => {
  assert.equal(offset_of(10_000, 4_000, 6_000), 5_000);
  assert.equal(offset_of(10_000, 1_210_000, 1_210_000), -1_200_000);
});
