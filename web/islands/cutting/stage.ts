// The stage timer: how long there is until the planned end, by the server's clock, however wrong the phone's is.
import { moment_text } from "../../shared/moments";

const shown = document.querySelector<HTMLElement>("confer-stage");

if (shown) {
  const ends = performance.now() + Number(shown.dataset.left) * 1000;
  const show = (): void => {
    const left = (ends - performance.now()) / 1000;
    shown.textContent = left < 0 ? `over by ${moment_text(-left)}` : `${moment_text(left)} left`;
    shown.classList.toggle("is-over", left < 0);
  };
  show();
  shown.hidden = false;
  setInterval(show, 1000);
}
