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

// Letters of Japanese and Chinese, which put no spaces between words. The index has a space before
// each of them: plugins/live_stats/publishing/search_texts.py has the same ranges.
const UNSPACED =
  "\\u3005-\\u3007\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9d\\u{20000}-\\u{3ffff}";
const RUN = new RegExp(`[${UNSPACED}][\\p{M}${UNSPACED}]*`, "gu");
const START = new RegExp(`(?<=\\S)(?=[${UNSPACED}])`, "gu");
const MARKS = "\\u3001-\\u303f\\uff01-\\uff65"; // their punctuation
const INSERTED = new RegExp(`(?<=[${UNSPACED}${MARKS}]\\p{M}*) (?=[${UNSPACED}])|(?<=[${MARKS}]) `, "gu");

// A text of the index as its author wrote it.
const joined = (text) => text.replace(INSERTED, "");

// What to ask for: each run of such letters in a row, and the other words. A page must
// have all of it.
function asked(query) {
  const runs = [...query.matchAll(RUN)].map(([run]) => `"${run.replace(START, " ")}"`);
  const others = runs.length ? query.replace(RUN, " ").trim() : query;
  return /[\p{L}\p{N}]/u.test(others) || !runs.length ? [...runs, others] : runs;
}

async function find(query) {
  const pagefind = await load();
  const found = [];
  for (const one of asked(query)) {
    // か and が are two letters, which pagefind takes for one with and without an accent.
    await pagefind.options({ exactDiacritics: one.startsWith('"') && one !== query });
    found.push((await pagefind.search(one)).results);
  }
  const others = found.slice(1).map((results) => new Set(results.map(({ id }) => id)));
  return found[0].filter(({ id }) => others.every((ids) => ids.has(id)));
}

// One search after another, since each sets the option for itself.
let last = Promise.resolve();
function search(query) {
  last = last.catch(() => {}).then(() => find(query));
  return last;
}

// pagefind escapes the text of an excerpt and adds <mark>. It is parsed into a document
// that runs nothing, and only text and marks are taken over.
function excerpt(markup) {
  const line = document.createElement("p");
  line.className = "search__excerpt";
  const parsed = new DOMParser().parseFromString(markup, "text/html");
  const inserted = [...parsed.body.textContent.matchAll(INSERTED)];
  const dropped = new Set(inserted.map(({ index }) => index));
  let end = 0;
  for (const node of parsed.body.childNodes) {
    const part = node.nodeName === "MARK" ? document.createElement("mark") : null;
    const start = end;
    end += node.textContent.length;
    const text = node.textContent.split("").filter((_, n) => !dropped.has(start + n)).join("");
    part?.append(text);
    line.append(part ?? text);
  }
  return line;
}

function item({ url, excerpt: markup, meta }) {
  const entry = document.createElement("li");
  entry.className = "search__result";
  if (meta.lang) entry.lang = meta.lang;
  entry.dir = "auto";
  const link = document.createElement("a");
  link.className = "search__title";
  link.href = url;
  link.append(joined(meta.title ?? url));
  entry.append(link);
  if (meta.date) {
    const time = document.createElement("time");
    time.className = "search__date";
    if (meta.day) time.dateTime = meta.day;
    time.append(joined(meta.date));
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
    const results = await search(query);
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

const sought = new URLSearchParams(location.search).get("q");
if (sought) {
  field.value = sought;
  run();
}
