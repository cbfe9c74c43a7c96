// 大きく見る: one page at the window's width; arrow keys turn, Escape closes.

import { button, el, icon, setAttributes, setText } from "./dom.js";
import { lay } from "./layers.js";
import { decoded, free, picture } from "./pictures.js";
import { t } from "./words.js";

const MARGIN = 48;

/** Lays a large picture of a page over the window. */
export function showLarge(sheet, first) {
  const view = { sheet, page: first, held: null };
  const back = button([icon("back")], () => turn(view, -1), { class: "square", "aria-label": t("page.previous") });
  const next = button([icon("forward")], () => turn(view, 1), { class: "square", "aria-label": t("page.next") });
  const close = button([t("page.close"), el("span", { class: "key" }, "Esc")], () => view.layer.close(), { class: "large-close" });
  Object.assign(view, { back, next, note: el("p", { class: "large-note", role: "status" }), area: el("div", { class: "large-area", tabindex: "0" }) });
  const bar = el("div", { class: "large-bar" }, view.note, sheet.pages > 1 ? back : null, sheet.pages > 1 ? next : null, close);
  const element = el("div", {
    class: "large", role: "dialog", "aria-modal": "true", "aria-label": t("page.large"),
    on: { keydown: (event) => onKey(event, view) },
  }, bar, view.area);
  view.layer = lay(element, { modal: true, focus: close, onClose: () => free(view.held) });
  draw(view);
}

function onKey(event, view) {
  const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -1, PageDown: 1 }[event.key];
  if (!by || event.altKey || event.ctrlKey) return;
  event.preventDefault();
  turn(view, by);
}

function turn(view, by) {
  const page = view.page + by;
  if (page < 1 || page > view.sheet.pages) return;
  view.page = page;
  draw(view);
}

async function draw(view) {
  const { sheet, page } = view;
  setText(view.note, `${page} / ${sheet.pages}`);
  setAttributes(view.back, { "aria-disabled": page === 1 ? "true" : null });
  setAttributes(view.next, { "aria-disabled": page === sheet.pages ? "true" : null });
  const width = Math.min(1100, window.innerWidth - MARGIN);
  const one = await picture(sheet, page, Math.min(3000, Math.round(width * window.devicePixelRatio))).catch(() => null);
  if (!one || view.page !== page || !view.area.isConnected) return free(one);
  const image = await decoded(one.url, t("page.picture", { n: page }));
  image.style.width = `${width}px`;
  view.area.replaceChildren(image);
  view.area.scrollTop = 0;
  free(view.held);
  view.held = one;
  return undefined;
}
