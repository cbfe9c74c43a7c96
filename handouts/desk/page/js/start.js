// 01: search, what was used today, the topics as cards; 06 a broken folder; 06b nothing found.

import { announce } from "./announce.js";
import { ask, connection, openWindow, Refused, Stopped } from "./api.js";
import { bar, clinicTitle, printerState } from "./bar.js";
import { on } from "./bus.js";
import { card, moveByArrow } from "./cards.js";
import { desk, readPrinters, readStart } from "./desk.js";
import { button, el, freshId, icon, setAttributes, setChildren, setText } from "./dom.js";
import { question } from "./layers.js";
import { found } from "./search.js";
import { japanese, t } from "./words.js";

/** The first screen. `open(topic, kind, usual)` goes on to a sheet, `speak(code)` changes the language. */
export class Start {
  constructor({ open, speak }) {
    Object.assign(this, { open, speak, chip: null, words: "" });
    this.state = printerState();
    this.search = el("input", {
      class: "field search", type: "text", id: freshId("search"), placeholder: t("start.hint"), autocomplete: "off", autocorrect: "off",
      spellcheck: "false", enterkeyhint: "go", maxlength: "60", translate: "no",
      on: { input: () => this.type(), keydown: (event) => this.onSearchKey(event) },
    });
    this.chips = el("div", { class: "chips", role: "group", "aria-label": t("start.chips") });
    this.aside = el("div", { class: "start-aside" });
    this.list = el("div", { class: "start-list", on: { keydown: (event) => this.onCardKey(event) } });
    const label = el("label", { class: "row-label", for: this.search.id }, t("start.search"));
    const top = el("div", { class: "start-top", role: "search" }, label, this.search, this.chips);
    this.element = el("div", { class: "desk desk-start" }, this.bar(), el("main", { class: "start" }, top, this.aside, this.list));
    this.ends = [this.state.end, on("connection", () => this.drawTop())];
    this.draw();
  }

  bar() {
    const change = button(t("language"), () => this.speak(t("languageCode")), {
      class: "language", lang: t("languageCode"), "aria-label": `${t("language")} ${t("languageName")}`,
    });
    this.othersText = el("p", { class: "others" });
    const end = button(t("stop.end"), () => this.stopDesk(), { class: "language" });
    return bar([clinicTitle(), this.othersText], [this.state.element, change, end]);
  }

  /** 終わる: the desk stops, for every window. */
  async stopDesk() {
    if (!(await question(t("stop.text"), t("stop.end"), t("leave.stay")))) return;
    await ask("stop").catch(() => {});
    this.element.replaceChildren(bar([clinicTitle()], []), el("main", { class: "start" }, el("p", { class: "heading", role: "status" }, t("stop.done"))));
  }

  focus() {
    this.search.focus();
  }

  end() {
    this.ends.forEach((end) => end());
  }

  get holdsPerson() {
    return false;
  }

  // -- drawing

  get topics() {
    const all = desk.start?.topics ?? [];
    const inChip = this.chip ? all.filter(({ id }) => this.chip.topics.includes(id)) : all;
    return this.words.trim() ? found(inChip, this.words) : inChip;
  }

  draw() {
    this.drawTop();
    this.drawList();
  }

  /** All but the cards: a word from the server must not take the focus from one of them. */
  drawTop() {
    setText(this.othersText, desk.others ? t("start.others") : "");
    const start = desk.start;
    setChildren(this.chips, (start?.chips ?? []).map((chip) => this.chipButton(chip)));
    setChildren(this.aside, [this.notice, this.stopped() ?? this.problems(), this.lastRow()].filter(Boolean));
    const many = Boolean(start?.problems?.length) || connection.stopped;
    setAttributes(this.element, { "data-crowded": many ? "yes" : null });
  }

  /** Says something above the topics, until the next thing happens. */
  say(text) {
    this.notice = el("p", { class: "notice", role: "status" }, icon("triangle"), text);
    this.draw();
    this.notice = null;
  }

  drawList() {
    if (!desk.start) return;
    const { topics } = this;
    if (!topics.length) setChildren(this.list, [this.none()]);
    else {
      const cards = topics.map((topic) => card(topic, { open: (kind) => this.open(topic.id, kind), where: () => this.showWhere(topic) }));
      this.list.replaceChildren(el("h2", { class: "spoken" }, t("start.topics")), el("ul", { class: "cards" }, ...cards));
    }
  }

  chipButton(chip) {
    const chosen = this.chip?.label === chip.label;
    return button([icon("tick"), chip.label], () => this.choose(chosen ? null : chip), {
      class: "chip", "aria-pressed": chosen ? "true" : "false", ...japanese(),
    });
  }

  choose(chip) {
    this.chip = chip;
    const at = document.activeElement;
    const label = at?.textContent;
    this.draw();
    [...this.chips.children].find((one) => one.textContent === label)?.focus();
    announce(t("start.count", { n: this.topics.length }));
  }

