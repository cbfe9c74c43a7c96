// Starts the page: which screen is shown, keys and rest, the heartbeat, and that nothing stays when the page goes away.

import { announce, hush } from "./announce.js";
import { ask, connection, openWindow, Refused, sayGoodbye, Stopped } from "./api.js";
import { desk, forgetTopics, readPrinters, readStart, readTopic } from "./desk.js";
import { watchIdle } from "./idle.js";
import { watchKeys } from "./keyboard.js";
import { clearLayers, uppermost } from "./layers.js";
import { readLast, Start } from "./start.js";
import { speak, t } from "./words.js";
import { Workspace } from "./workspace.js";

const HEARTBEAT = 15_000;
const LATER = 1000;
let screen = null;
let idle = null;

function show(next) {
  clearLayers();
  hush();
  screen?.end();
  screen = next;
  document.getElementById("desk").replaceChildren(next.element);
  window.scrollTo(0, 0);
  next.begin?.();
  next.focus();
}

const showStart = () => show(new Start({ open, speak: changeLanguage }));

async function changeLanguage(code) {
  await speak(code);
  forgetTopics();
  await Promise.all([readStart(), readPrinters()]).catch(forgive);
  showStart();
}

/** Back to the topics: the search field has the caret, what was used today is up to date. */
async function leave(notice = "") {
  await readLast().catch(forgive);
  showStart();
  if (changed) await readAnew();
  if (notice) screen.say(notice);
}

/** Opens a topic as it is or for one person; `usual` is a form used today. */
async function open(id, kind, usual = null) {
  if (usual?.printer) desk.usual.printer = usual.printer;
  try {
    const topic = await readTopic(id);
    if (!topic.plain) throw new Refused(410, { gone: "topic" });
    showSheet(topic, kind, { ...desk.usual, ...(usual ?? {}) });
  } catch (error) {
    forgive(error);
    if (!(error instanceof Refused)) return;
    await readStart().catch(forgive);
    showStart();
    screen.say(t("trouble.topic"));
    announce(t("trouble.topic"), { now: true });
  }
}

function showSheet(topic, kind, usual) {
  const change = (to) => showSheet(topic, to, usual);
  show(new Workspace({ topic, kind: topic.personal ? kind : "plain", usual, leave, change }));
}

// -- the server

let changed = false;

async function beat() {
  if (!connection.window || connection.lost) return;
  try {
    const answer = await ask("here", { idle: Math.round(idle.rest()) });
    desk.others = answer.others;
    if (screen instanceof Start) screen.drawTop();
    changed ||= answer.changed;
    if (changed && screen instanceof Start) await readAnew();
  } catch (error) {
    forgive(error);
  }
}

/** Listens for changes of the clinic's folder: what is shown is then made anew, within the blink of an eye. */
async function listen() {
  for (let folder = desk.start?.folder ?? ""; ; ) {
    const answer = await news(folder);
    if (!answer || answer.later) await new Promise((resolve) => setTimeout(resolve, LATER));
    if (!answer || answer.folder === folder) continue;
    folder = answer.folder;
    changed = true;
    screen?.folderChanged?.();
    if (screen instanceof Start) await readAnew();
  }
}

/** What there is to be heard of the folder; nothing where the desk does not answer: the heartbeat tells that. */
async function news(folder) {
  if (!connection.window || connection.stopped) return null;
  try {
    return await ask("news", { folder });
  } catch (error) {
    forgive(error);
    return null;
  }
}

/** Reads the topics anew where the clinic's folder has changed; the word in the search field stays. */
async function readAnew() {
  changed = false;
  await readStart().catch(forgive);
  if (screen instanceof Start) screen.draw();
}

/** What the page already shows is not told twice; anything else is a fault. */
function forgive(error) {
  if (!(error instanceof Stopped || error instanceof Refused)) throw error;
}

// -- rest and end

function limits() {
  const { cover, erase, done } = desk.idle;
  if (!screen?.holdsPerson) return { cover: null, erase: null };
  if (screen.step === "done") return { cover: null, erase: done };
  return screen.paper.running ? { cover: null, erase: null } : { cover, erase };
}

async function eraseIdle() {
  const said = screen.step === "done" ? "" : t("idle.erased");
  await screen.forget();
  await leave(said);
}

function watchEnd() {
  window.addEventListener("pagehide", () => {
    document.getElementById("desk").replaceChildren();
    sayGoodbye();
  });
  // A page that the browser kept must not come back with what was on it.
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
  window.addEventListener("beforeunload", (event) => { if (screen?.filled) event.preventDefault(); });
}

async function begin() {
  await speak("ja");
  watchKeys(() => screen, uppermost);
  idle = watchIdle(limits, eraseIdle);
  watchEnd();
  const opened = await openWindow();
  Object.assign(desk, { idle: opened.idle, others: opened.others });
  await readStart();
  showStart();
  setInterval(beat, HEARTBEAT);
  listen();
  await readPrinters();
}

begin().catch((error) => {
  if (!(error instanceof Stopped || error instanceof Refused)) throw error;
  if (!screen) showStart();
});
