// できあがり: pictures of the very PDF that prints. A new one takes the place of the old in one frame; nothing ever blinks.

import { button, el, icon, lines, setAttributes, setChildren, setText } from "./dom.js";
import { fitted, groups } from "./fit.js";
import { showLarge } from "./large.js";
import { decoded, free, mostChanged, picture } from "./pictures.js";
import { japanese, t } from "./words.js";

const GAP = 16;
const A4 = [595.28, 841.89];

/** The page's region. `across`: pages beside each other; `onResize()` is called where pictures must be made anew. */
export class Preview {
  constructor({ across, onResize = () => {} }) {
    Object.assign(this, { across, sheet: null, group: 0, held: new Map(), newest: 0 });
    this.note = el("p", { class: "page-note", id: "page-note" });
    this.pager = el("div", { class: "pager", role: "group", "aria-label": t("page.turn") });
    this.large = button(t("page.large"), () => this.enlarge(), { class: "page-large" });
    this.area = el("div", { class: "page-area", on: { click: (event) => event.target.closest(".paper") && this.enlarge() } });
    this.said = el("ul", { class: "spoken", ...japanese() });
    this.element = el(
      "section", { class: "page", "aria-label": t("page.heading") },
      el("div", { class: "page-bar" }, el("h2", { class: "spoken" }, t("page.heading")), this.note, this.pager, this.large),
      this.area, el("div", {}, el("h3", { class: "spoken" }, t("page.says")), this.said),
    );
    let before = "";
    this.watch = new ResizeObserver(() => {
      const now = `${this.area.clientWidth} ${this.area.clientHeight}`;
      if (before && now !== before) this.resized(onResize);
      before = now;
    });
    this.watch.observe(this.area);
    this.blank(t("page.waiting"));
  }

  /** The width in device pixels that pictures should have now. */
  get width() {
    const { width } = this.box(this.sheet?.sizes[0] ?? A4, this.sheet ? Math.min(this.across, this.sheet.pages) : this.across);
    return Math.max(1, Math.min(3000, Math.round(width * window.devicePixelRatio)));
  }

  /** The first page that is shown now, from 1. */
  get page() {
    return this.sheet ? groups(this.sheet.pages, this.across)[this.group][0] : 1;
  }

  box(size, count) {
    const style = getComputedStyle(this.area);
    const across = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
    const down = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
    return fitted(size, { width: this.area.clientWidth - across, height: this.area.clientHeight - down }, count, GAP);
  }

  /** Shows a sheet; where `follow` ("who", "exercises": what was changed), turns afterwards to the page where that shows. Answers whether it is on the screen. */
  async show(sheet, { follow = false } = {}) {
    this.newest += 1;
    const turn = this.newest;
    const all = groups(sheet.pages, this.across);
    const at = Math.min(this.group, all.length - 1);
    const held = await this.pictures(sheet, all[at]);
    const papers = await this.papers(sheet, all[at], held);
    if (turn !== this.newest) {
      for (const one of held.values()) free(one);
      return false;
    }
    const before = this.sheet && this.sheet.id !== sheet.id ? this.held : new Map();
    this.put(sheet, at, papers, held);
    if (follow) this.lookAround(sheet, turn, before, follow).catch(() => {});
    return true;
  }

  async pictures(sheet, pages) {
    const width = this.widthFor(sheet);
    return new Map(await Promise.all(pages.map(async (page) => [page, await picture(sheet, page, width)])));
  }

  widthFor(sheet) {
    const { width } = this.box(sheet.sizes[0], Math.min(this.across, sheet.pages));
    return Math.max(1, Math.min(3000, Math.round(width * window.devicePixelRatio)));
  }

  /** Looks at the pages that are not shown, too, and turns to the one where most has changed. */
  async lookAround(sheet, turn, before, follow) {
    const now = new Map(this.held);
    for (let page = 1; page <= sheet.pages; page += 1) {
      if (!now.has(page)) now.set(page, await picture(sheet, page, this.widthFor(sheet)));
    }
    const page = before.size ? await mostChanged(before, now, (one) => (one === 1) === (follow === "who")) : null;
    if (turn !== this.newest) {
      for (const [number, one] of now) if (this.held.get(number) !== one) free(one);
      return;
    }
    this.held = now;
    const group = page === null ? this.group : groups(sheet.pages, this.across).findIndex((pages) => pages.includes(page));
    if (group !== this.group) await this.turn(group);
  }

