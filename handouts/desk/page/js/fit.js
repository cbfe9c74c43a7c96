// How large pages are shown: pure arithmetic.

/**
 * The width and height in CSS px of one page of `size` [w, h] in an area, `count` of them beside each other or, where
 * they are wider than high, above each other; `gap` between.
 */
export function fitted([w, h], area, count, gap) {
  const stacked = w > h;
  const [columns, rows] = stacked ? [1, count] : [count, 1];
  const width = (area.width - gap * (columns - 1)) / columns;
  const height = (area.height - gap * (rows - 1)) / rows;
  const scale = Math.max(0.01, Math.min(width / w, height / h));
  return { width: Math.floor(w * scale), height: Math.floor(h * scale), stacked };
}

/** Groups pages 1…n for turning: two by two, or one by one. */
export function groups(pages, across) {
  const all = [];
  for (let first = 1; first <= pages; first += across) {
    all.push(Array.from({ length: Math.min(across, pages - first + 1) }, (_, at) => first + at));
  }
  return all;
}
