// Asks the desk's server; whether it answers at all is told to the page (`connection`).

import { tell } from "./bus.js";
import { language } from "./words.js";

/** The server cannot be reached, or no longer knows this browser (`lost`): nothing was done. */
export class Stopped extends Error {}

/** The server refused; `problems` are in its words, `gone` says what it no longer has. */
export class Refused extends Error {
  constructor(status, body) {
    super(`refused: ${status}`);
    this.status = status;
    this.problems = body.problems ?? [];
    this.gone = body.gone ?? null;
  }
}

/** How this window stands with the server. */
export const connection = { window: null, stopped: false, lost: false };

/** Asks for one thing. A window that the server dropped is opened anew, once, and asked again. */
export async function ask(name, body = {}, { keepalive = false, fresh = true } = {}) {
  const response = await sent(name, body, keepalive);
  const answer = await response.json().catch(() => ({}));
  if (response.ok) {
    stand(false, false);
    return answer;
  }
  if (response.status === 403) {
    stand(true, true);
    throw new Stopped();
  }
  if (response.status === 410 && answer.gone === "window" && fresh) {
    await openWindow();
    return ask(name, body, { keepalive, fresh: false });
  }
  stand(false, false);
  throw new Refused(response.status, answer);
}

/** Opens this window at the server: its id goes with every later request. */
export async function openWindow() {
  const answer = await ask("window", {}, { fresh: false });
  connection.window = answer.window;
  return answer;
}

/** Says goodbye as the page goes away; nothing waits for the answer. */
export function sayGoodbye() {
  if (!connection.window || connection.stopped) return;
  sent("close", {}, true).catch(() => {});
}

async function sent(name, body, keepalive) {
  const whole = name === "window" ? body : { window: connection.window, lang: language(), ...body };
  const headers = { "Content-Type": "application/json", "X-Handouts-Desk": "1" };
  try {
    return await fetch(`/api/${name}`, {
      method: "POST", headers, keepalive, cache: "no-store", redirect: "error", body: JSON.stringify(whole),
    });
  } catch {
    stand(true, false);
    throw new Stopped();
  }
}

function stand(stopped, lost) {
  if (connection.stopped === stopped && connection.lost === lost) return;
  Object.assign(connection, { stopped, lost });
  tell("connection");
}