  async papers(sheet, pages, held) {
    return Promise.all(pages.map(async (page) => {
      const image = await decoded(held.get(page).url, t("page.picture", { n: page }));
      const box = this.box(sheet.sizes[page - 1], Math.min(this.across, sheet.pages));
      const paper = el("div", { class: "paper" }, image);
      paper.style.width = `${box.width}px`;
      paper.style.height = `${box.height}px`;
      this.area.dataset.stacked = box.stacked ? "yes" : "no";
      return paper;
    }));
  }

  put(sheet, at, papers, held) {
    // Turning the pages of one sheet keeps the pictures of the others: with these the next change is compared.
    const kept = this.sheet?.id === sheet.id ? [...this.held].filter(([page]) => !held.has(page)) : [];
    const stay = new Set(kept.map(([, one]) => one));
    for (const one of this.held.values()) if (!stay.has(one)) free(one);
    this.held = new Map([...kept, ...held]);
    this.sheet = sheet;
    this.group = at;
    this.area.replaceChildren(...papers);
    this.area.dataset.blank = "no";
    this.large.hidden = false;
    setChildren(this.said, sheet.said.map((text) => el("li", {}, text)));
    this.drawPager();
  }

  drawPager() {
    const all = this.sheet ? groups(this.sheet.pages, this.across) : [];
    if (all.length < 2) {
      setChildren(this.pager, []);
      return;
    }
    if (this.pager.children.length !== all.length) {
      setChildren(this.pager, all.map((pages, at) => button(this.pagesText(pages), () => this.turn(at), {
        class: "pager-page",
        "aria-label": pages.length > 1 ? t("page.numbers", { n: pages[0], m: pages.at(-1) }) : t("page.number", { n: pages[0] }),
      })));
    }
    [...this.pager.children].forEach((one, at) => setAttributes(one, { "aria-pressed": at === this.group ? "true" : "false" }));
  }

  pagesText(pages) {
    return pages.length > 1 ? `${pages[0]}–${pages.at(-1)}` : String(pages[0]);
  }

  async turn(group) {
    this.group = group;
    if (this.sheet) await this.show(this.sheet).catch(() => {});
  }

  resized(onResize) {
    this.fitBlank();
    if (!this.sheet) return onResize();
    for (const [at, paper] of [...this.area.querySelectorAll(".paper")].entries()) {
      const page = groups(this.sheet.pages, this.across)[this.group][at];
      const box = this.box(this.sheet.sizes[page - 1], Math.min(this.across, this.sheet.pages));
      paper.style.width = `${box.width}px`;
      paper.style.height = `${box.height}px`;
    }
    clearTimeout(this.later);
    this.later = setTimeout(() => this.sheet && this.show(this.sheet).catch(() => {}), 150);
    return undefined;
  }

  /** Says in the bar how the page stands; `sign` puts the triangle before it. */
  say(text, { sign = false, small = "", lead = "" } = {}) {
    if (this.note.dataset.text === `${sign}${text}${small}`) return;
    this.note.dataset.text = `${sign}${text}${small}`;
    setAttributes(this.note, { "data-sign": sign ? "yes" : null });
    this.note.replaceChildren(...[
      sign ? icon("triangle") : null,
      el("span", { class: "page-note-text" }, lead ? el("span", { class: "page-note-lead" }, lead) : null, el("span", {}, text), small ? el("span", { class: "page-note-small" }, small) : null),
    ].filter(Boolean));
  }

  /** Takes every picture away; a sheet of blank paper says why. */
  blank(text) {
    this.newest += 1;
    for (const one of this.held.values()) free(one);
    Object.assign(this, { sheet: null, group: 0, held: new Map() });
    const paper = el("div", { class: "paper paper-blank" }, el("p", {}, ...lines(text)));
    this.area.dataset.blank = "yes";
    this.area.dataset.stacked = "no";
    this.area.replaceChildren(paper);
    if (this.area.isConnected) this.fitBlank();
    else requestAnimationFrame(() => this.fitBlank());
    setText(this.said, "");
    this.large.hidden = true;
    this.drawPager();
  }

  fitBlank() {
    const paper = this.area.querySelector(".paper-blank");
    if (!paper) return;
    const box = this.box(A4, this.across);
    paper.style.width = `${box.width}px`;
    paper.style.height = `${box.height}px`;
  }

  enlarge() {
    if (this.sheet) showLarge(this.sheet, this.page);
  }

  end() {
    this.watch.disconnect();
    clearTimeout(this.later);
    this.blank("");
  }
}
