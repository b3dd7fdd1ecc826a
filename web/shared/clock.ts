// The present by the server's clock: a phone's may be wrong by minutes, and "now and next" must not be.
import { recall, remember } from "./dom";

const key = "confer.clock";

/** How much the server is ahead of this device, in ms. `sent` and `received` are this device's times around the question. */
export const offset_of = (server: number, sent: number, received: number): number => server - (sent + received) / 2;

/**
 * A Date header has whole seconds, so half a second is added; and what a small difference says is the network, not the clock.
 * Measured at 400 ms of round trip the answer is within 1 s.
 */
export function learn(date_header: string | null, sent: number, received: number): void {
  const server = Date.parse(date_header ?? "");
  if (Number.isNaN(server) || received - sent > 20_000) return;
  const offset = Math.round(offset_of(server + 500, sent, received));
  remember(key, String(Math.abs(offset) < 1500 ? 0 : offset));
}

/** ms since 1970. Kept between visits: a wrong clock stays wrong offline. */
export const now = (): number => Date.now() + (Number(recall(key)) || 0);
