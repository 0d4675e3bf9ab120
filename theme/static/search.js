// Search: finds posts while you type. Nothing is loaded before the field is used.

const form = document.querySelector("form[data-search]");
const words = form.dataset;
const field = form.elements.q;
const status = form.parentElement.querySelector("[role=status]");
const list = form.parentElement.querySelector(".search__results");
const SHOWN = 20;
const PAUSE = 150; // ms without a key before a search

let loading;
let turn = 0;
let timer;

function load() {
  loading ??= start().catch((error) => {
    loading = undefined; // the next try asks again
    throw error;
  });
  return loading;
}

async function start() {
  const pagefind = await import(new URL(words.index, document.baseURI).href);
  await pagefind.init();
  return pagefind;
}

// pagefind escapes the text of an excerpt and adds <mark>. It is parsed into a document
// that runs nothing, and only text and marks are taken over.
function excerpt(markup) {
  const line = document.createElement("p");
  line.className = "search__excerpt";
  const parsed = new DOMParser().parseFromString(markup, "text/html");
  for (const node of parsed.body.childNodes) {
    const part = node.nodeName === "MARK" ? document.createElement("mark") : null;
    part?.append(node.textContent);
    line.append(part ?? node.textContent);
  }
  return line;
}

function item({ url, excerpt: markup, meta }) {
  const entry = document.createElement("li");
  entry.className = "search__result";
  const link = document.createElement("a");
  link.className = "search__title";
  link.href = url;
  link.append(meta.title ?? url);
  entry.append(link);
  if (meta.date) {
    const time = document.createElement("time");
    time.className = "search__date";
    if (meta.day) time.dateTime = meta.day;
    time.append(meta.date);
    entry.append(time);
  }
  entry.append(excerpt(markup));
  return entry;
}

function said(count, query) {
  const rule = new Intl.PluralRules(document.documentElement.lang || "en").select(count);
  const text = count ? (rule === "one" ? words.one : words.many) : words.none;
  // Functions, so that a "$&" in the query stays what it is.
  return text.replace("{count}", () => count).replace("{query}", () => query);
}

async function run() {
  const query = field.value.trim();
  const mine = ++turn;
  const address = new URL(location);
  if (query) address.searchParams.set("q", query);
  else address.searchParams.delete("q");
  history.replaceState(history.state, "", address);
  if (!query) {
    status.textContent = "";
    list.replaceChildren();
    return;
  }
  try {
    const { results } = await (await load()).search(query);
    const found = await Promise.all(results.slice(0, SHOWN).map((one) => one.data()));
    if (mine !== turn) return; // somebody went on typing
    list.replaceChildren(...found.map(item));
    status.textContent = said(results.length, query);
  } catch {
    if (mine !== turn) return;
    list.replaceChildren();
    status.textContent = words.failed;
  }
}

for (const note of document.querySelectorAll("[data-without-script]")) note.hidden = true;
field.addEventListener("focus", () => load().catch(() => {}));
field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(run, PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  run();
});

const asked = new URLSearchParams(location.search).get("q");
if (asked) {
  field.value = asked;
  run();
}
