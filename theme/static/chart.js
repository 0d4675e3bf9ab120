// Charts: the day and number nearest to the pointer, the finger or the arrow keys, as
// the server wrote them. Without it they stand in the table below each chart.
{
  const CHART = ".chart__drawing[data-days]";
  const SVG = "http://www.w3.org/2000/svg";
  const voice = document.createElement("p");
  Object.assign(voice, { className: "visually-hidden", ariaLive: "polite" });
  document.body.append(voice);

  // What charts/readout.py has written: [days from the first point, words] of each.
  const stopsOf = (chart) =>
    chart.dataset.days.split("|").flatMap((month) => {
      const [start, words, numbers] = month.split(";");
      let day = 0;
      return numbers.split(" ").map((one) => {
        const [number, named] = one.split(":").reverse();
        day = named ? +named : day + 1;
        return [+start + day - 1, `${words.replace("#", day)}: ${number}`];
      });
    });

  let open; // the chart that is read: its stops, and which of them

  const make = (name, kind) => {
    const part = document.createElementNS(SVG, name);
    part.setAttribute("class", kind);
    return open.chart.appendChild(part);
  };

  const close = () => {
    open?.line.remove();
    open?.words.remove();
    open = voice.textContent = "";
  };

  const read = (chart) => {
    if (open?.chart === chart && open.line.isConnected) return;
    close();
    const stops = stopsOf(chart);
    open = { chart, stops, first: stops[0][0], at: stops.length - 1 };
    open.long = stops.at(-1)[0] - open.first;
    open.line = make("line", "chart__cursor");
    open.words = make("text", "chart__reading");
  };

  const show = (at) => {
    const { chart, stops, first, long, line, words } = open;
    open.at = Math.max(0, Math.min(at, stops.length - 1));
    const [day, said] = stops[open.at];
    const plot = chart.querySelector(".chart__plot");
    const top = parseFloat(plot.getAttribute("y"));
    const bottom = top + parseFloat(plot.getAttribute("height"));
    const share = (day - first) / long;
    const ends = { x1: `${share * 100}%`, x2: `${share * 100}%`, y1: `${top}em`, y2: `${bottom + 0.4}em` };
    for (const name in ends) line.setAttribute(name, ends[name]);
    words.textContent = said;
    const { width } = chart.getBoundingClientRect();
    const wide = words.getComputedTextLength();
    words.setAttribute("x", Math.max(0, Math.min(share * width - wide / 2, width - wide)));
    words.setAttribute("y", `${bottom + 1.6}em`);
    return said;
  };

  const point = (event) => {
    const chart = event.target.closest?.(CHART);
    if (!chart) return event.type === "pointermove" && event.pointerType === "touch" ? 0 : close();
    read(chart);
    const { left, width } = chart.getBoundingClientRect();
    const day = open.first + ((event.clientX - left) / width) * open.long;
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
    if (event.key === "Escape") return close();
    const chart = document.activeElement.closest(CHART);
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (!chart || !step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    read(chart);
    voice.textContent = show(open.at + step);
  });

  // Only with this script is there something to reach by the keyboard.
  const reach = (part) => {
    for (const chart of part.querySelectorAll(CHART)) chart.tabIndex = 0;
  };
  reach(document);
  document.addEventListener("numbers", (event) => reach(event.target));
}
