// From 「印刷」 to paper: sends the sheet that is shown, follows the job, or hands the PDF to the browser's own print window.

import { ask, Refused } from "./api.js";
import { el } from "./dom.js";

const LEAST = 700;
const POLL = 400;

const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));

/**
 * Prints a sheet once. `order`: {sheet, printer, copies, tray, colour, again}; `onState(state)` follows the job.
 * Answers {state, job}, or {problems}; it takes at least 0.7 s, so that a double click cannot land on what comes next.
 */
export class Printing {
  constructor(order, onState) {
    Object.assign(this, { order, onState, job: null, state: null, unwanted: false });
  }

  async run() {
    const wait = sleep(LEAST);
    try {
      const answer = await ask("print", this.order);
      if (!answer.job) return { problems: answer.problems ?? [] };
      this.job = answer.job;
      this.take(answer.state);
      // やめる was pressed before the printer had its job.
      if (this.unwanted) await this.cancel();
      if (answer.pdf) await openPrintWindow(answer.pdf);
      else await this.follow();
      await wait;
      return { state: this.state, job: this.job };
    } catch (error) {
      if (error instanceof Refused) return { problems: error.problems, status: error.status };
      throw error;
    } finally {
      await wait;
    }
  }

  async follow() {
    while (this.state.busy) {
      await sleep(POLL);
      if (this.state.busy) this.take((await ask("job", { job: this.job })).state);
    }
  }

  take(state) {
    this.state = state;
    this.onState(state);
  }

  /** やめる. */
  async cancel() {
    this.unwanted = true;
    if (this.job) this.take((await ask("cancel", { job: this.job })).state);
  }
}

/** Shows the browser's print window for a PDF; where a frame may not print (Firefox), the PDF opens in a window. */
async function openPrintWindow(address) {
  closePrintWindow();
  const frame = el("iframe", { class: "print-frame", title: "PDF", "aria-hidden": "true", tabindex: "-1" });
  const loaded = new Promise((resolve, reject) => {
    frame.addEventListener("load", resolve, { once: true });
    frame.addEventListener("error", reject, { once: true });
  });
  frame.src = address;
  document.body.append(frame);
  await loaded;
  try {
    frame.contentWindow.focus();
    frame.contentWindow.print();
  } catch {
    window.open(address, "_blank", "noopener");
  }
}

/** Lets the PDF in the frame go. */
export function closePrintWindow() {
  for (const frame of document.querySelectorAll(".print-frame")) frame.remove();
}
