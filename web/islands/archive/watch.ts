// A recording: other hosts' players after a click only; going on where one was, speed, keys; sharing a moment, copying a citation.
import { el, icon, recall, remember } from "../../shared/dom";
import { at_moment, embed_at, moment_text, parse_moment, resume_at } from "../../shared/moments";
import { t } from "../../shared/text";

const speeds = [0.75, 1, 1.25, 1.5, 1.75, 2];
const speed_key = "confer.speed";
const most_remembered = 200;

/** Where one is in the recording of this page, for sharing it. */
let moment = 0;
const told = new EventTarget();
const tell = (seconds: number) => {
  moment = seconds;
  told.dispatchEvent(new Event("moment"));
};

const positions_key = "confer.watched";
/** Positions by talk, the oldest first. */
function positions(): [string, number][] {
  try {
    return JSON.parse(recall(positions_key) ?? "[]") as [string, number][];
  } catch {
    return [];
  }
}
const position_of = (talk: string): number | undefined => positions().find(([code]) => code === talk)?.[1];
function keep_position(talk: string, seconds: number | undefined): void {
  const others = positions().filter(([code]) => code !== talk);
  if (seconds !== undefined) others.push([talk, Math.floor(seconds)]);
  remember(positions_key, JSON.stringify(others.slice(-most_remembered)));
}

const asked_moment = (): number | undefined => parse_moment(new URLSearchParams(location.search).get("t") ?? "");

/** Another host's player tells where it is; nobody else is listened to. */
function listen(frame: HTMLIFrameElement, place: string, talk: string): void {
  const origin = new URL(frame.src).origin;
  const say = (message: unknown) => frame.contentWindow?.postMessage(JSON.stringify(message), origin);
  frame.addEventListener("load", () => {
    if (place === "youtube") say({ event: "listening", id: 1, channel: "widget" });
    if (place === "vimeo") say({ method: "addEventListener", value: "timeupdate" });
  });
  let kept = 0;
  addEventListener("message", (message) => {
    if (message.origin !== origin || message.source !== frame.contentWindow) return;
    let data: { event?: string; info?: { currentTime?: number }; data?: { seconds?: number } };
    try {
      data = (typeof message.data === "string" ? JSON.parse(message.data) : message.data) as typeof data;
    } catch {
      return;
    }
    if (place === "vimeo" && data.event === "ready") say({ method: "addEventListener", value: "timeupdate" });
    const seconds = data.info?.currentTime ?? data.data?.seconds;
    if (typeof seconds !== "number") return;
    tell(seconds);
    if (Math.abs(seconds - kept) < 5) return;
    kept = seconds;
    keep_position(talk, seconds);
  });
}

/** One more view: a number for the talk, nothing of who watches. */
function count_view(talk: string): void {
  navigator.sendBeacon("/public/recordings/count", new URLSearchParams({ event_id: talk }));
}

class Player extends HTMLElement {
  connectedCallback(): void {
    const media = this.querySelector<HTMLMediaElement>("video, audio"), poster = this.querySelector<HTMLAnchorElement>("a.poster");
    const talk = this.dataset["talk"] ?? "";
    if (poster) this.facade(poster, talk);
    if (media instanceof HTMLVideoElement && this.dataset["brief"] !== undefined) this.brief(media, talk);
    else if (media) this.own(media, talk);
  }

  private facade(poster: HTMLAnchorElement, talk: string): void {
    const place = this.dataset["place"] ?? "";
    const from = () => asked_moment() ?? resume_at(position_of(talk), NaN);
    const start = from();
    if (start > 0) poster.querySelector(".poster-words")?.append(el("span", { class: "poster-length" }, t("from {0}", moment_text(start))));
    poster.addEventListener("click", (click) => {
      // A new tab is the host's own page.
      if (click.ctrlKey || click.metaKey || click.shiftKey || click.button !== 0) return;
      click.preventDefault();
      const frame = el("iframe", {
        title: this.dataset["title"] ?? "", allow: "autoplay; fullscreen; picture-in-picture; encrypted-media", allowfullscreen: "",
        // Some hosts play only where they are told who asks: they get this site's name, not the page's.
        referrerpolicy: "strict-origin-when-cross-origin", src: embed_at(this.dataset["embed"] ?? "", place, from(), location.origin),
      });
      listen(frame, place, talk);
      this.replaceChildren(frame);
      frame.focus();
      count_view(talk);
    });
  }

