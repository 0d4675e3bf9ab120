// Charts: the day and the number nearest to pointer, finger or arrow keys, as the server
// wrote them. Without it they stand in the table below each chart.
{
  const CHART = ".chart__drawing[data-days]";
  const voice = document.createElement("p");
  Object.assign(voice, { className: "visually-hidden", ariaLive: "polite" });
  document.body.append(voice);

  // What charts/readout.py has written: the day of each point, counted, and the words.
  const stopsOf = (chart) =>
    chart.dataset.days.split("|").flatMap((month) => {
      const [start, words, numbers] = month.split(";");
      let day = 0;
      return numbers.split(" ").map((one) => {
        const [number, named] = one.split(":").reverse();
        day = +named || day + 1;
        return [+start + day - 1, words.replace("#", day) + number];
      });
    });

  let open; // what is read: the chart, its stops, where among them, the parts drawn

  const close = () => {
    open?.parts.map((part) => part.remove());
    open = undefined;
    voice.textContent = "";
  };

  const draw = (chart, name, kind) => {
    const part = document.createElementNS(chart.namespaceURI, name);
    part.setAttribute("class", kind);
    return chart.appendChild(part);
  };

  const read = (chart) => {
    if (open?.chart === chart && open.parts[0].isConnected) return;
    close();
    const stops = stopsOf(chart);
    const parts = [draw(chart, "line", "chart__cursor"), draw(chart, "text", "chart__reading")];
    open = { chart, stops, parts, at: stops.length - 1 };
  };

  const show = (at) => {
    const { chart, stops, parts } = open;
    open.at = Math.max(0, Math.min(at, stops.length - 1));
    const [day, said] = stops[open.at];
    const share = day / stops.at(-1)[0];
    const plot = chart.querySelector(".chart__plot");
    const [top, tall] = ["y", "height"].map((name) => parseFloat(plot.getAttribute(name)));
    const put = (part, places) => {
      for (const name in places) part.setAttribute(name, places[name]);
    };
    const x = `${share * 100}%`;
    put(parts[0], { x1: x, x2: x, y1: `${top}em`, y2: `${top + tall + 0.4}em` });
    parts[1].textContent = said;
    const room = chart.getBoundingClientRect().width;
    const wide = parts[1].getComputedTextLength();
    const left = Math.max(0, Math.min(share * room - wide / 2, room - wide));
    put(parts[1], { x: left, y: `${top + tall + 1.5}em` });
    return said;
  };

  const point = ({ target, clientX }) => {
    const chart = target.closest?.(CHART);
    if (!chart) return open && open.chart !== document.activeElement && close();
    read(chart);
    const { left, width } = chart.getBoundingClientRect();
    const day = ((clientX - left) / width) * open.stops.at(-1)[0];
    const far = open.stops.map((stop) => Math.abs(stop[0] - day));
    show(far.indexOf(Math.min(...far)));
  };

  document.addEventListener("pointermove", point);
  document.addEventListener("pointerdown", point);
  document.addEventListener("focusout", close);
  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches(CHART) || open?.chart === target) return;
    read(target);
    voice.textContent = show(open.at);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    const chart = document.activeElement?.closest(CHART);
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (!chart || !step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    read(chart);
    voice.textContent = show(open.at + step);
  });

  // Only with this script is there something to reach by the keyboard.
  const reach = (part) => part.querySelectorAll(CHART).forEach((chart) => (chart.tabIndex = 0));
  reach(document);
  document.addEventListener("numbers", (event) => reach(event.target)); // of live.js
}
