import assert from "node:assert/strict";
import test from "node:test";
import { digest_of, part_of } from "./digest";
import { type Mark, type Marks, merge, parse, same } from "./marks";

/** What a browser has and Node does not. Each device below is an "event" of its own name, so that both live in one storage; the server takes them as one. */
const storage = new Map<string, string>();
Object.assign(globalThis, {
  localStorage: { getItem: (key: string) => storage.get(key) ?? null, setItem: (key: string, value: string) => storage.set(key, value), removeItem: (key: string) => storage.delete(key) },
  addEventListener: () => undefined,
});

interface Asked { token: string; marks: ({ talk: string } & Mark)[]; have: string }
const server = { marks: {} as Marks, known: (talk: string) => talk !== "NOTALK", online: true, asked: [] as Asked[], told: [] as number[], time: 1_000_000 };
globalThis.fetch = async (_: unknown, init?: { body?: unknown }) => {
  if (!server.online) throw new TypeError("offline");
  const body = JSON.parse(String(init?.body)) as Asked;
  server.asked.push(body);
  for (const { talk, starred, at } of body.marks) if (server.known(talk)) server.marks = merge(server.marks, { [talk]: { starred, at: Math.min(at, server.time) } });
  const ours = digest_of(server.marks);
  const parts = Array.from({ length: 16 }, (_, part) => part).filter((part) => ours.slice(part * 8, part * 8 + 8) !== body.have.slice(part * 8, part * 8 + 8));
  const marks = Object.entries(server.marks).filter(([talk]) => parts.includes(part_of(talk))).map(([talk, mark]) => ({ talk, ...mark }));
  server.told.push(marks.length);
  return { ok: true, status: 200, json: async () => ({ parts, marks, now: server.time }) } as Response;
};

const { Stars } = await import("./stars");
type Device = InstanceType<typeof Stars>;
const kept = (device: Device): Marks => parse(storage.get(`confer.stars.${device.event}`) ?? null);
function fresh_start(): void {
  storage.clear();
  storage.set("confer.token", "secret");
  Object.assign(server, { marks: {}, online: true, asked: [], told: [], time: 1_000_000 });
}
test.beforeEach(() => void (Date.now = () => server.time));

test("of a thousand stars one more is sent alone, and nothing comes back", async () => {
  fresh_start();
  const phone = new Stars("phone");
  for (let n = 0; n < 1000; n++) phone.put(`T${n}`, true);
  assert.equal(await phone.sync(), true);
  assert.equal(server.asked[0]?.marks.length, 1000);
  phone.put("ONE", true);
  assert.equal(await phone.sync(), true);
  assert.deepEqual(server.asked[1]?.marks, [{ talk: "ONE", starred: true, at: 1_000_000 }]);
  assert.deepEqual([server.asked.length, server.told[1]], [2, 0]);
  // Another device took one off: only the part that it is in comes.
  server.time += 1000;
  server.marks = merge(server.marks, { T5: { starred: false, at: server.time } });
  assert.equal(await phone.sync(), true);
  assert.deepEqual(server.asked[2]?.marks, []);
  assert.equal(server.told[2], Object.keys(server.marks).filter((talk) => part_of(talk) === part_of("T5")).length);
  assert.equal(phone.has("T5"), false);
});

test("a page that was closed before its star was sent: the next one sends it", async () => {
  fresh_start();
  const before = new Stars("phone");
  before.put("A", true);
  await before.sync();
  server.online = false;
  before.put("B", true);
  assert.equal(await before.sync(), false);
  server.online = true;
  server.asked = [];
  const after = new Stars("phone");
  assert.equal(await after.sync(), true);
  assert.deepEqual(server.asked.map((asked) => asked.marks.map((mark) => mark.talk)), [[], ["B"]]);
  assert.ok(same(server.marks, kept(after)));
});

test("a star put on while an exchange is under way is not forgotten", async () => {
  fresh_start();
  const phone = new Stars("phone");
  phone.put("A", true);
  const running = phone.sync();
  phone.put("B", true);
  await running;
  assert.deepEqual(Object.keys(server.marks).sort(), ["A", "B"]);
});

test("a talk that the server does not know is told once a page, and a server that lost its set gets it again", async () => {
  fresh_start();
  const phone = new Stars("phone");
  phone.put("NOTALK", true);
  phone.put("A", true);
  assert.equal(await phone.sync(), true);
  assert.equal(server.asked.length, 1);
  server.marks = {};
  assert.equal(await phone.sync(), true);
  assert.deepEqual(Object.keys(server.marks), ["A"]);
});

test("a phone whose clock is ahead does not win for ever", async () => {
  fresh_start();
  Date.now = () => server.time + 3_600_000;
  const phone = new Stars("phone");
  phone.put("A", true);
  await phone.sync();
  assert.equal(kept(phone)["A"]?.at, server.time);
  Date.now = () => server.time;
  const other = new Stars("tablet");
  await other.sync();
  server.time += 1;
  other.put("A", false);
  await other.sync();
  await phone.sync();
  assert.equal(phone.has("A"), false);
});

test("two devices that star at random, offline and online in any order, end with the server's state, which is the merge of all their wishes", async () => {
  let seed = 20270504;
  const below = (n: number): number => (seed = (seed * 48271) % 2147483647) % n;
  for (let round = 0; round < 60; round++) {
    fresh_start();
    // A little behind: two wishes within a millisecond are then not from the future.
    Date.now = () => server.time - 1000;
    const devices = [new Stars("phone"), new Stars("tablet")];
    let wishes: Marks = {};
    for (let step = 0; step < 40; step++) {
      const device = devices[below(2)] as Device, talk = `T${below(12)}`;
      server.time += below(3);
      server.online = below(3) > 0;
      device.put(talk, below(2) === 1);
      wishes = merge(wishes, { [talk]: kept(device)[talk] as Mark });
      if (below(2) === 1) await device.sync();
      // A tab that is closed and opened again knows what the storage knows.
      if (below(5) === 0) devices[devices.indexOf(device)] = new Stars(device.event);
    }
    server.online = true;
    for (const device of [devices[below(2)] as Device, ...devices, ...devices]) assert.equal(await device.sync(), true);
    for (const device of devices) assert.ok(same(kept(device), server.marks), `${round}: ${JSON.stringify(kept(device))} ${JSON.stringify(server.marks)}`);
    assert.ok(same(server.marks, wishes), `${round}`);
  }
});

test("a first star makes a set; one that another tab has made meanwhile gets it, too", async () => {
  for (const made_elsewhere of ["", "made elsewhere"]) {
    fresh_start();
    storage.delete("confer.token");
    const answers = globalThis.fetch;
    globalThis.fetch = async (address, init) => {
      const body = JSON.parse(String(init?.body)) as Asked;
      if (body.token !== "") return answers(address, init);
      if (made_elsewhere) {
        storage.set("confer.token", made_elsewhere);
        return { ok: true, status: 200, json: async () => ({ token: "made here", parts: [], marks: [], now: server.time }) } as Response;
      }
      const answer = await answers(address, init);
      return { ok: true, status: 200, json: async () => ({ token: "made here", ...(await answer.json()) }) } as Response;
    };
    try {
      const phone = new Stars("phone");
      phone.put("A", true);
      assert.equal(await phone.sync(), true);
      assert.equal(await phone.sync(), true);
      assert.equal(storage.get("confer.token"), made_elsewhere || "made here");
      assert.equal(server.marks["A"]?.starred, true);
      assert.equal(server.asked.at(-1)?.token, made_elsewhere || "made here");
    } finally {
      globalThis.fetch = answers;
    }
  }
});