  /** One of many on a page, folded away: no tools, no keys of the page, and no moment to share; those are on its own page. */
  private brief(media: HTMLVideoElement, talk: string): void {
    media.addEventListener("play", () => count_view(talk), { once: true });
    this.closest("details")?.addEventListener("toggle", () => (media.poster = media.dataset["poster"] ?? ""), { once: true });
  }

  private own(media: HTMLMediaElement, talk: string): void {
    const begin = () => {
      const start = asked_moment() ?? resume_at(position_of(talk), media.duration);
      if (start > 0 && media.currentTime < 1) media.currentTime = start;
    };
    if (media.readyState > 0) begin();
    else media.addEventListener("loadedmetadata", begin, { once: true });
    media.addEventListener("play", () => count_view(talk), { once: true });
    let kept = 0;
    media.addEventListener("timeupdate", () => {
      tell(media.currentTime);
      if (Math.abs(media.currentTime - kept) < 5) return;
      kept = media.currentTime;
      keep_position(talk, kept);
    });
    media.addEventListener("pause", () => {
      if (media.currentTime > 0 && !media.ended) keep_position(talk, media.currentTime);
    });
    media.addEventListener("ended", () => keep_position(talk, undefined));
    this.chapters(media);
    this.tools(media);
    this.keys(media);
  }

  /** The list of chapters beside it: each leads here, and the one that is shown is marked. */
  private chapters(media: HTMLMediaElement): void {
    const links = Array.from(this.parentElement?.querySelectorAll<HTMLAnchorElement>(".chapters a[data-at]") ?? []);
    const at = (link: HTMLAnchorElement) => Number(link.dataset["at"]);
    for (const link of links)
      link.addEventListener("click", (click) => {
        if (click.ctrlKey || click.metaKey || click.shiftKey || click.button !== 0) return;
        click.preventDefault();
        media.currentTime = at(link);
        void media.play().catch(() => undefined);
      });
    const mark = () => {
      const here = media.currentTime > 0 ? links.filter((link) => at(link) <= media.currentTime).pop() : undefined;
      for (const link of links)
        if (link === here) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
    };
    // On a slow line the picture may take its time: where one went is seen at once.
    for (const moved of ["seeking", "timeupdate"]) media.addEventListener(moved, mark);
  }

  private tools(media: HTMLMediaElement): void {
    const choose = el("select", { "aria-label": t("Speed") });
    for (const speed of speeds) choose.append(el("option", { value: String(speed) }, `${String(speed).replace(".", t("."))}×`));
    const set = (speed: number) => {
      media.defaultPlaybackRate = media.playbackRate = speed;
      choose.value = String(speed);
      remember(speed_key, speed === 1 ? null : String(speed));
    };
    choose.addEventListener("change", () => set(Number(choose.value)));
    media.addEventListener("ratechange", () => (choose.value = String(media.playbackRate)));
    const remembered = Number(recall(speed_key) ?? 1);
    set(speeds.includes(remembered) ? remembered : 1);
    const keys = el("details", { class: "player-keys" }, el("summary", {}, t("Keys")),
      el("p", {}, t("Space or k: play or pause. j, l: 10 seconds back, on. Arrows: 5 seconds. 0 to 9: to a tenth. < >: slower, faster. f: full screen. m: sound. c: captions.")));
    this.append(el("div", { class: "player-tools" }, el("label", {}, `${t("Speed")} `, choose), keys));
  }

