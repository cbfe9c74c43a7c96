// The page's words: one table for each language, fetched once, asked by key.

const tables = new Map();
let current = "ja";

/** The language the page speaks, "ja" or "en". */
export const language = () => current;

/** Makes the page speak a language. */
export async function speak(code) {
  if (!tables.has(code)) {
    const answer = await fetch(`/page/words/${code}.json`);
    if (!answer.ok) throw new Error(`words ${code}: ${answer.status}`);
    tables.set(code, await answer.json());
  }
  current = code;
  document.documentElement.lang = code;
  document.title = t("title");
}

/** The words of a key, with values put in for {names}. */
export function t(key, values = {}) {
  const text = tables.get(current)?.[key];
  if (text === undefined) throw new Error(`no words for ${key}`);
  return text.replace(/\{(\w+)\}/gu, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The words of a key, or what the clinic's own files say where the page has none. */
export const tOr = (key, otherwise) => tables.get(current)?.[key] ?? otherwise;

/** The attribute of text that stays Japanese whatever the page speaks: titles, names, sentences of the sheet. */
export const japanese = () => (current === "ja" ? {} : { lang: "ja" });
