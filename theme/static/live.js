// Live: asks for its own page as often as the site is refreshed, and takes the numbers
// over as the server wrote them. It formats nothing, and asks only while it is seen.
{
  const { minutes, one, many } = document.currentScript.dataset;
  const EVERY = minutes * 60_000; // ms, as all times here
  const SELDOM = Math.max(EVERY, 86_400_000); // between two tries, amid trouble
  const AGAIN = 2_000; // until we look whether the reader has let go of a slot
  const IN_HAND = ":is(:popover-open, details[open])"; // `:is` forgives the unknown
  const KEPT = ["open", "interestfor", "tabindex"]; // set by the reader, page.js, chart.js

  // What a page says besides its slots, which it gathers. Without attributes: scripts
  // set some, and a number may stand in one.
  const said = (node, slots) => {
    if (!node.attributes) return node.data;
    if (node.nodeName === "NOSCRIPT") return ""; // parsed only where scripts are off
    if (node.hasAttribute("data-live")) return `<${slots.push(node)}>`;
    const inside = [...node.childNodes].map((child) => said(child, slots));
    return `<${node.nodeName}>${inside.join("")}</>`;
  };

  const slots = [];
  const page = said(document.body, slots);
  const written = slots.map((slot) => slot.outerHTML);

  const voice = document.createElement("p");
  Object.assign(voice, { className: "visually-hidden", ariaLive: "polite" });
  document.body.append(voice);

  const shape = (node) => [node, ...node.childNodes].map((one) => one.nodeName).join();

  // Gathers the steps that make `old` what `now` is. They change as little as can be, so
  // an open card stays open, and what has the focus keeps it. False if they would not.
  const follow = (old, now, steps) => {
    if (!old.attributes) {
      return old.data === now.data || steps.push(() => (old.data = now.data));
    }
    for (const { name } of [...old.attributes, ...now.attributes]) {
      const value = now.getAttribute(name);
      if (KEPT.includes(name) || value === old.getAttribute(name)) continue;
      steps.push(() => (value === null ? old.removeAttribute(name) : old.setAttribute(name, value)));
    }
    if (shape(old) === shape(now)) {
      return [...old.childNodes].every((node, n) => follow(node, now.childNodes[n], steps));
    }
    steps.push(() => {
      if (old.nodeName === now.nodeName) old.replaceChildren(...now.childNodes);
      else old.replaceWith(now);
    });
    return !old.contains(document.activeElement) && !old.querySelector(IN_HAND);
  };

  let later;

  // Takes over what may change now, the rest later. False if the page was edited.
  const swap = (markup) => {
    clearTimeout(later);
    const fresh = [];
    const { body } = new DOMParser().parseFromString(markup, "text/html");
    if (said(body, fresh) !== page) return false;
    const chosen = getSelection();
    const changed = new Set();
    let held;
    fresh.forEach((now, n) => {
      const old = slots[n];
      const text = now.outerHTML;
      if (text === written[n]) return;
      const steps = [];
      const selected = !chosen.isCollapsed && chosen.containsNode(old, true);
      if (selected || !follow(old, now, steps)) return void (held = true);
      const around = old.parentNode;
      const before = [...around.querySelectorAll("data")].map((data) => data.value);
      for (const step of steps) step();
      slots[n] = old.isConnected ? old : now;
      written[n] = text;
      for (const data of around.querySelectorAll("data")) {
        if (before.includes(data.value)) continue;
        changed.add(data.value);
        data.dataset.changed = "";
        data.onanimationend = () => delete data.dataset.changed;
      }
      around.dispatchEvent(new Event("numbers", { bubbles: true }));
    });
    if (held) later = setTimeout(swap, AGAIN, markup);
    const { size } = changed;
    if (size) voice.textContent = size > 1 ? many.replace("{count}", size) : one;
    return true;
  };

  let wait = EVERY;
  let asked = Date.now();
  let timer;

  const plan = () => {
    clearTimeout(timer);
    const left = Math.min(asked + wait - Date.now(), 2 ** 31 - 1); // a timer's most
    if (slots.length && !document.hidden) timer = setTimeout(ask, left);
  };

  const ask = async () => {
    asked = Date.now();
    voice.textContent = "";
    wait = Math.min(wait * 2, SELDOM); // unless all goes well
    plan(); // even if no reply ever comes
    try {
      const reply = await fetch(location.href, { cache: "no-cache" });
      if (reply.ok && swap(await reply.text())) wait = EVERY;
    } catch {
      // No network is no news.
    }
    plan();
  };

  document.addEventListener("visibilitychange", plan);
  plan();
}
