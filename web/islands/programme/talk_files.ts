// Uploads a talk's files, or recordings, in pieces, with progress, and goes on where it stood when the connection was lost. Without it, the form sends the file in one go.
import { begin, forgetUpload, goOn, knownUpload, type Plan } from "../../shared/pieces";

const form = document.querySelector<HTMLFormElement>("form[data-pieces]");
const state = form?.querySelector<HTMLElement>("[data-upload-state]");
const field = form?.querySelector<HTMLInputElement>("input[type=file]");
const title = form?.querySelector<HTMLInputElement>("input[name=title]");
const button = form?.querySelector<HTMLButtonElement>("button");

const megabytes = (bytes: number): string => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

if (form && state && field && button) {
  form.querySelector("[data-without-script]")?.remove();
  const sentence = document.createElement("p");
  const bar = document.createElement("progress");
  bar.className = "progress";
  bar.setAttribute("aria-label", "Uploaded");
  const stop = document.createElement("button");
  stop.type = "button";
  stop.className = "button button-quiet button-small";
  stop.textContent = "Stop";
  let stopped: AbortController | undefined;

  const say = (words: string, isWrong = false): void => {
    sentence.textContent = words;
    sentence.className = isWrong ? "field-error" : "";
    if (!sentence.isConnected) state.prepend(sentence);
  };
  const idle = (): void => {
    button.disabled = field.disabled = false;
    bar.remove();
    stop.remove();
    stopped = undefined;
  };
  stop.addEventListener("click", () => stopped?.abort());

  const upload = async (file: File): Promise<void> => {
    stopped = new AbortController();
    button.disabled = field.disabled = true;
    bar.max = file.size;
    state.append(bar, stop);
    const plan: Plan = {
      file,
      title: title?.value ?? "",
      create: form.dataset.pieces ?? "",
      signal: stopped.signal,
      progress: (sent) => {
        bar.value = sent;
        say(`${megabytes(sent)} of ${megabytes(file.size)} uploaded.`);
      },
      waiting: (seconds) => say(`The connection is gone. What was sent is kept; trying again in ${seconds} s.`),
    };
    const known = await knownUpload(plan);
    if (known) say("Going on where it stood.");
    const done = known ? await goOn(plan, known) : await begin(plan);
    if (done.kind === "done") {
      forgetUpload(plan);
      window.location.assign(form.dataset.done ?? window.location.pathname);
      return;
    }
    idle();
    if (done.kind === "stopped") say("Stopped. Choose the same file again within a day to go on where it stood.");
    else say(done.sentence, true);
  };

  form.addEventListener("submit", (event) => {
    const file = field.files?.[0];
    if (!file) return; // the server says what is missing
    event.preventDefault();
    const most = Number(form.dataset.max ?? "0");
    if (most > 0 && file.size > most) {
      say(`“${file.name}” has ${megabytes(file.size)}; at most ${megabytes(most)} are taken.${title ? " Make the pictures in it smaller, or give a link." : ""}`, true);
      return;
    }
    void upload(file);
  });
  window.addEventListener("beforeunload", (event) => {
    if (stopped) event.preventDefault();
  });
}
