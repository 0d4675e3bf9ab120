// The script of every page. Nothing needs it: without it pages are as light or
// dark as the system, and the cards of figures open by a click or the keyboard alone.

// Where the browser knows interest, a card opens on hover too; the button only ever
// shows its card, so that the click that follows does not close it. No checker knows
// the attribute yet, so it does not stand in the page.
function openOnHover(part) {
  for (const button of part.querySelectorAll("[popovertarget]")) {
    button.setAttribute("interestfor", button.getAttribute("popovertarget"));
  }
}

openOnHover(document);
// What live.js has put in is new to this script.
document.addEventListener("numbers", (event) => openOnHover(event.target));

const root = document.documentElement;
const toggle = document.getElementById("toggle");
const dark = matchMedia("(prefers-color-scheme: dark)");

const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);

function show() {
  toggle.textContent = isDark() ? toggle.dataset.light : toggle.dataset.dark;
}

if (toggle) {
  toggle.hidden = false;
  show();
  dark.addEventListener("change", show);
  toggle.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    show();
    try {
      // What the system says already needs no memory.
      if (isDark() === dark.matches) localStorage.removeItem("theme");
      else localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // Storage may be off: the choice then lasts as long as the page.
    }
  });
}

// A video's player comes from its platform, so only who asks for it gets it.
for (const place of document.querySelectorAll("[data-player]")) {
  const card = place.querySelector("[data-play]");
  if (!card) continue;
  const play = document.createElement("button");
  Object.assign(play, { type: "button", className: "embed__play", textContent: card.dataset.play });
  play.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.className = "embed__player";
    frame.title = place.querySelector("a").textContent;
    frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin"; // or YouTube refuses
    frame.src = place.dataset.player;
    play.replaceWith(frame);
    frame.focus();
  });
  place.append(play);
}
