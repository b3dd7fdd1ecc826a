// Sending a file in pieces that survive a lost connection (tus 1.0: creation, then PATCHes from the offset that the server tells).

export interface Plan {
  file: File;
  title: string;
  create: string; // where an upload is created
  signal: AbortSignal;
  progress: (sent: number) => void;
  waiting: (seconds: number) => void;
}
export type Outcome = { kind: "done" } | { kind: "stopped" } | { kind: "refused"; sentence: string };

const piece = 1 << 20; // bytes: at 400 kbit/s one takes 20 s, and that much is sent again at worst
const tus = { "Tus-Resumable": "1.0.0" };
const longestWait = 30; // seconds

const keyOf = (plan: Plan): string => `upload ${plan.create} ${plan.file.name} ${plan.file.size} ${plan.file.lastModified}`;

/** The answer, or nothing when the server could not be reached. A stop is thrown. */
async function ask(plan: Plan, address: string, options: RequestInit): Promise<Response | undefined> {
  try {
    return await fetch(address, { ...options, signal: plan.signal, credentials: "same-origin" });
  } catch (error) {
    if (plan.signal.aborted) throw error;
    return undefined;
  }
}

/** Base64 of UTF-8, as Upload-Metadata wants it. */
function base64(text: string): string {
  let bytes = "";
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes);
}

async function wait(plan: Plan, tries: number): Promise<void> {
  const seconds = Math.min(longestWait, 2 ** Math.min(tries, 5));
  plan.waiting(seconds);
  await new Promise<void>((done, stop) => {
    const end = (): void => {
      window.clearTimeout(timer);
      window.removeEventListener("online", early);
      plan.signal.removeEventListener("abort", aborted);
    };
    const early = (): void => {
      end();
      done();
    };
    const aborted = (): void => {
      end();
      stop(new Error("stopped"));
    };
    const timer = window.setTimeout(early, seconds * 1000);
    window.addEventListener("online", early);
    plan.signal.addEventListener("abort", aborted);
  });
}

/** What the server says when it refuses, in its own words where it has some. */
async function sentenceOf(response: Response): Promise<string> {
  const text = await response.text();
  if (response.headers.get("Content-Type")?.startsWith("text/html")) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const words = page.querySelector("main p")?.textContent ?? page.querySelector("h1")?.textContent;
    if (words) return words.trim();
  }
  return text.length > 0 && text.length < 500 && !text.startsWith("<") ? text.trim() : "The server did not take the file.";
}

const isPassing = (status: number): boolean => status === 429 || status >= 500;

async function offsetOf(plan: Plan, address: string): Promise<number | undefined | "unreachable"> {
  const answer = await ask(plan, address, { method: "HEAD", headers: tus });
  if (!answer || isPassing(answer.status)) return "unreachable";
  const offset = answer.headers.get("Upload-Offset");
  return answer.ok && offset !== null ? Number(offset) : undefined;
}

/** Where an earlier try of the same file stands, if the server still knows it. */
export async function knownUpload(plan: Plan): Promise<string | undefined> {
  let address: string | null = null;
  try {
    address = window.localStorage.getItem(keyOf(plan));
  } catch {
    return undefined; // a browser that keeps nothing: it begins anew
  }
  if (!address) return undefined;
  try {
    const offset = await offsetOf(plan, address);
    return offset === undefined ? undefined : address;
  } catch {
    return undefined;
  }
}

export function forgetUpload(plan: Plan): void {
  try {
    window.localStorage.removeItem(keyOf(plan));
  } catch {
    // nothing was kept
  }
}

export async function goOn(plan: Plan, address: string): Promise<Outcome> {
  try {
    let tries = 0;
    for (;;) {
      const offset = await offsetOf(plan, address);
      if (offset === undefined) {
        forgetUpload(plan);
        return { kind: "refused", sentence: "The server does not know this upload any more. Please start it again." };
      }
      if (offset === "unreachable") {
        await wait(plan, ++tries);
        continue;
      }
      let sent = offset;
      plan.progress(sent);
      for (;;) {
        const body = plan.file.slice(sent, sent + piece);
        const answer = await ask(plan, address, {
          method: "PATCH",
          headers: { ...tus, "Upload-Offset": String(sent), "Content-Type": "application/offset+octet-stream" },
          body,
        });
        if (!answer || isPassing(answer.status) || (answer.status === 409 && sent < plan.file.size)) {
          await wait(plan, ++tries);
          break; // asks where it stands
        }
        if (!answer.ok) {
          forgetUpload(plan);
          return { kind: "refused", sentence: await sentenceOf(answer) };
        }
        tries = 0;
        sent = Number(answer.headers.get("Upload-Offset") ?? sent + body.size);
        plan.progress(sent);
        if (sent >= plan.file.size) return { kind: "done" };
      }
    }
  } catch (error) {
    if (plan.signal.aborted) return { kind: "stopped" };
    throw error;
  }
}

export async function begin(plan: Plan): Promise<Outcome> {
  try {
    for (let tries = 0; ; ) {
      const metadata = `filename ${base64(plan.file.name)},filetype ${base64(plan.file.type)},title ${base64(plan.title)}`;
      const answer = await ask(plan, plan.create, {
        method: "POST",
        headers: { ...tus, "Upload-Length": String(plan.file.size), "Upload-Metadata": metadata },
      });
      if (!answer || isPassing(answer.status)) {
        await wait(plan, ++tries);
        continue;
      }
      const address = answer.headers.get("Location");
      if (!answer.ok || !address) return { kind: "refused", sentence: await sentenceOf(answer) };
      try {
        window.localStorage.setItem(keyOf(plan), address);
      } catch {
        // it goes on within this page all the same
      }
      return await goOn(plan, address);
    }
  } catch (error) {
    if (plan.signal.aborted) return { kind: "stopped" };
    throw error;
  }
}
