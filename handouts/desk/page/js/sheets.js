// Asks for sheets as the form changes: one request at a time, the newest wish next, and what is shown is what prints.

import { ask, Refused, Stopped } from "./api.js";
import { on } from "./bus.js";
import { t } from "./words.js";

const SLOW = 300;
let serial = 0;

/** Something that nobody foresaw; pressing 印刷 tries again. */
const trouble = () => ({ id: "trouble", level: "told", field: "sheet", text: t("trouble.text"), ways: [] });

/**
 * The sheets of one form. `shown` is the sheet whose pictures stand on the screen, `problems` what is open now.
 * `onAnswer(answer)` may wait (for pictures); `onState()` is called when `slow`, `making` or `stopped` change.
 */
export class Sheets {
  constructor({ onAnswer, onState }) {
    Object.assign(this, { onAnswer, onState, wish: null, running: null, slow: false, answer: null, shown: null, stopped: false });
    this.alive = true;
    this.off = on("connection", () => this.onState());
  }

  /** Whether what was wished last is not yet on the screen. */
  get making() {
    return this.running !== null;
  }

  /** Asks for a sheet; an older wish that has not been sent is forgotten. */
  want(request) {
    this.wish = request;
    this.last = { ...request, by_itself: undefined };
    this.running ??= this.run();
  }

  /** Asks again for what was wished last; `asked` is what is said beside it. */
  again(asked = {}) {
    if (this.last) this.want({ ...this.last, ...asked });
  }

  /** Waits until what was wished last is on the screen, or cannot be. */
  async settled() {
    while (this.running) await this.running;
  }

  /** Forgets everything; answers that are on their way are not looked at. */
  end() {
    this.alive = false;
    this.off();
    Object.assign(this, { wish: null, last: null, answer: null, shown: null });
  }

  async run() {
    const timer = setTimeout(() => { this.slow = true; this.onState(); }, SLOW);
    // A first pause lets all changes of one key press become one wish.
    await null;
    while (this.wish && this.alive) {
      const request = this.wish;
      this.wish = null;
      await this.one(request);
    }
    clearTimeout(timer);
    this.slow = false;
    this.running = null;
    if (this.alive) this.onState();
  }

  async one(request) {
    serial += 1;
    try {
      const answer = await ask("sheet", { serial, ...request });
      if (!this.alive || this.wish || answer.late) return;
      this.stopped = false;
      this.answer = answer;
      if (await this.onAnswer(answer) && answer.sheet && this.alive) this.shown = answer.sheet;
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error) {
    if (!this.alive) return;
    if (error instanceof Stopped) this.stopped = true;
    else if (error instanceof Refused) this.answer = { sheet: null, problems: error.problems.length ? error.problems : [trouble()] };
    else throw error;
  }
}