  lastRow() {
    const forms = desk.last.filter(({ topic }) => desk.start?.topics.some(({ id, broken }) => id === topic && !broken));
    if (!forms.length || desk.start?.problems?.length || connection.stopped) return null;
    const all = forms.map((form) => button(form.text, () => this.open(form.topic, form.personal ? "personal" : "plain", form), { class: "last", ...japanese() }));
    return el("div", { class: "start-row", role: "group", "aria-label": t("start.last") }, el("span", { class: "row-label" }, t("start.last")), el("div", { class: "lasts" }, ...all));
  }

  none() {
    const words = this.words.trim();
    const all = button([t("none.all"), el("span", { class: "key" }, "Esc")], () => this.empty(), { class: "main" });
    const form = desk.start.topics.find(({ personal, broken }) => !personal && !broken);
    const memo = form ? button(form.title, () => this.open(form.id, "plain"), japanese()) : null;
    const nothing = !desk.start.topics.length;
    return el(
      "div", { class: "none", role: "status" }, el("h2", { class: "heading" }, nothing ? t("none.empty") : t("none.heading", { words: words || this.chip?.label })),
      el("p", {}, t(nothing ? "none.emptyText" : "none.text")), nothing ? null : el("div", { class: "none-ways" }, all, memo),
    );
  }

  // -- 06: the clinic's folder, and a desk that has stopped

  problems() {
    const { problems = [], problems_text: text } = desk.start ?? {};
    if (!problems.length) return null;
    this.rows = problems.map((problem) => {
      const place = problem.line ? t("start.line", { file: problem.file, n: problem.line }) : problem.file;
      return el("li", { tabindex: "-1", "data-topic": problem.topic }, el("b", {}, place), el("span", {}, problem.text));
    });
    const again = button(t("start.again"), () => this.readAgain(), { class: "read-again" });
    const copy = button(t("start.copy"), () => this.copy());
    const said = el("div", { class: "folder-said" }, icon("triangle"), el("p", { class: "strong" }, text));
    return el("section", { class: "folder", role: "alert", "aria-label": t("place.clinic") }, el("div", { class: "folder-text" }, said, el("ul", {}, ...this.rows)), el("div", { class: "folder-ways" }, again, copy));
  }

  stopped() {
    if (!connection.stopped) return null;
    const first = t(connection.lost ? "foot.lost" : "foot.stopped");
    const again = button(t("foot.reconnect"), () => this.reconnect(), { class: "main reconnect" });
    return el("section", { class: "folder", role: "alert" }, el("div", { class: "folder-text" }, el("div", { class: "folder-said" }, icon("triangle"), el("p", { class: "strong" }, first))), el("div", { class: "folder-ways" }, again));
  }

  async reconnect() {
    try {
      const answer = await openWindow();
      desk.others = answer.others;
      await this.readAgain();
      readPrinters().catch(() => {});
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      announce(t(connection.lost ? "foot.lost" : "foot.stopped"), { now: true });
    }
  }

  async readAgain() {
    announce(t("start.reading"), { now: true });
    try {
      await readStart({ again: true });
    } catch (error) {
      if (!(error instanceof Stopped || error instanceof Refused)) throw error;
      announce(t("trouble.text"), { now: true });
    }
    this.draw();
    (this.aside.querySelector(".read-again") ?? this.search).focus();
    if (!desk.start?.problems?.length) announce(t("start.count", { n: this.topics.length }));
  }

  async copy() {
    const copied = await navigator.clipboard.writeText(desk.start.problems_copy).then(() => true, () => false);
    announce(t(copied ? "start.copied" : "start.copyFailed"), { now: true });
  }

  showWhere(topic) {
    const row = this.rows?.find((one) => one.dataset.topic === topic.id) ?? this.rows?.[0];
    row?.scrollIntoView({ block: "nearest" });
    row?.focus();
  }

  // -- keys

  type() {
    this.words = this.search.value;
    this.drawList();
    announce(t("start.count", { n: this.topics.length }));
  }

  empty() {
    this.search.value = "";
    this.words = "";
    this.chip = null;
    this.draw();
    this.search.focus();
  }

  onSearchKey(event) {
    if (event.key === "ArrowDown" && !event.isComposing) {
      this.list.querySelector(".card-ways button")?.focus();
      event.preventDefault();
    } else if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      this.take("personal");
    }
  }

  onCardKey(event) {
    if (!event.target.closest(".card-ways") || event.altKey || event.ctrlKey) return;
    const buttons = [...this.list.querySelectorAll(".card-ways button")];
    if (moveByArrow(buttons, event.target, event.key)) event.preventDefault();
    else if (event.key === "ArrowUp") this.search.focus();
  }

  /** Enter in the search field: the first card that can be opened. */
  enterInField() {
    this.take("plain");
    return true;
  }

  take(kind) {
    const first = this.topics.find(({ broken }) => !broken);
    if (first) this.open(first.id, kind === "personal" && first.personal ? "personal" : "plain");
  }

  primary() {
    announce(t("foot.nothing"), { now: true });
  }

  escape() {
    if (!this.words && !this.chip) return false;
    this.empty();
    return true;
  }
}

/** Asks for today's forms again, quietly: after a sheet was printed. */
export async function readLast() {
  desk.last = (await ask("last")).forms;
}
