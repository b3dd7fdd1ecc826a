import assert from "node:assert/strict";
import test from "node:test";
import { type Marks, merge, parse, same, set } from "./marks";

/** Numbers from a seed, so that a failure comes back. (Park and Miller 1988, the minimal standard.) */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

function some_marks(next: (below: number) => number): Marks {
  const out: Marks = {};
  for (let i = next(6); i > 0; i--) out[`T${next(5)}`] = { starred: next(2) === 1, at: next(4) };
  return out;
}

test("merging is the same in any order, grouping and repetition", () => {
  const next = random(20270504);
  for (let round = 0; round < 3000; round++) {
    const a = some_marks(next), b = some_marks(next), c = some_marks(next);
    assert.ok(same(merge(a, b), merge(b, a)), `${JSON.stringify(a)} ${JSON.stringify(b)}`);
    assert.ok(same(merge(merge(a, b), c), merge(a, merge(b, c))));
    assert.ok(same(merge(a, a), a));
    assert.ok(same(merge(merge(a, b), b), merge(a, b)));
  }
});

test("of two marks the later wins, at the same time the star", () => {
  const star = { T: { starred: true, at: 5 } }, off = { T: { starred: false, at: 5 } }, later = { T: { starred: false, at: 6 } };
  assert.deepEqual(merge(off, star), star);
  assert.deepEqual(merge(star, off), star);
  assert.deepEqual(merge(star, later), later);
});

test("a new wish wins over what is known, also with a clock that is behind", () => {
  const known: Marks = { T: { starred: true, at: 1000 } };
  assert.deepEqual(set(known, "T", false, 10), { T: { starred: false, at: 1001 } });
  assert.deepEqual(known, { T: { starred: true, at: 1000 } });
});

test("what is no mark in the storage is dropped", () => {
  assert.deepEqual(parse('{"A":{"starred":true,"at":3},"B":{"starred":1,"at":3},"C":null,"D":{"starred":true}}'), { A: { starred: true, at: 3 } });
  assert.deepEqual(parse("{cut"), {});
  assert.deepEqual(parse(null), {});
  assert.deepEqual(parse("[1]"), {});
});
