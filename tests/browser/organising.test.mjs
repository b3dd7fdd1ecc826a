// Browser tests of organisers, on an installation of their own, in this order: those that change the programme come last.
import { after, before } from "node:test";
import { close_all, open_all } from "./support.mjs";

before(open_all);
after(close_all);
await import("./keeper.mjs");
await import("./organiser.mjs");
