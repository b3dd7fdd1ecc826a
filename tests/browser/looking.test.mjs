// Browser tests that look and read, on an installation of their own.
import { after, before } from "node:test";
import { close_all, open_all } from "./support.mjs";

before(open_all);
after(close_all);
await import("./pages.mjs");
await import("./looks.mjs");
