// One sheet on its way to paper: the pane of choices, the page that prints, the foot with the one button.

import { announce } from "./announce.js";
import { ask, connection, openWindow, Refused, Stopped } from "./api.js";
import { bar, clinicTitle, printerState } from "./bar.js";
import { on } from "./bus.js";
import { desk, readPrinters } from "./desk.js";
import { button, el, icon } from "./dom.js";
import { Foot } from "./foot.js";
import { footState } from "./footstate.js";
import { isFilled, personalForm, plainForm, takeWay, wanted } from "./form.js";
import { mayErase } from "./layers.js";
import { PersonalPane } from "./personal.js";
import { PlainPane } from "./plain.js";
import { Preview } from "./preview.js";
import { printersPanel } from "./printers.js";
import { closePrintWindow } from "./printing.js";
import { open, Slot } from "./problems.js";
import { Sheets } from "./sheets.js";
import { ToPaper } from "./topaper.js";
import { japanese, t } from "./words.js";

/** The screen of 02 and 03, and what follows it. `leave()` goes back to the topics, `personal()` from 02 to 03. */
export class Workspace {
  constructor({ topic, kind, usual, leave, change }) {
    Object.assign(this, { topic, kind, leave, change, step: "form", notices: [] });
    this.paper = new ToPaper(this);
    this.form = kind === "plain" ? plainForm(topic, usual) : personalForm(topic, usual);
    this.act = (way, problem) => this.takeWay(way, problem);
    this.printerSlot = new Slot({ act: this.act });
    this.preview = new Preview({ across: kind === "plain" ? 2 : 1, onResize: () => this.want() });
    this.sheets = new Sheets({ onAnswer: (answer) => this.onAnswer(answer), onState: () => this.draw() });
    this.foot = new Foot(() => this.primary());
    this.left = el("div", { class: "left" });
    this.state = printerState();
    this.head = el("div", { class: "head" });
    const main = el("main", { class: "work" }, this.left, this.foot.element, this.preview.element);
    this.element = el("div", { class: `desk desk-${kind}` }, this.head, main);
    this.ends = [this.state.end, on("printers", () => this.draw()), on("connection", () => this.draw())];
    this.drawForm();
    if (!desk.printers) readPrinters().catch(() => {});
  }

  // -- what is shown on the left and at the top

  drawForm() {
    const { topic, form, act } = this;
    const change = (options) => this.onChange(options);
    this.touched = "who";
    this.step = "form";
    this.pane = this.kind === "plain"
      ? new PlainPane({ topic, form, act, change, personal: () => this.change("personal") })
      : new PersonalPane({ topic, form, act, change });
    this.left.replaceChildren(this.pane.element);
    this.drawBar();
    this.want();
    this.draw();
  }

  drawBar() {
    const back = button([icon("back"), t("bar.back")], () => this.goBack(), { class: "back" });
    const title = el("h1", { class: "title", ...japanese() }, this.topic.title);
    const clear = this.kind === "personal" && this.step !== "done"
      ? button(t("bar.clear"), () => this.clear(), { class: "clear" }) : null;
    this.clearButton = clear;
    const left = this.step === "done" ? [clinicTitle("p")] : [back, title];
    this.head.replaceChildren(bar(left, [clear, this.state.element].filter(Boolean)));
  }

  /** Begins, now that the page's room is known. */
  begin() {
    this.want();
    this.draw();
  }

  focus() {
    if (this.step !== "form" || this.kind === "plain") this.foot.main.focus();
    else this.pane.who.name.focus();
  }

  // -- the page

  want() {
    if (!this.form || this.step === "done" || !this.element?.isConnected) return;
    const form = wanted(this.form, this.topic);
    this.sheets.want({ ...form, width: this.preview.width, page: this.preview.page });
  }

  /** The clinic's folder has changed: the page is made anew, unless it is on its way to paper or was there. */
  folderChanged() {
    if (this.step !== "done" && !this.paper.running) this.sheets.again({ by_itself: true });
  }

