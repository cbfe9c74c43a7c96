// From 「印刷」 to 「次の人へ」 for one workspace: prints what is shown and nothing else, then says what is known of the paper.

import { announce } from "./announce.js";
import { ask, Stopped } from "./api.js";
import { printer } from "./desk.js";
import { donePanel } from "./done.js";
import { clearLayers } from "./layers.js";
import { closePrintWindow, Printing } from "./printing.js";
import { t } from "./words.js";

/** `space` is the workspace; `running` the print job that is under way, `done` the one that came to its end. */
export class ToPaper {
  constructor(space) {
    Object.assign(this, { space, running: null, done: null, busy: false, told: "", refusals: [], printed: new Set() });
  }

  /** 印刷: waits for the newest page, and sends the sheet whose page stands on the screen. */
  async print() {
    await this.once(async () => {
      const { space } = this;
      space.pane.commit();
      if (space.sheets.making) space.foot.line(space.foot.second, t("foot.wait"), false);
      await space.sheets.settled();
      if (space.footState().form !== "print") return;
      const sheet = space.sheets.shown;
      // What is on the screen is what prints, or nothing does.
      if (!sheet?.printable || !space.isNewest(sheet)) {
        space.sheets.again();
        announce(t("foot.unmade"), { now: true });
        return;
      }
      // A sheet that went to paper before is printed anew only where that is meant.
      await this.send(sheet, { copies: space.form.copies, again: this.printed.has(sheet.id) });
    });
  }

  /** もう1部. */
  async again() {
    if (this.done.erased) announce(t("done.erased"), { now: true });
    else await this.once(() => this.send(this.done.sheet, { copies: 1, again: true }));
  }

  /** Runs one thing at a time: a second click while it runs does nothing. */
  async once(deed) {
    if (this.busy) return;
    this.busy = true;
    try {
      await deed();
    } finally {
      this.busy = false;
      this.space.draw();
    }
  }

  async send(sheet, { copies, again }) {
    const { form } = this.space;
    const order = { sheet: sheet.id, printer: printer()?.id ?? "browser", copies, tray: form.tray || null, colour: form.colour };
    this.running = new Printing(again ? { ...order, again } : order, () => this.space.draw());
    Object.assign(this, { told: "", refusals: [] });
    this.space.draw();
    try {
      const result = await this.running.run();
      this.running = null;
      if (result.problems) this.refused(result.problems);
      else this.arrived(result, sheet);
    } catch (error) {
      this.running = null;
      if (!(error instanceof Stopped)) throw error;
    }
  }

  /** Nothing was printed: it is said, and can be tried again. */
  refused(problems) {
    this.refusals = problems;
    const atPrinter = problems.some(({ field }) => field === "printer");
    this.told = atPrinter ? "" : problems[0]?.text ?? t("trouble.text");
    if (atPrinter && this.space.step !== "done") this.space.showPrinters();
    this.space.draw();
  }

  arrived({ state, job }, sheet) {
    if (state.what !== "cancelled" && state.what !== "failed") {
      this.show({ state, job, sheet });
      return;
    }
    if (state.problem) this.refused([state.problem]);
    this.told = t(state.what === "cancelled" ? "done.cancelled" : "done.failed");
    announce(this.told, { now: true });
  }

  /** ほかのプリンターで印刷する. */
  async other() {
    await this.running?.cancel().catch(() => {});
    this.space.showPrinters();
  }

  show(done) {
    const { space } = this;
    clearLayers();
    this.done = done;
    this.printed.add(done.sheet.id);
    const personal = space.kind === "personal";
    const panel = donePanel({ state: done.state, personal, erase: () => this.erase(), notCame: () => this.notCame() });
    space.showAfter(panel, personal ? t("page.gone") : "");
  }

  /** 今すぐ消す. */
  async erase() {
    await ask("erase");
    closePrintWindow();
    this.done = { ...this.done, erased: true };
    this.space.draw();
  }

  /** No paper came: the sheet's line is taken back, and the sheet is there again. */
  async notCame() {
    if (!this.done.erased) await ask("came", { job: this.done.job, came: false }).catch(() => {});
    this.mend();
  }

  /** 直して印刷し直す. */
  mend() {
    if (this.done.erased) {
      announce(t("done.erased"), { now: true });
      return;
    }
    closePrintWindow();
    this.done = null;
    this.space.form.copies = 1;
    this.space.drawForm();
    this.space.focus();
  }

  /** 次の人へ. */
  async next() {
    const { state, job, erased } = this.done;
    if (state.what === "browser" && !erased) await ask("came", { job, came: true }).catch(() => {});
    await this.space.forget();
    this.space.leave();
  }
}
