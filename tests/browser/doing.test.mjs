// Browser tests of attendees, on an installation of their own, in this order: those that change the programme come last.
import { after, before } from "node:test";
import { close_all, open_all } from "./support.mjs";

before(open_all);
after(close_all);
await import("./attendee.mjs");
await import("./elsewhere.mjs");
await import("./offline.mjs");
await import("./live.mjs");
