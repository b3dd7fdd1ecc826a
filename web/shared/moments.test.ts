import assert from "node:assert/strict";
import { test } from "node:test";
import { at_moment, embed_at, moment_text, parse_moment, resume_at } from "./moments";

test("a moment is read as people write it", () => {
  assert.deepEqual(["754", "12:34", "1:02:03", "1h2m3s", "90m", "5s"].map(parse_moment), [754, 754, 3723, 3723, 5400, 5]);
  assert.deepEqual(["", "x", "1:99", "12:", "-4", "1h2"].map(parse_moment), [undefined, undefined, undefined, undefined, undefined, undefined]);
  assert.deepEqual([0, 59.9, 754, 3723].map(moment_text), ["0:00", "0:59", "12:34", "1:02:03"]);
});

test("an address takes a moment along", () => {
  assert.equal(at_moment("https://a.example/e/talks/X", 754.9), "https://a.example/e/talks/X?t=754");
  assert.equal(at_moment("https://a.example/e?a=1#p", 5), "https://a.example/e?a=1&t=5#p");
  assert.equal(at_moment("https://a.example/e", 0), "https://a.example/e");
  assert.equal(at_moment("https://a.example/e", undefined), "https://a.example/e");
});

test("each host's player begins where it is told", () => {
  assert.equal(embed_at("https://www.youtube-nocookie.com/embed/abc", "youtube", 90, "https://c.example"), "https://www.youtube-nocookie.com/embed/abc?autoplay=1&enablejsapi=1&origin=https%3A%2F%2Fc.example&start=90");
  assert.equal(embed_at("https://player.vimeo.com/video/1?dnt=1", "vimeo", 90, ""), "https://player.vimeo.com/video/1?dnt=1&autoplay=1#t=90s");
  assert.equal(embed_at("https://tube.example/videos/embed/u", "peertube", 90, ""), "https://tube.example/videos/embed/u?autoplay=1&start=90s");
  assert.equal(embed_at("https://archive.org/embed/x", "archive_org", 0, ""), "https://archive.org/embed/x?autoplay=1");
});

test("one goes on where one was, but not at the end", () => {
  assert.deepEqual([resume_at(undefined, 100), resume_at(4, 100), resume_at(50, 100), resume_at(95, 100), resume_at(50, NaN)], [0, 0, 50, 0, 50]);
});
