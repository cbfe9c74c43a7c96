// Asks for news, and shows pages and problems; where the program has ended, says so and asks again.
const byId = (id) => document.getElementById(id);
let number = 0;

function element(tag, text, kind) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function problem(one) {
  const article = document.createElement("article");
  article.append(element("p", one.place, "place"), element("p", one.message, one.severity));
  if (one.hint) article.append(element("p", `ヒント: ${one.hint}`));
  return article;
}

function state(news) {
  if (!news.present) return news.pages.length ? "直すまで、前の紙面を表示しています。" : "まだ紙面を作れません。右の所を直してください。";
  const draft = news.draft ? "下書き(直す所があります) " : "";
  return `${draft}${news.pages.length}ページ ${news.milliseconds} ms`;
}

// New pictures take the place of the old ones once they are loaded, and the same ones stay: nothing flickers.
async function pages(names) {
  const before = new Map([...byId("pages").children].map((image) => [image.dataset.name, image]));
  const made = await Promise.all(names.map(async (name, index) => {
    if (before.has(name)) return before.get(name);
    const image = new Image();
    image.alt = `${index + 1}ページ目`;
    image.dataset.name = name;
    image.src = `page-${name}.jpg`;
    await image.decode().catch(() => undefined);
    return image;
  }));
  byId("pages").replaceChildren(...made);
}

async function show(news) {
  document.title = news.title;
  byId("title").textContent = news.title;
  byId("state").textContent = state(news);
  document.querySelector("header").classList.toggle("old", !news.present);
  byId("problems").replaceChildren(...news.problems.map(problem));
  await pages(news.pages);
}

for (;;) {
  try {
    const news = await (await fetch(`news?${number}`)).json();
    if (news.number !== number) {
      number = news.number;
      await show(news);
    }
  } catch {
    byId("state").textContent = "handouts watch が終わりました。";
    await new Promise((resolve) => setTimeout(resolve, 2000));
    number = 0;
  }
}
