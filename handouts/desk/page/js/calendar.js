// 03b: a month of days, Monday first, and the hour. A day that is chosen changes the sheet at once; Escape closes.

import { button, el, icon, setAttributes, setText } from "./dom.js";
import { lay } from "./layers.js";
import { language, t } from "./words.js";

const DAY = 86_400_000;

const toIso = (time) => new Date(time).toISOString().slice(0, 10);
const toTime = (iso) => Date.parse(`${iso}T00:00:00Z`);
const weekday = (iso) => (new Date(toTime(iso)).getUTCDay() + 6) % 7;

/** The days of a month (YYYY-MM) in weeks from Monday; null before the first and after the last. */
export function weeks(month) {
  const first = `${month}-01`;
  const [year, number] = month.split("-").map(Number);
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const cells = [...Array(weekday(first)).fill(null), ...Array.from({ length: count }, (_, at) => toIso(toTime(first) + at * DAY))];
  while (cells.length % 7) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(7 * week, 7 * week + 7));
}

/** The month (YYYY-MM) so many months after. */
export function monthAfter(month, by) {
  const [year, number] = month.split("-").map(Number);
  return toIso(Date.UTC(year, number - 1 + by, 1)).slice(0, 7);
}

/** Opens the calendar beside a button. `choose({date, time})` is called at each change. */
export function openCalendar(options) {
  const view = new Calendar(options);
  const place = () => view.place();
  window.addEventListener("resize", place);
  view.layer = lay(view.ground, { focus: view.wantedCell(), onClose: () => window.removeEventListener("resize", place) });
  place();
}

class Calendar {
  constructor({ visit, chosen, beside, choose }) {
    Object.assign(this, { visit, chosen, beside, choose });
    this.closed = new Set(visit.closed.map((name) => "月火水木金土日".indexOf(name)));
    this.closedDays = new Set(visit.closed_days);
    this.focusDay = chosen?.date ?? visit.quick[1]?.date ?? visit.first;
    this.month = this.focusDay.slice(0, 7);
    this.time = chosen?.time ?? visit.time;
    this.title = el("h2", { class: "calendar-title", id: "calendar-title", "aria-live": "polite" });
    this.previous = button([icon("back")], () => this.turn(-1), { class: "square", "aria-label": t("calendar.previous") });
    this.next = button([icon("forward")], () => this.turn(1), { class: "square", "aria-label": t("calendar.next") });
    this.body = el("tbody", {});
    this.element = this.dialog();
    this.ground = el("div", { class: "calendar-ground", on: { pointerdown: (event) => this.onGround(event) } }, this.element);
    this.draw();
  }

  dialog() {
    const separator = language() === "ja" ? "" : " ";
    const days = t("calendar.weekdays").split(separator);
    const head = el("tr", {}, ...days.map((day) => el("th", { scope: "col" }, day)));
    const table = el(
      "table", { class: "calendar-days", role: "grid", "aria-labelledby": "calendar-title", on: { keydown: (event) => this.onKey(event) } },
      el("thead", {}, head), this.body,
    );
    const close = button(t("calendar.close"), () => this.layer.close());
    return el(
      "div", { class: "calendar", role: "dialog", "aria-label": t("calendar.title") },
      el("div", { class: "calendar-bar" }, this.previous, this.title, this.next), table,
      el("div", { class: "calendar-foot" }, el("span", { class: "strong" }, t("calendar.time")), this.timeStepper(), close),
      el("p", { class: "calendar-note" }, t("calendar.closed")),
    );
  }

  timeStepper() {
    const shown = el("span", {
      class: "stepper-value time-value", role: "spinbutton", tabindex: "0", "aria-label": t("calendar.time"),
      on: { keydown: (event) => this.onTimeKey(event) },
    });
    const step = (shape, by) => button([icon(shape)], () => this.changeTime(by), {
      class: "stepper-button", tabindex: "-1", "aria-label": t(`stepper.${shape}`, { name: t("calendar.time") }),
    });
    this.drawTime = () => {
      const { times } = this.visit;
      setText(shown, this.time ?? "");
      setAttributes(shown, {
        "aria-valuenow": times.indexOf(this.time), "aria-valuemin": 0, "aria-valuemax": times.length - 1, "aria-valuetext": this.time,
      });
    };
    this.drawTime();
    return el("div", { class: "stepper time-stepper" }, step("less", -1), el("span", { class: "stepper-text" }, shown), step("more", 1));
  }

