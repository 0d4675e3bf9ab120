// Eleventy's paging walks one list; a list per tag is cut into pages here, as its
// manual proposes.
const SIZE = 10;

function pages(groups, folder) {
  const found = [];
  for (const [name, posts] of groups) {
    const count = Math.ceil(posts.length / SIZE);
    const base = `/${folder}/${name}/`;
    const at = (n) => (n < 1 || n > count ? "" : n === 1 ? base : `${base}page/${n}/`);
    for (let number = 1; number <= count; number++) {
      const items = posts.slice((number - 1) * SIZE, number * SIZE);
      found.push({
        name, number, count, items, url: at(number),
        newer: at(number - 1), older: at(number + 1),
      });
    }
  }
  return found;
}

function grouped(posts, names) {
  const groups = new Map();
  for (const post of posts) {
    for (const name of names(post)) {
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(post);
    }
  }
  return groups;
}

export default function (config) {
  const newest = (api) => api.getFilteredByGlob("posts/*.md").reverse();
  config.addCollection("newest", newest);
  config.addCollection("feed", (api) => newest(api).slice(0, 100));
  config.addCollection("tagPages", (api) =>
    pages(grouped(newest(api), (post) => post.data.tags), "tags"));
  config.addCollection("categoryPages", (api) =>
    pages(grouped(newest(api), (post) => [post.data.category]), "categories"));
  config.addFilter("iso", (date) => date.toISOString());
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.amendLibrary("md", (md) => {
    md.set({ typographer: true });
    // Headings can be linked to, as the other tools have it by default.
    md.renderer.rules.heading_open = (tokens, n, options, env, self) => {
      const words = tokens[n + 1].content.toLowerCase().match(/\w+/g) || [];
      tokens[n].attrSet("id", words.join("-"));
      return self.renderToken(tokens, n, options);
    };
  });
  return {
    dir: { input: ".", output: "output" },
    markdownTemplateEngine: false,
  };
}
