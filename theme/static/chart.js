// Charts: the day and number nearest to pointer or arrow keys, in the words of
// charts/readout.py. Without this script they stand in the table below each chart.
{
  const CHART = ".chart__drawing[data-days]";
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
  const mark = document.createElementNS("http://www.w3.org/2000/svg", "g");
  const voice = document.createElement("output");
  voice.className = "visually-hidden";
  document.body.append(voice);
  let at; // the point that is read, in the chart that has the mark

  const pointsOf = (chart) =>
    chart.dataset.days.split("|").flatMap((month) => {
      const [start, words, numbers] = month.split(";");
      let day = 0;
      return numbers.split(" ").map((one) => {
        const [number, named] = one.split(":").reverse();
        day = +named || day + 1;
        return { x: +start + day - 1, number, words: words.replace("#", day) + number };
      });
    });

  const show = (chart, choose) => {
    const points = pointsOf(chart);
    const last = points.length - 1;
    if (mark.parentNode !== chart) at = last;
    at = Math.max(0, Math.min(choose(points), last));
    const { x, number, words } = points[at];
    const [top, foot, low, high, log] = chart.dataset.box.split(" ");
    const share = x / points[last].x;
    const scale = log ? Math.log : Number;
    const rise = (value) => scale(value) - scale(low);
    const level = rise(number.replace(/\D/g, "")) / rise(high);
    const across = `${share * 100}%`;
    mark.innerHTML = `<line class="chart__cursor" x1="${across}" x2="${across}" y1="${top}em"
      y2="${foot}em"/><circle class="chart__end" cx="${across}" r=".3em"
      cy="${foot - (foot - top) * level}em"/><text class="chart__reading" x="${across}"
      y="${+foot + 1.4}em" text-anchor="${["start", "middle", "end"][Math.round(share * 2)]}"/>`;
    mark.lastChild.textContent = words;
    chart.append(mark);
    return words;
  };

  const close = () => {
    mark.remove();
    voice.value = "";
  };

  const point = ({ target, clientX }) => {
    const chart = target.closest?.(CHART);
    if (!chart) return mark.parentNode !== document.activeElement && close();
    const { left, width } = chart.getBoundingClientRect();
    show(chart, (points) => {
      const day = ((clientX - left) / width) * points.at(-1).x;
      const far = points.map(({ x }) => Math.abs(x - day));
      return far.indexOf(Math.min(...far));
    });
  };

  document.addEventListener("pointermove", point);
  document.addEventListener("pointerdown", point);
  document.addEventListener("focusout", close);
  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches(CHART) || mark.parentNode === target) return;
    voice.value = show(target, () => at);
  });
  document.addEventListener("keydown", (event) => {
    const chart = event.target.closest?.(CHART);
    const step = STEPS[event.key];
    if (event.key === "Escape") close();
    if (!chart || !step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    voice.value = show(chart, () => at + step);
  });

  // Only with this script is there something to reach by the keyboard.
  const reach = (part) => part.querySelectorAll(CHART).forEach((chart) => (chart.tabIndex = 0));
  reach(document);
  document.addEventListener("numbers", (event) => reach(event.target)); // of live.js
}