  onChange({ sheet = true, touched = "who" } = {}) {
    this.touched = touched;
    this.notices = [];
    Object.assign(this.paper, { told: "", refusals: [] });
    if (sheet) this.want();
    this.draw();
  }

  async onAnswer(answer) {
    this.takeTold(answer.problems);
    let shown = false;
    if (answer.sheet && this.step !== "done") {
      shown = await this.preview.show(answer.sheet, { follow: this.kind === "personal" ? this.touched : null }).catch(() => false);
      if (shown) announce(t("page.new", { n: answer.sheet.pages }));
    }
    return shown;
  }

  /** What the server put right by itself is put into the field at once, and goes on being said. */
  takeTold(problems) {
    for (const problem of problems) {
      const way = problem.level === "told" && problem.ways.find(({ set }) => set);
      if (!way) continue;
      takeWay(this.form, way);
      this.notices.push({ ...problem, ways: [] });
      this.pane.fill?.();
      this.want();
    }
  }

  get problems() {
    const { answer } = this.sheets;
    const notes = (answer?.sheet?.notes ?? []).map((text) => ({ id: `note:${text}`, level: "told", field: "sheet", text, ways: [], lang: "ja" }));
    const own = (answer?.problems ?? []).filter(({ level, ways }) => level !== "told" || !ways.some(({ set }) => set));
    const said = new Set(own.map(({ id }) => id));
    return [...own, ...this.notices.filter(({ id }) => !said.has(id)), ...notes, ...this.paper.refusals];
  }

  get open() {
    const order = this.kind === "plain" ? () => 0 : PersonalPane.order;
    // What a printer refused can be tried again as it is: it holds nothing up.
    return open(this.problems).filter((one) => !this.paper.refusals.includes(one)).sort((one, other) => order(one) - order(other));
  }

  takeWay(way, problem) {
    if (way.print === "other") {
      this.paper.other();
      return;
    }
    takeWay(this.form, way);
    this.pane.fill?.();
    if (way.focus) this.slotFor(problem).field()?.focus();
    this.onChange({ touched: ["dose", "exercises", "minutes"].includes(problem.field) ? "exercises" : "who" });
  }

  slotFor(problem) {
    return problem.field === "printer" ? this.printerSlot : this.pane.slotOf(problem);
  }

  // -- drawing

  draw() {
    if (!this.form) return;
    const { answer } = this.sheets;
    this.element.dataset.making = this.sheets.making ? "yes" : "no";
    this.element.dataset.step = this.paper.running ? "sending" : this.step;
    if (this.step !== "done" && answer) this.pane.show({ ...answer, problems: this.problems.filter(({ field }) => field !== "printer") });
    this.printerSlot.show(this.problems.filter(({ field }) => field === "printer"));
    this.drawNote();
    if (this.clearButton) this.clearButton.hidden = !isFilled(this.form, this.topic);
    this.foot.draw(this.footState());
  }

  /** What the foot is to show. */
  footState() {
    return footState(this);
  }

  /** Whether a sheet is the one that was asked for last, and its page is on the screen. */
  isNewest(sheet) {
    return this.sheets.answer?.sheet?.id === sheet.id && this.preview.sheet?.id === sheet.id;
  }

  drawNote() {
    if (this.step === "done") {
      this.preview.say(t("page.heading"));
      return;
    }
    const { shown, answer, slow } = this.sheets;
    if (connection.stopped && shown) this.preview.say(t("page.stopped"), { sign: true });
    else if (slow) this.preview.say(t("page.making"));
    else if (answer && this.preview.sheet && !(answer.sheet && this.isNewest(answer.sheet)) && !this.sheets.making) this.preview.say(t("page.before"), { sign: true });
    else if (answer && !answer.sheet) this.preview.say(t("page.none"), { sign: true });
    else if (this.preview.sheet) {
      this.preview.say(t("page.count", { n: this.preview.sheet.pages }), { lead: t("page.heading"), small: t("page.same") });
    }
    else this.preview.say(t("page.heading"));
  }

