// A recording that comes in pieces (HLS), where the browser itself cannot read it. The library is fetched on pages that need it; the other host is asked
// when play is pressed.
import Hls from "hls.js/light";
import { el, icon } from "../../shared/dom";
import { t } from "../../shared/text";

for (const player of document.querySelectorAll<HTMLElement>("confer-player[data-hls]")) {
  const video = player.querySelector("video"), source = player.dataset["hls"];
  if (!video || !source || video.canPlayType("application/vnd.apple.mpegurl") || !Hls.isSupported()) continue;
  const others = Array.from(video.querySelectorAll("source")).some((one) => !/mpegurl/i.test(one.type) && video.canPlayType(one.type));
  if (others) continue;
  const button = el("button", { type: "button", class: "player-start" }, icon("play"), el("span", {}, t("Play")));
  button.addEventListener("click", () => {
    button.remove();
    const hls = new Hls({ enableWorker: false });
    hls.loadSource(source);
    hls.attachMedia(video);
    hls.on(Hls.Events.MANIFEST_PARSED, () => void video.play());
  });
  player.append(button);
}
