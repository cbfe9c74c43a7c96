// The topics as cards: picture of the first page, number, title, two symptoms, two buttons.

import { button, el, icon } from "./dom.js";
import { japanese, t } from "./words.js";

/** A topic's card; `open(kind)` is "personal" or "plain", `where()` shows what is to be mended in a broken one. */
export function card(topic, { open, where }) {
  const title = el("h3", { class: "card-title", id: `card-${topic.number}`, ...japanese() }, el("span", { class: "number" }, String(topic.number)), el("span", {}, ...phrases(topic)));
  const said = topic.broken
    ? el("p", { class: "card-line" }, topic.broken.text)
    : topic.lines.map((line) => el("p", { class: "card-line", ...japanese() }, line));
  const state = topic.state_text && !topic.broken ? el("p", { class: "card-state" }, topic.state_text) : null;
  const text = el("div", { class: "card-text" }, title, state, said);
  const ways = el("div", { class: "card-ways" }, ...buttons(topic, open, where));
  const element = el("li", { class: "card", "data-topic": topic.id, "aria-labelledby": `card-${topic.number}` }, pictureOf(topic), text, ways);
  // Picture and title open the plain sheet for a hand with a mouse; for the keyboard the button says the same.
  if (!topic.broken) {
    for (const part of [element.firstChild, text]) {
      part.classList.add("opens");
      part.addEventListener("click", () => open("plain"));
    }
  }
  return element;
}

/** The title, broken between its phrases alone where it takes two lines. */
function phrases({ title, phrases: pieces = [title] }) {
  return pieces.flatMap((piece, at) => (at ? [el("wbr"), piece] : [piece]));
}

function buttons(topic, open, where) {
  const { title } = topic;
  if (topic.broken) {
    return [button(t("start.where"), where, { class: "wide", "aria-label": t("start.whereOf", { title }) })];
  }
  const plain = button(t("start.plain"), () => open("plain"), {
    class: topic.personal ? "" : "wide", "aria-label": t("start.choosePlain", { title }), "data-kind": "plain",
  });
  if (!topic.personal) return [plain];
  const personal = button(t("start.personal"), () => open("personal"), {
    class: "main", "aria-label": t("start.choosePersonal", { title }), "data-kind": "personal",
  });
  return [personal, plain];
}

function pictureOf(topic) {
  if (!topic.picture) return el("div", { class: "card-picture card-broken" }, icon("triangle"));
  return el("div", { class: "card-picture" }, el("img", { src: topic.picture, alt: "", draggable: "false", decoding: "async" }));
}

/** Moves the focus among buttons by the arrow keys, as they lie on the screen. Answers whether it moved. */
export function moveByArrow(buttons, from, key) {
  const here = from.getBoundingClientRect();
  const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
  const [x, y] = middle(here);
  const down = { ArrowDown: 1, ArrowUp: -1 }[key];
  const aside = { ArrowRight: 1, ArrowLeft: -1 }[key];
  const far = (one) => {
    const [ox, oy] = middle(one.getBoundingClientRect());
    const [along, across] = down ? [(oy - y) * down, Math.abs(ox - x)] : [(ox - x) * aside, Math.abs(oy - y)];
    return along > 4 && (down || across < 20) ? along + 3 * across : Infinity;
  };
  const best = buttons.filter((one) => one !== from).sort((one, other) => far(one) - far(other))[0];
  if (!best || far(best) === Infinity) return false;
  best.focus();
  return true;
}