  private keys(media: HTMLMediaElement): void {
    const by = (seconds: number) => (media.currentTime = Math.min(Math.max(0, media.currentTime + seconds), media.duration || Infinity));
    const faster = (steps: number) => {
      const here = speeds.indexOf(media.playbackRate), next = speeds[Math.min(Math.max((here < 0 ? 1 : here) + steps, 0), speeds.length - 1)] ?? 1;
      media.playbackRate = next;
      remember(speed_key, next === 1 ? null : String(next));
    };
    const acts: Record<string, () => unknown> = {
      k: () => (media.paused ? void media.play() : media.pause()),
      j: () => by(-10), l: () => by(10), "<": () => faster(-1), ">": () => faster(1),
      m: () => (media.muted = !media.muted),
      f: () => (document.fullscreenElement ? document.exitFullscreen() : media.requestFullscreen?.()),
      c: () => {
        for (const track of Array.from(media.textTracks)) if (track.kind !== "chapters") track.mode = track.mode === "showing" ? "disabled" : "showing";
      },
    };
    document.addEventListener("keydown", (key) => {
      if (key.ctrlKey || key.metaKey || key.altKey || key.defaultPrevented) return;
      const at = key.target as Element;
      if (at.matches("input, textarea, select, [contenteditable]")) return;
      const inside = this.contains(at) && at !== media ? at.matches("summary, a, button") : false;
      // The browser's own keys of a focused player are the same for the arrows and the space.
      const act = acts[key.key] ?? (/^[0-9]$/.test(key.key) && media.duration ? () => (media.currentTime = (media.duration * Number(key.key)) / 10) : undefined);
      if (!act || inside) return;
      key.preventDefault();
      act();
    });
  }
}

function copy_button(text: () => string): HTMLButtonElement {
  const words = el("span", { "aria-live": "polite" }, t("Copy"));
  const button = el("button", { type: "button", class: "button button-quiet button-small" }, icon("copy"), words);
  button.addEventListener("click", () => {
    void navigator.clipboard?.writeText(text()).then(() => {
      words.textContent = t("Copied");
      setTimeout(() => (words.textContent = t("Copy")), 2000);
    });
  });
  return button;
}

class Share extends HTMLElement {
  connectedCallback(): void {
    const field = document.getElementById(this.dataset["for"] ?? "") as HTMLInputElement | null;
    if (!field || this.childElementCount > 0) return;
    const address = field.value;
    field.addEventListener("focus", () => field.select());
    const row = el("div", { class: "buttons" }, copy_button(() => field.value));
    if (navigator.share) {
      const share = el("button", { type: "button", class: "button button-quiet button-small" }, icon("share"), el("span", {}, t("Share")));
      share.addEventListener("click", () => void navigator.share({ title: document.title, url: field.value }).catch(() => undefined));
      row.append(share);
    }
    if (this.dataset["times"]) {
      const use = el("input", { type: "checkbox" }), at = el("input", { type: "text", inputmode: "numeric", size: "7", "aria-label": t("Moment, as 12:34") });
      let own = false;
      const draw = () => {
        if (!own) at.value = moment_text(moment);
        field.value = use.checked ? at_moment(address, parse_moment(at.value)) : address;
      };
      at.addEventListener("input", () => {
        own = use.checked = true;
        draw();
      });
      use.addEventListener("change", draw);
      told.addEventListener("moment", () => {
        if (!use.checked) draw();
      });
      draw();
      this.append(el("p", { class: "share-moment" }, el("label", {}, use, ` ${t("from")} `), at));
    }
    this.append(row);
  }
}

class Copy extends HTMLElement {
  connectedCallback(): void {
    const of = document.getElementById(this.dataset["of"] ?? "");
    if (of && this.childElementCount === 0) this.append(copy_button(() => of.textContent ?? ""));
  }
}

customElements.define("confer-player", Player);
customElements.define("confer-share", Share);
customElements.define("confer-copy", Copy);