  onTimeKey(event) {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    this.changeTime(by);
  }

  changeTime(by) {
    const { times } = this.visit;
    const at = Math.max(0, times.indexOf(this.time));
    this.time = times[Math.min(times.length - 1, Math.max(0, at + by))];
    this.drawTime();
    if (this.chosen) this.take(this.chosen.date);
  }

  draw() {
    const [year, month] = this.month.split("-").map(Number);
    setText(this.title, t("calendar.month", { year, month }));
    const inside = (by) => {
      const other = monthAfter(this.month, by);
      return other >= this.visit.first.slice(0, 7) && other <= this.visit.last.slice(0, 7);
    };
    setAttributes(this.previous, { "aria-disabled": inside(-1) ? null : "true" });
    setAttributes(this.next, { "aria-disabled": inside(1) ? null : "true" });
    this.body.replaceChildren(...weeks(this.month).map((week) => el("tr", {}, ...week.map((day) => this.cell(day)))));
  }

  cell(iso) {
    if (!iso) return el("td", { class: "no-day" });
    const closed = this.closed.has(weekday(iso)) || this.closedDays.has(iso);
    const out = iso < this.visit.first || iso > this.visit.last;
    const [year, month, day] = iso.split("-").map(Number);
    const words = { year, month, day, weekday: t("calendar.weekdays").split(language() === "ja" ? "" : " ")[weekday(iso)] };
    const chosen = this.chosen?.date === iso;
    const press = button(String(day), () => !out && this.pick(iso), {
      class: "day", "data-day": iso, tabindex: iso === this.focusDay ? "0" : "-1", "aria-disabled": out ? "true" : null,
      "aria-label": t(closed ? "calendar.closedDay" : "calendar.day", words), "data-closed": closed || out ? "yes" : null,
    });
    return el("td", { role: "gridcell", "aria-selected": chosen ? "true" : "false" }, press);
  }

  pick(iso) {
    this.focusDay = iso;
    this.take(iso);
    this.draw();
    this.wantedCell()?.focus();
  }

  take(date) {
    this.chosen = { date, time: this.time };
    this.choose(this.chosen);
  }

  wantedCell() {
    return this.body.querySelector('[tabindex="0"]') ?? this.body.querySelector(".day");
  }

  onKey(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (event.altKey || event.ctrlKey) return;
    if (by) this.go(toIso(toTime(this.focusDay) + by * DAY));
    else if (event.key === "PageUp" || event.key === "PageDown") this.turn(event.key === "PageUp" ? -1 : 1, true);
    else if (event.key === "Home") this.go(toIso(toTime(this.focusDay) - weekday(this.focusDay) * DAY));
    else if (event.key === "End") this.go(toIso(toTime(this.focusDay) + (6 - weekday(this.focusDay)) * DAY));
    else return;
    event.preventDefault();
  }

  go(iso) {
    this.focusDay = [this.visit.last, [this.visit.first, iso].sort()[1]].sort()[0];
    this.month = this.focusDay.slice(0, 7);
    this.draw();
    this.wantedCell()?.focus();
  }

  turn(by, focus = false) {
    const month = monthAfter(this.month, by);
    if (month < this.visit.first.slice(0, 7) || month > this.visit.last.slice(0, 7)) return;
    const last = weeks(month).flat().filter(Boolean).at(-1);
    const same = `${month}${this.focusDay.slice(7)}`;
    this.month = month;
    this.focusDay = [this.visit.last, [this.visit.first, same > last ? last : same].sort()[1]].sort()[0];
    this.draw();
    if (focus) this.wantedCell()?.focus();
  }

  onGround(event) {
    if (this.element.contains(event.target)) return;
    event.preventDefault();
    this.layer.close();
  }

  /** Beside the button, and wholly inside the window. */
  place() {
    const at = this.beside.getBoundingClientRect();
    const box = this.element.getBoundingClientRect();
    const left = Math.max(4, Math.min(at.right + 8, window.innerWidth - box.width - 4));
    const top = Math.max(4, Math.min(at.bottom - box.height + 44, window.innerHeight - box.height - 4));
    Object.assign(this.element.style, { left: `${left}px`, top: `${top}px` });
  }
}
