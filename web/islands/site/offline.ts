// Registers the service worker, where the browser has one (a secure context), and shows what it knows: since when the page is offline.
import { base_of_page, event_of_page } from "../../shared/dom";
import { status, tell } from "../../shared/status";

interface Kept {
  type: "kept";
  revision: number;
  released_at: number;
  saved_at: number;
}

async function begin(): Promise<void> {
  // Over plain HTTP there is no worker: the page works as it is.
  if (!globalThis.isSecureContext || !("serviceWorker" in navigator)) return;
  const worker = navigator.serviceWorker;
  worker.addEventListener("message", (told: MessageEvent<Kept>) => {
    if (told.data.type !== "kept") return;
    document.documentElement.dataset["kept"] = String(told.data.revision);
    // While the server answers, what it says is newer than the copy.
    if (status().connection === "offline") tell({ checked_at: told.data.saved_at, revision: told.data.revision, released_at: told.data.released_at });
  });
  const ask = (type: "keep" | "state") => worker.ready.then((registration) => registration.active?.postMessage({ type, base: base_of_page(), event: event_of_page() }));
  document.addEventListener("confer-unreachable", () => void ask("state"));
  if (status().connection === "offline") void ask("state");
  try {
    await worker.register("/sw.js", { updateViaCache: "none" });
  } catch {
    // Offline, or forbidden by the person: the worker that is there goes on, or there is none.
  }
  if (!event_of_page()) {
    if (!worker.controller) void worker.ready.then((registration) => registration.active?.postMessage({ type: "visited" }));
    return;
  }
  void ask("keep");
  let revision = "";
  document.addEventListener("confer-checked", (checked) => {
    const pages = (checked as CustomEvent<{ pages?: string }>).detail.pages ?? "";
    if (pages !== revision && revision !== "") void ask("keep");
    revision = pages;
  });
}

void begin();
