// A line chart in SVG: axes, a grid, and lines that differ in colour and in dashes.

const space = "http://www.w3.org/2000/svg";
const margin = { left: 52, right: 12, top: 10, bottom: 26 };

function svg(name, attributes, text) {
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Round numbers from low to high, about as many as asked for. */
function ticks(low, high, count) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(n => n * power).find(n => n >= rough * 0.999) ?? 10 * power;
  const all = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) all.push(i * step);
  return all;
}

export const short = value => {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (size >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`;
  return size < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
};

export class LineChart {
  #root;
  #label;
  #lines = [];
  #fixed;

  /** @param fixed the highest value of the vertical axis, if it is known */
  constructor(root, label, fixed) {
    this.#root = root;
    this.#label = label;
    this.#fixed = fixed;
    root.setAttribute("role", "img");
    new ResizeObserver(() => this.#draw()).observe(root);
  }

  /** Each line: name, style (its number), xs, ys, isPast. */
  show(lines, label = this.#label, fixed = this.#fixed) {
    this.#lines = lines.filter(line => line.xs.length > 0);
    this.#label = label;
    this.#fixed = fixed;
    this.#draw();
  }

  #draw() {
    const { clientWidth: width, clientHeight: height } = this.#root;
    if (width === 0) return;
    this.#root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const ys = this.#lines.flatMap(line => line.ys).filter(Number.isFinite);
    const xs = this.#lines.flatMap(line => [line.xs[0], line.xs.at(-1)]);
    const right = Math.max(1, ...xs);
    let low = ys.length > 0 ? ys.reduce((a, b) => Math.min(a, b)) : 0;
    let high = this.#fixed ?? (ys.length > 0 ? ys.reduce((a, b) => Math.max(a, b)) : 1);
    if (low > 0 && low < 0.4 * high) low = 0;
    if (!(high > low)) high = low + 1;
    const x = value => margin.left + (value / right) * (width - margin.left - margin.right);
    const y = value => height - margin.bottom - ((value - low) / (high - low)) * (height - margin.top - margin.bottom);
    const parts = this.#axes(low, high, right, x, y, width, height);
    for (const line of [...this.#lines].sort((a, b) => Number(b.isPast) - Number(a.isPast))) {
      const points = line.xs.map((each, i) => `${x(each).toFixed(1)},${y(Math.min(high, Math.max(low, line.ys[i]))).toFixed(1)}`);
      if (points.length === 1) points.push(`${x(line.xs[0]) + 2},${points[0].split(",")[1]}`);
      parts.push(svg("polyline", { class: `s${line.style} ${line.isPast ? "past" : ""}`, points: points.join(" ") }));
    }
    const last = this.#lines.filter(line => !line.isPast).map(line => `${line.name}: ${short(line.ys.at(-1))}`);
    this.#root.setAttribute("aria-label", `${this.#label}. ${last.length > 0 ? last.join("; ") : "No values yet"}`);
    this.#root.replaceChildren(...parts);
  }

  #axes(low, high, right, x, y, width, height) {
    const parts = [];
    for (const tick of ticks(low, high, 4)) {
      parts.push(svg("line", { class: "grid", x1: margin.left, x2: width - margin.right, y1: y(tick), y2: y(tick) }));
      parts.push(svg("text", { x: margin.left - 6, y: y(tick) + 4, "text-anchor": "end" }, short(tick)));
    }
    for (const tick of ticks(0, right, Math.max(2, width / 110)))
      parts.push(svg("text", { x: x(tick), y: height - 8, "text-anchor": "middle" }, short(tick)));
    parts.push(svg("line", { class: "axis", x1: margin.left, x2: width - margin.right, y1: height - margin.bottom, y2: height - margin.bottom }));
    return parts;
  }
}

/** A sample of a line for a legend. */
export function sample(style) {
  const root = svg("svg", { viewBox: "0 0 32 8", "aria-hidden": "true" });
  root.append(svg("line", { class: `s${style}`, x1: 0, x2: 32, y1: 4, y2: 4 }));
  return root;
}
