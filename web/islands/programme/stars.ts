// <confer-star data-talk="QX7T9M">: the star of a session. <confer-claim>: brings the stars of a personal link to this device.
import { el, event_of_page, icon } from "../../shared/dom";
import { event_of_href, keep_token, post, stars_of, token } from "../../shared/stars";
import { t } from "../../shared/text";

class Star extends HTMLElement {
  private stop: (() => void) | undefined;

  connectedCallback(): void {
    const talk = this.dataset["talk"] ?? "";
    const around = this.closest(".session, .cell, article");
    const link = around?.querySelector<HTMLElement>(".session-title a, .cell-title a, h1");
    const event = this.dataset["event"] ?? (event_of_href(link?.getAttribute("href")) || event_of_page());
    if (!talk || !event) return;
    const stars = stars_of(event);
    const words = this.dataset["label"] === "words";
    const button = el("button", { type: "button", class: words ? "button button-quiet star-labelled" : "star" }, icon("star"));
    const text = words ? el("span") : undefined;
    if (text) button.append(" ", text);
    else button.setAttribute("aria-label", t("Star: {0}", link?.textContent?.trim() ?? talk));
    const show = () => {
      const on = stars.has(talk);
      button.setAttribute("aria-pressed", String(on));
      if (text) text.textContent = on ? t("Starred") : t("Star");
    };
    button.addEventListener("click", () => stars.put(talk, !stars.has(talk)));
    this.stop = stars.on_change(show);
    show();
    this.replaceChildren(button);
  }
  disconnectedCallback(): void {
    this.stop?.();
  }
}

class Claim extends HTMLElement {
  connectedCallback(): void {
    void this.claim();
  }
  private async claim(): Promise<void> {
    const event = this.dataset["event"] ?? "", secret = this.dataset["token"] ?? "";
    const status = el("p", { class: "lead", role: "status" }, t("Bringing your stars to this device …"));
    this.replaceChildren(status);
    if (event) this.append(el("p", {}, el("a", { class: "button button-quiet", href: `/${event}/my` }, t("My schedule"))));
    if (!secret || !event) return void (status.textContent = t("This link is not known (any more). Your stars on this device are kept."));
    try {
      const answer = await post(`/${event}/stars`, { token: secret, marks: [] });
      if (!answer.ok) return void (status.textContent = t("This link is not known (any more). Your stars on this device are kept."));
      // What was starred here before goes into the set of the link.
      if (token() !== secret) keep_token(secret);
      if (!(await stars_of(event).sync())) throw new Error("not brought together");
    } catch {
      status.textContent = t("That needs a connection. Please try again when you are online.");
      return;
    }
    status.textContent = t("Your stars are on this device.");
    // Replaced, so that "back" does not lead through the secret again.
    location.replace(`/${event}/my`);
  }
}

customElements.define("confer-star", Star);
customElements.define("confer-claim", Claim);
