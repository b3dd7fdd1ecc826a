// The team's list of cuts: keys for going through it (j, k, Enter), and what the machine is doing, without loading the page anew.
const list = document.querySelector<HTMLElement>("confer-cuts");
const each_ms = 5000;

const links = (): HTMLAnchorElement[] => [...(list?.querySelectorAll<HTMLAnchorElement>("tbody a") ?? [])];

function go(by: number): void {
  const all = links();
  const present = all.findIndex((link) => link === document.activeElement);
  const next = all[Math.max(0, Math.min(all.length - 1, present + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** What changed is put in place; where somebody stands stays. */
async function refresh(): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => undefined);
  if (!list || !answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("confer-cuts");
  if (!fresh || fresh.innerHTML === list.innerHTML) return;
  const stands = document.activeElement instanceof HTMLAnchorElement ? document.activeElement.href : undefined;
  list.replaceChildren(...fresh.childNodes);
  if (stands) links().find((link) => link.href === stands)?.focus({ preventScroll: true });
}

if (list) {
  for (const hidden of document.querySelectorAll<HTMLElement>("[data-scripted]")) hidden.hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLElement && event.target.closest("textarea, select, input")) return;
    if (event.key !== "j" && event.key !== "k") return;
    event.preventDefault();
    go(event.key === "j" ? 1 : -1);
  });
  setInterval(() => document.visibilityState === "visible" && void refresh(), each_ms);
}

export {};
