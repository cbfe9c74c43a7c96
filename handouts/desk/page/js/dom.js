// Makes and changes elements; text is only ever put in as text, so nothing that is typed can become markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element. `on` holds listeners, `prop` properties; null and false leave an attribute out. */
export function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** An element of SVG. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(node, { on = {}, prop = {}, ...attributes }, children) {
  setAttributes(node, attributes);
  for (const [name, listener] of Object.entries(on)) node.addEventListener(name, listener);
  Object.assign(node, prop);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Sets attributes where they differ; null and false take them away. */
export function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) node.removeAttribute(name);
    else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value === true ? "" : value);
  }
}

/** Sets a text where it differs: what has not changed is neither spoken again nor drawn again. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Puts these children into a node, touching nothing where they are the ones it has: the focus stays. */
export function setChildren(node, children) {
  const wanted = children.filter(Boolean);
  const same = wanted.length === node.children.length && wanted.every((child, at) => node.children[at] === child);
  if (!same) node.replaceChildren(...wanted);
}

/** The text of several lines, each in a line of its own. */
export function lines(text) {
  return text.split("\n").flatMap((line, at) => (at ? [el("br"), line] : [line]));
}

const SHAPES = {
  triangle: [["path", { d: "M12 3 22.5 21.5H1.5Z" }], ["path", { d: "M12 9.5v6M12 17.6v1.6" }]],
  tick: [["path", { d: "M4 12.5 9.5 18 20 6.5" }]],
  back: [["path", { d: "M15.5 4.5 8 12l7.5 7.5" }]],
  forward: [["path", { d: "M8.5 4.5 16 12l-7.5 7.5" }]],
  up: [["path", { d: "M5 15.5 12 8.5l7 7" }]],
  down: [["path", { d: "M5 8.5 12 15.5l7-7" }]],
  less: [["path", { d: "M5 12h14" }]],
  more: [["path", { d: "M5 12h14M12 5v14" }]],
};

/** A drawn sign; it is for the eye alone, the words beside it say the same. */
export function icon(name) {
  const shapes = SHAPES[name].map(([tag, attributes]) => svg(tag, attributes));
  return svg("svg", { class: `icon icon-${name}`, viewBox: "0 0 24 24", "aria-hidden": "true" }, ...shapes);
}

/** A button that is never dead: where it cannot be used now it stays focusable and says why when it is pressed. */
export function button(label, press, attributes = {}) {
  const content = Array.isArray(label) ? label : [label];
  return el("button", { type: "button", ...attributes, on: { click: press } }, ...content);
}

let last = 0;

/** An id that no other element has. */
export function freshId(stem) {
  last += 1;
  return `${stem}-${last}`;
}
