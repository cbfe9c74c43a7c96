// Which form the one button has, and what stands beside it: derived from how the sheet stands, never remembered.

import { connection } from "./api.js";
import { desk, printer } from "./desk.js";
import { button, el } from "./dom.js";
import { isKnown } from "./done.js";
import { letter } from "./form.js";
import { placeName } from "./problems.js";
import { japanese, t, tOr } from "./words.js";

/** What `Foot.draw` is to draw for a workspace. */
export function footState(space) {
  if (space.paper.running) return sending(space);
  if (connection.stopped) return stopped(space);
  if (space.step === "done") return done(space);
  const missing = space.kind === "personal" && !space.form.side;
  const { open } = space;
  const aside = asides(space);
  const lead = space.step === "printer" ? usualBox(space) : null;
  if (open.length) return { form: "fix", first: t("foot.problems", { n: open.length + (missing ? 1 : 0) }), second: space.kind === "plain" ? "" : places(space, missing), aside };
  if (missing) return { form: "knee", ...summary(space), aside, lead };
  return { form: "print", ...summary(space), aside, lead };
}

function places(space, missing) {
  const letters = Object.fromEntries(space.form.chosen?.map(({ id }, at) => [id, letter(at)]) ?? []);
  const names = space.open.map((problem) => placeName(problem, { letters, label: (id, amount) => space.pane.exercises?.label(id, amount) }));
  return [...new Set([...(missing ? [t("place.side")] : []), ...names])].join(t("foot.and"));
}

function summary({ form, sheets, paper: { told }, kind, topic }) {
  if (told) return { first: told, second: printer()?.name ?? "" };
  const sheet = sheets.shown;
  const parts = [
    kind === "personal" ? t("foot.layout", { n: sheet?.paper.sheets ?? 1 }) : null,
    t("foot.edition", { edition: tOr(`summary.${form.edition}`, topic.editions?.[form.edition] ?? form.edition) }),
    t(`colour.${form.colour}`), t("foot.copies", { n: form.copies }),
  ].filter(Boolean);
  const where = printer();
  // Where the browser prints, two sides and the edge are chosen in its own window: they must be known.
  const second = where?.id === "browser" && sheet ? sheet.paper.text : where?.name ?? "";
  return kind === "personal" ? { first: parts.join(t("foot.dot")), second } : { first: "", second: "" };
}

function asides(space) {
  if (space.step === "printer") {
    space.backButton ??= button([t(space.kind === "plain" ? "printer.backTopic" : "printer.back"), el("span", { class: "key" }, "Esc")], () => space.showForm());
    return [space.backButton];
  }
  if (space.open.length && space.kind === "personal") return [];
  const label = space.kind === "personal" ? t("foot.options") : t("printer.other", { printer: otherName() });
  if (!space.optionsButton || space.optionsButton.textContent !== label) {
    space.optionsButton = button(label, () => space.showPrinters(), { class: "options", ...(space.kind === "personal" ? {} : japanese()) });
  }
  return [space.optionsButton];
}

/** What the button to the printers is called: the printer, where its name is short enough. */
function otherName() {
  const one = printer();
  return !one || one.id === "browser" || one.name.length > 8 ? t("place.printer") : one.name;
}

/** 次からもこの形にする. */
function usualBox(space) {
  if (!space.usualLabel) {
    const box = el("input", {
      type: "checkbox", autocomplete: "off",
      on: { change: () => { if (box.checked) keepUsual(space.form); else dropUsual(); } },
    });
    space.usualLabel = el("label", { class: "foot-lead" }, box, el("span", { class: "tick-box", "aria-hidden": "true" }), t("printer.usual"));
    space.usualBox = box;
  }
  if (space.usualBox.checked) keepUsual(space.form);
  return space.usualLabel;
}

function keepUsual({ edition, colour, layout }) {
  Object.assign(desk.usual, { edition, colour, ...(layout ? { layout } : {}) });
}

const dropUsual = () => Object.assign(desk.usual, { edition: "standard", colour: true, layout: "a4" });

function sending(space) {
  const { state } = space.paper.running;
  const waits = state?.problem ?? null;
  const name = printer()?.name ?? "";
  const browser = (printer()?.id ?? "browser") === "browser";
  space.cancelButton ??= button(t("foot.cancel"), () => space.paper.running?.cancel().catch(() => {}));
  space.otherButton ??= button(t("problem.other"), () => space.paper.other());
  return {
    form: "sending", sign: Boolean(waits),
    first: waits ? t("foot.waits", { text: waits.text.replace(/。$/u, "") }) : browser ? t("foot.opening") : t("foot.sendingTo", { printer: name }),
    second: waits ? t("foot.goesOn") : browser ? "" : state?.text ?? "",
    aside: browser ? [] : [...(waits ? [space.otherButton] : []), space.cancelButton],
  };
}

function stopped(space) {
  const { lost } = connection;
  const kept = space.step === "done" || space.kind === "plain" ? "" : t(lost ? "foot.lostKept" : "foot.kept");
  return { form: "reconnect", sign: true, first: t(lost ? "foot.lost" : "foot.stopped"), second: kept };
}

function done(space) {
  const known = isKnown(space.paper.done.state);
  const off = space.paper.done.erased ? "true" : null;
  space.mendButton ??= button(t(space.kind === "plain" ? "done.mendPlain" : "done.mend"), () => space.paper.mend());
  space.againButton ??= button(t(known ? "done.again" : "done.againBrowser"), () => space.paper.again());
  for (const one of [space.mendButton, space.againButton]) {
    if (off) one.setAttribute("aria-disabled", off);
    else one.removeAttribute("aria-disabled");
  }
  return { form: known ? "next" : "came", first: space.paper.told, aside: [space.mendButton, space.againButton] };
}
