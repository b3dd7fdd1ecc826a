// Shows the clashes of a slot form as it is filled in. Without it, the button "Check for clashes" does the same.
const wait = 400; // ms after the last key

const place = document.querySelector<HTMLElement>("[data-slot-check]");
const form = place?.querySelector("form");
const answer = place?.querySelector<HTMLElement>(".slot-clashes");

if (place && form && answer) {
  let timer = 0;
  let asked = 0;

  const check = async (): Promise<void> => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") query.append(name, value);
    query.set("slot", place.dataset.slotNumber ?? "0");
    const mine = ++asked;
    try {
      const response = await fetch(`${place.dataset.slotCheck ?? ""}?${query.toString()}`);
      if (!response.ok || mine !== asked) return;
      // Our own server's escaped markup: the same list that the page was drawn with.
      const list = new DOMParser().parseFromString(await response.text(), "text/html").body;
      if (mine === asked) answer.replaceChildren(...list.childNodes);
    } catch {
      // Offline: the list stays as it was, and saving checks again.
    }
  };

  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void check(), wait);
  });
}

export {};
