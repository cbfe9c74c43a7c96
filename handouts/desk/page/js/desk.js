// What the page knows beside one person's sheet: topics, printers, what was used last. In memory alone, gone with the page.

import { ask } from "./api.js";
import { tell } from "./bus.js";

export const desk = {
  idle: { cover: null, erase: null, done: null },
  others: 0,
  start: null,
  last: [],
  printers: null,
  /** What the next sheet begins with; never anything of a person. */
  usual: { layout: "a4", edition: "standard", colour: true, printer: null },
  notice: "",
};

const topics = new Map();

/** The topics, cards and what is wrong with the clinic's folder, as they are now. */
export async function readStart({ again = false } = {}) {
  topics.clear();
  desk.start = await ask("start", { again });
  desk.last = desk.start.last ?? [];
}

/** What is to be known of one topic. */
export async function readTopic(id) {
  if (!topics.has(id)) topics.set(id, await ask("topic", { topic: id }));
  return topics.get(id);
}

/** Forgets what was read in another language. */
export const forgetTopics = () => topics.clear();

/** Asks which printers there are; the page goes on meanwhile. */
export async function readPrinters() {
  desk.printers = await ask("printers");
  tell("printers");
}

/** The printer that would print now. */
export function printer() {
  const { printers = [], default: usual = null } = desk.printers ?? {};
  const by = (id) => printers.find((one) => one.id === id);
  return by(desk.usual.printer) ?? by(usual) ?? printers.at(-1) ?? null;
}
