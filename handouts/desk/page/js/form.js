// What is typed and chosen for one sheet, as plain data, and the request that it makes. Nothing here outlives the page.

/** A plain sheet as it is before anybody chose: what was used last where the topic offers it, always one copy. */
export function plainForm(topic, usual) {
  const layouts = topic.plain.layouts;
  const layout = layouts.find(({ id }) => id === usual.layout) ?? layouts[0];
  const edition = layout.editions.includes(usual.edition) ? usual.edition : layout.editions[0];
  return { kind: "plain", topic: topic.topic.id, layout: layout.id, edition, side: "both", colour: usual.colour, copies: 1 };
}

/** One patient's sheet as it opens: the topic's own exercises, no name, no knee, no day. */
export function personalForm(topic, usual) {
  const { editions, exercises } = topic.personal;
  return {
    kind: "personal", topic: topic.topic.id, name: "", side: null, visit: null, memo: "",
    chosen: exercises.filter(({ usual: own }) => own).map(({ id }) => ({ id, amounts: {} })),
    edition: editions.includes(usual.edition) ? usual.edition : editions[0],
    colour: usual.colour, copies: 1, answers: [],
  };
}

/** Whether anything of a person is in it. */
export function isFilled(form, topic) {
  if (!form || form.kind === "plain") return false;
  return Boolean(form.name || form.side || form.visit || form.memo || !isUsual(form, topic) || form.answers.length);
}

function isUsual({ chosen }, topic) {
  const own = topic.personal.exercises.filter(({ usual }) => usual).map(({ id }) => id);
  return own.join() === chosen.map(({ id }) => id).join() && chosen.every(({ amounts }) => !Object.keys(amounts).length);
}

/** The part of a request for a sheet that says what is to be on it. */
export function wanted(form, topic) {
  const { edition, colour } = form;
  if (form.kind === "plain") {
    return { plain: { topic: form.topic, layout: form.layout, edition, side: form.side, colour } };
  }
  const { name, side, visit, memo, answers } = form;
  const exercises = isUsual(form, topic) ? null : form.chosen.map(({ id, amounts }) => ({ id, ...amounts }));
  return { personal: { topic: form.topic, name, side, visit, memo, exercises, edition, colour, answers } };
}

/** Puts one way out of a problem into the form. */
export function takeWay(form, way) {
  if (way.answer && !form.answers.includes(way.answer)) form.answers.push(way.answer);
  if (way.remove) form.chosen = form.chosen.filter(({ id }) => id !== way.remove);
  const { exercises, ...fields } = way.set ?? {};
  Object.assign(form, fields);
  for (const [id, amounts] of Object.entries(exercises ?? {})) {
    const choice = form.chosen.find((one) => one.id === id);
    if (choice) Object.assign(choice.amounts, amounts);
  }
}

/** Moves an exercise by one place; answers whether it could. */
export function move(form, id, by) {
  const from = form.chosen.findIndex((one) => one.id === id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= form.chosen.length) return false;
  form.chosen.splice(to, 0, ...form.chosen.splice(from, 1));
  return true;
}

/** The letter of the nth exercise on the sheet. */
export const letter = (at) => String.fromCodePoint(65 + at);
