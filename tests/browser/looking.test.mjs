// Browser tests that look and read, on one installation; last, what adds to it without changing the programme.
import { after, before } from "node:test";
import { close_all, open_all } from "./support.mjs";

before(open_all);
after(close_all);
await import("./pages.mjs");
await import("./looks.mjs");
await import("./archive.mjs");
await import("./footage.mjs");
await import("./cutting.mjs");
