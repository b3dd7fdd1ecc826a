// The ends of a cut, on its player: plays around them, moves them by seconds and frames, and notes that both were seen. Without it the form's fields do all.

/// How much is played before and after an end.
const lead_s = 3, tail_s = 2;
/// How far a key jumps.
const jump_s = 5;

type End = "from" | "to";

class ConferCut extends HTMLElement {
  private video!: HTMLVideoElement;
  private readonly fields = {} as Record<End, HTMLInputElement>;
  private stop_at: number | undefined;
  private playing: End | undefined;

  connectedCallback(): void {
    const video = this.querySelector("video");
    const from = this.querySelector<HTMLInputElement>("#from_s"), to = this.querySelector<HTMLInputElement>("#to_s");
    if (!video || !from || !to) return;
    this.video = video;
    this.fields.from = from;
    this.fields.to = to;
    for (const hidden of document.querySelectorAll<HTMLElement>("[data-scripted]")) hidden.hidden = false;
    for (const end of ["from", "to"] as const) {
      this.on(`[data-play="${end}"]`, () => this.play(end));
      this.on(`[data-here="${end}"]`, () => this.put(end, this.video.currentTime));
      for (const button of this.querySelectorAll<HTMLElement>(`[data-end="${end}"]`))
        button.addEventListener("click", () => {
          const frames = Number(button.dataset["frames"] ?? 0);
          this.put(end, this.value(end) + (frames === 0 ? Number(button.dataset["move"] ?? 0) : frames / (Number(this.dataset["rate"]) || 25)));
        });
      this.fields[end].addEventListener("change", () => {
        this.unseen(end);
        this.mark();
      });
    }
    video.addEventListener("timeupdate", () => this.follow());
    document.addEventListener("keydown", (event) => this.key(event));
    this.querySelector<SVGElement>(".cut-wave")?.addEventListener("click", (click) => {
      const box = (click.currentTarget as SVGElement).getBoundingClientRect();
      video.currentTime = ((click.clientX - box.left) / box.width) * (Number(this.dataset["length"]) || video.duration || 0);
    });
    for (const picture of this.querySelectorAll<HTMLElement>(".cut-thumb")) picture.addEventListener("click", () => { video.currentTime = Number(picture.dataset["at"]); });
    for (const joint of this.querySelectorAll<HTMLElement>("[data-joint]")) joint.addEventListener("click", () => this.play_from(Number(joint.dataset["joint"]) - lead_s, lead_s + tail_s));
    // One voice at a time.
    const players = [video, ...this.querySelectorAll("audio")];
    for (const player of players) player.addEventListener("play", () => { for (const other of players) if (other !== player) other.pause(); });
    video.addEventListener("ended", () => this.finish());
    // The player begins with the talk, not with the minute before it.
    const begin = () => { if (video.currentTime === 0) video.currentTime = Math.max(0, this.value("from")); };
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) begin();
    else video.addEventListener("loadedmetadata", begin, { once: true });
  }

  private on(selector: string, deed: () => void): void {
    this.querySelector<HTMLElement>(selector)?.addEventListener("click", deed);
  }
  private value(end: End): number {
    return Number(this.fields[end].value.replace(",", ".")) || 0;
  }
  private box(end: End): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>(end === "from" ? "#saw_beginning" : "#saw_end");
  }
  private unseen(end: End): void {
    const box = this.box(end);
    if (box) box.checked = false;
  }

  /** Moves an end, and shows the frame there. */
  private put(end: End, time: number): void {
    const most = Number(this.dataset["length"]) || time;
    this.fields[end].value = Math.min(most, Math.max(0, time)).toFixed(3);
    this.mark();
    this.unseen(end);
    this.video.pause();
    this.stop_at = undefined;
    this.playing = undefined;
    this.video.currentTime = this.value(end);
  }

  /** Without a mouse: only where nothing is typed or pressed. */
  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    if (event.target !== document.body && !this.contains(event.target)) return;
    if (event.target.closest("textarea, select, input:not([type=checkbox], [type=radio]), audio")) return;
    const video = this.video, frame = 1 / (Number(this.dataset["rate"]) || 25);
    const jump = (by: number): void => { video.currentTime = Math.max(0, video.currentTime + by); };
    const step = (by: number): void => {
      video.pause();
      jump(by);
    };
    const deeds: Record<string, () => void> = {
      i: () => this.put("from", video.currentTime), o: () => this.put("to", video.currentTime), q: () => this.play("from"), w: () => this.play("to"),
      j: () => jump(-jump_s), l: () => jump(jump_s), ",": () => step(-frame), ".": () => step(frame),
      // The decision itself is Enter, on the button.
      g: () => this.querySelector<HTMLElement>("button[value=good]")?.focus(),
      n: () => document.querySelector<HTMLAnchorElement>("a[data-next]")?.click(),
    };
    // On a button, a link or the player a space has its own meaning.
    if (event.target === document.body) deeds[" "] = () => { if (video.paused) void video.play().catch(() => undefined); else video.pause(); };
    const deed = deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  }

  /** What goes is dim in the picture of the sound. */
  private mark(): void {
    const wave = this.querySelector<SVGSVGElement>(".cut-wave");
    const most = Number(this.dataset["length"]);
    if (!wave || !most) return;
    const width = wave.viewBox.baseVal.width, from = (this.value("from") / most) * width, to = (this.value("to") / most) * width;
    wave.querySelector('[data-gone="from"]')?.setAttribute("width", String(Math.max(0, from)));
    const rest = wave.querySelector('[data-gone="to"]');
    rest?.setAttribute("x", String(to));
    rest?.setAttribute("width", String(Math.max(0, width - to)));
  }

  /** The beginning as it will be: its first seconds. The end: its last ones. */
  private play(end: End): void {
    const at = this.value(end);
    if (end === "from") this.play_from(at, lead_s + tail_s);
    else this.play_from(at - lead_s, Math.min(at, lead_s));
    this.playing = end;
  }
  private play_from(at: number, seconds: number): void {
    this.playing = undefined;
    this.video.currentTime = Math.max(0, at);
    this.stop_at = Math.max(0, at) + seconds;
    void this.video.play().catch(() => undefined);
  }

  private follow(): void {
    if (this.stop_at !== undefined && this.video.currentTime >= this.stop_at) this.finish();
  }

  /** What was asked for has been played: that end is seen. */
  private finish(): void {
    const end = this.playing;
    this.stop_at = undefined;
    this.playing = undefined;
    this.video.pause();
    if (!end) return;
    const box = this.box(end);
    if (box) box.checked = true;
  }
}

customElements.define("confer-cut", ConferCut);

const each_ms = 3000;

/** A page that waits for the machine looks again by itself, but not under somebody's hands. */
function look_again(): void {
  setTimeout(() => {
    if (document.visibilityState === "visible" && !document.activeElement?.closest("form")) location.replace(location.href);
    else look_again();
  }, each_ms);
}
if (document.querySelector("[data-moves]")) look_again();

export {};
