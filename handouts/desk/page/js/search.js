// Which topics a word, a symptom, a reading or a number finds. Katakana and half-width forms are as good as hiragana.

/** A text as it is compared: NFKC, hiragana, small letters. */
export function folded(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[\u30A1-\u30F6]/gu, (sign) => String.fromCodePoint(sign.codePointAt(0) - 0x60));
}

/** The topics that hold every word of a text; a number alone is the card's. */
export function found(topics, text) {
  const words = folded(text).split(/\s+/u).filter(Boolean);
  if (words.length === 1 && /^\d{1,3}$/u.test(words[0])) {
    const numbered = topics.filter(({ number }) => String(number) === words[0]);
    if (numbered.length) return numbered;
  }
  return topics.filter((topic) => words.every((word) => folded(`${topic.search} ${topic.title} ${topic.lines.join(" ")}`).includes(word)));
}
