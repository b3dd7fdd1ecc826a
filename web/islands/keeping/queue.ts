// Keys for the keeper's queue: j and k go on and back, a accepts, d declines, x ticks. Without it, everything is a button.
const queue = document.querySelector<HTMLElement>("[data-queue]");

if (queue) {
  const cases = [...queue.querySelectorAll<HTMLElement>(".case")];
  const present = (): number => cases.findIndex((one) => one.contains(document.activeElement));
  const go_to = (place: number): void => {
    const one = cases[Math.max(0, Math.min(cases.length - 1, place))];
    one?.focus();
    one?.scrollIntoView({ block: "nearest" });
  };
  const press = (selector: string): void => cases[present()]?.querySelector<HTMLElement>(selector)?.click();
  const keys: Record<string, () => void> = {
    j: () => go_to(present() + 1),
    k: () => go_to(present() - 1),
    a: () => press("[data-accept]"),
    d: () => press("[data-decline]"),
    x: () => press(".case-tick input"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // What is typed into a field is text.
    if (event.target instanceof HTMLElement && event.target.closest("textarea, select, input:not([type=checkbox])")) return;
    const deed = keys[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
}

export {};
