import assert from "node:assert/strict";
import test from "node:test";
import { matcher } from "./match";

test("words match by their beginnings, without case and accents", () => {
  assert.ok(matcher("zoe gro")("Zoë Weiß: Große Pläne"));
  assert.ok(matcher("weiss")("Zoë Weiß"));
  assert.ok(!matcher("lane")("Große Pläne"));
  assert.ok(!matcher("zoe berlin")("Zoë Weiß"));
  assert.ok(matcher("  ")("anything"));
  assert.ok(matcher("東京")("東京 2027"));
});
