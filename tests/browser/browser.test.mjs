// The browser tests, on one installation, in this order; not_green_yet.mjs says what is left out and why.
import { after, before } from "node:test";
import { close_all, open_all } from "./support.mjs";

before(open_all);
after(close_all);
await import("./pages.mjs");
await import("./offline.mjs");
await import("./attendee.mjs");
