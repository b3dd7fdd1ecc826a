// Browser tests of what is recorded, on an installation of their own: what comes in, what is cut, and the archive.
import { after, before } from "node:test";
import { close_all, open_all } from "./support.mjs";

before(open_all);
after(close_all);
await import("./archive.mjs");
await import("./footage.mjs");
await import("./cutting.mjs");