  // -- the one button

  primary() {
    const acts = {
      print: () => this.paper.print(), knee: () => this.pane.who.knee.focus(), fix: () => this.fix(), sending: () => {},
      next: () => this.paper.next(), came: () => this.paper.next(), reconnect: () => this.reconnect(),
    };
    return acts[this.footState().form]();
  }

  /** Enter in a field of one line: takes the value, and goes to 印刷 or to what is missing. */
  async enterInFieldNow() {
    this.pane.commit();
    await this.sheets.settled();
    const { form } = this.footState();
    if (form === "knee") this.pane.who.knee.focus();
    else if (form === "fix") this.fix();
    else this.foot.main.focus();
  }

  enterInField() {
    if (this.step !== "form" || this.kind !== "personal") {
      this.foot.main.focus();
      return true;
    }
    this.enterInFieldNow();
    return true;
  }

  fix() {
    if (this.step === "printer" && this.open.some(({ field }) => field !== "printer")) this.showForm();
    const [first] = this.open;
    if (!first) this.pane.who?.knee.focus();
    else if (!this.slotFor(first).focus()) this.foot.main.focus();
  }

  async reconnect() {
    try {
      if (connection.lost) await openWindow();
      await ask("here", { idle: 0 });
      if (this.step !== "done") this.sheets.again();
      readPrinters().catch(() => {});
    } catch (error) {
      if (!(error instanceof Stopped) && !(error instanceof Refused)) throw error;
      announce(t(connection.lost ? "foot.lost" : "foot.stopped"), { now: true });
    }
    this.draw();
  }

  // -- the printers

  showPrinters() {
    if (this.step === "printer") return;
    this.step = "printer";
    const editions = this.kind === "plain"
      ? this.topic.plain.layouts.find(({ id }) => id === this.form.layout).editions : this.topic.personal.editions;
    const panel = () => this.left.replaceChildren(printersPanel({
      form: this.form, editions, paper: this.sheets.shown?.paper.text ?? "", slot: this.printerSlot, change: () => this.onChange(),
    }));
    panel();
    readPrinters().then(() => this.step === "printer" && !this.left.contains(document.activeElement) && panel()).catch(() => {});
    this.draw();
    this.left.querySelector("input:checked")?.focus();
  }

  showForm() {
    this.step = "form";
    if (this.kind === "plain") this.drawForm();
    else this.left.replaceChildren(this.pane.element);
    this.draw();
    this.optionsButton?.focus();
  }

  /** What comes after printing, in place of the form; `gone` is said on the paper where the page must not stay. */
  showAfter(panel, gone) {
    this.step = "done";
    this.againButton = null;
    this.left.replaceChildren(panel);
    if (gone) this.preview.blank(gone);
    this.drawBar();
    this.draw();
    this.foot.main.focus();
  }

  // -- leaving

  get filled() {
    return this.step !== "done" && isFilled(this.form, this.topic);
  }

  /** Whether there is anything of a person that is to be hidden and erased when nobody is there. */
  get holdsPerson() {
    return this.kind === "personal" && (this.filled || this.step === "done");
  }

  async goBack() {
    if (this.paper.running) return;
    if (this.filled && !(await mayErase("leave.topic"))) return;
    await this.forget();
    this.leave();
  }

  async clear() {
    if (this.paper.running || !(await mayErase("leave.clear", "leave.clearIt"))) return;
    await ask("erase").catch(() => {});
    this.sheets.end();
    this.change("personal");
  }

  /** Lets everything of this person go, here and at the server. */
  async forget() {
    this.form = null;
    this.sheets.end();
    this.preview.end();
    this.left.replaceChildren();
    closePrintWindow();
    await ask("erase").catch(() => {});
  }

  escape() {
    if (this.paper.running) return true;
    if (this.step === "printer") this.showForm();
    else if (this.step === "form") this.goBack();
    return true;
  }

  end() {
    this.sheets.end();
    this.preview.end();
    this.ends.forEach((end) => end());
    closePrintWindow();
  }
}
