// Shows the outcome of work that was asked for as soon as it is there. Without it, the link "Look again" does the same.
const wait = 1000; // ms between two looks

const place = document.querySelector<HTMLElement>("[data-wait]");

async function look(section: HTMLElement): Promise<void> {
  try {
    const response = await fetch(section.dataset.wait ?? "");
    if (!response.ok) return;
    // Our own server's escaped markup: the same section of the same page, later.
    const later = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-wait]");
    if (later?.querySelector("[data-waiting]")) return;
    if (later) section.replaceChildren(...later.childNodes);
  } catch {
    // Offline: the next look may succeed.
  }
}

if (place?.querySelector("[data-waiting]"))
  void (async (section) => {
    while (section.querySelector("[data-waiting]")) {
      await new Promise((next) => window.setTimeout(next, wait));
      await look(section);
    }
  })(place);

export {};
