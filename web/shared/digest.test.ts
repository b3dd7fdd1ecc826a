import assert from "node:assert/strict";
import test from "node:test";
import { digest_of, part_of } from "./digest";
import type { Marks } from "./marks";

const marks: Marks = { QX7T9M: { starred: true, at: 1796000000123 }, B3KD2P: { starred: false, at: 1000 }, "7WHZ4N": { starred: true, at: 0 } };

test("the same marks give the server's digest, in any order", () => {
  // The same numbers stand in tests/programme/star_digest_test.cpp.
  assert.deepEqual([part_of("QX7T9M"), part_of("B3KD2P"), part_of("7WHZ4N")], [9, 14, 14]);
  assert.equal(digest_of(marks), `${"0".repeat(72)}5d3347f9${"0".repeat(32)}4325f096${"0".repeat(8)}`);
  assert.equal(digest_of(Object.fromEntries(Object.entries(marks).reverse())), digest_of(marks));
  assert.equal(digest_of({}), "0".repeat(128));
});

test("another time, a star taken off, a mark more: another digest", () => {
  const before = digest_of(marks);
  assert.notEqual(digest_of({ ...marks, QX7T9M: { starred: true, at: 1796000000124 } }), before);
  assert.notEqual(digest_of({ ...marks, QX7T9M: { starred: false, at: 1796000000123 } }), before);
  assert.notEqual(digest_of({ ...marks, TTTTTT: { starred: true, at: 1 } }), before);
  // Two stars taken off at once do not add up to nothing.
  let same = 0;
  for (let n = 0; n < 2000; n++) {
    const pair = (starred: boolean): Marks => ({ [`A${n}`]: { starred, at: n }, [`B${n}`]: { starred: !starred, at: n } });
    if (digest_of(pair(true)) === digest_of(pair(false))) same++;
  }
  assert.equal(same, 0);
});
