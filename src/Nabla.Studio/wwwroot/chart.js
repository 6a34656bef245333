// A line chart in SVG: axes, a grid, and lines that differ in colour and in dashes.

const space = "http://www.w3.org/2000/svg";
const margin = { left: 52, right: 12, top: 10, bottom: 26 };

function svg(name, attributes, text) {
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The round number above a distance. */
function roundStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map(n => n * power).find(n => n >= rough * 0.999) ?? 10 * power;
}

/** Round numbers from low to high, about as many as asked for. */
function ticks(low, high, count) {
  const step = roundStep((high - low) / count);
  const all = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) all.push(i * step);
  return all;
}

export const short = value => {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e9) return value.toExponential(1);
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (size >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`;
  return size < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
};

/** Draws lines. They change many times a second, while others are trained on the same processors: what has not changed is kept. */
export class LineChart {
  #root;
  #frame = svg("g", {});
  #polylines = svg("g", {});
  #drawn = []; // What each polyline shows.
  #scale = "";
  #label;
  #lines = [];
  #fixed;

  /** @param fixed the highest value of the vertical axis, if it is known */
  constructor(root, label, fixed) {
    this.#root = root;
    this.#label = label;
    this.#fixed = fixed;
    root.setAttribute("role", "img");
    root.replaceChildren(this.#frame, this.#polylines);
    new ResizeObserver(() => this.#draw()).observe(root);
  }

  /** Each line: name, style (its number), points (xs and ys; others are another object), isPast. */
  show(lines, label = this.#label, fixed = this.#fixed) {
    this.#lines = lines.filter(line => line.points.xs.length > 0);
    this.#label = label;
    this.#fixed = fixed;
    this.#draw();
  }

  #draw() {
    const { clientWidth: width, clientHeight: height } = this.#root;
    if (width === 0) return;
    const axes = this.#axes();
    const scale = JSON.stringify([width, height, axes]);
    const x = value => margin.left + (value / axes.right) * (width - margin.left - margin.right);
    const y = value => height - margin.bottom - ((value - axes.low) / (axes.high - axes.low)) * (height - margin.top - margin.bottom);
    if (scale !== this.#scale) {
      this.#root.setAttribute("viewBox", `0 0 ${width} ${height}`);
      this.#frame.replaceChildren(...frame(axes, x, y, width, height));
    }
    const sorted = [...this.#lines].sort((a, b) => Number(b.isPast) - Number(a.isPast));
    while (this.#drawn.length > sorted.length) {
      this.#drawn.pop();
      this.#polylines.lastChild.remove();
    }
    sorted.forEach((line, i) => {
      const { points } = line;
      const style = `s${line.style}${line.isPast ? " past" : ""}`;
      const before = this.#drawn[i];
      if (before?.points === points && before.style === style && scale === this.#scale) return;
      if (!before) this.#polylines.append(svg("polyline", {}));
      const polyline = this.#polylines.children[i];
      if (before?.style !== style) polyline.setAttribute("class", style);
      polyline.setAttribute("points", outline(points, x, value => y(Math.min(axes.high, Math.max(axes.low, value)))));
      this.#drawn[i] = { points, style };
    });
    this.#scale = scale;
    const last = this.#lines.filter(line => !line.isPast).map(line => `${line.name}: ${short(line.points.ys.at(-1))}`);
    this.#root.setAttribute("aria-label", `${this.#label}. ${last.length > 0 ? last.join("; ") : "No values yet"}`);
  }

  // The ends of the axes are round numbers, so that they seldom change while lines grow.
  #axes() {
    let [low, high, right] = [Infinity, -Infinity, 1];
    for (const { points: { xs, ys } } of this.#lines) {
      right = Math.max(right, xs[0], xs.at(-1));
      for (const value of ys) {
        if (!Number.isFinite(value)) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (low > high) [low, high] = [0, 1];
    high = this.#fixed ?? high;
    if (low > 0 && low < 0.4 * high) low = 0;
    if (!(high > low)) [low, high] = this.#fixed ? [high - 1, high] : [low, low + 1];
    const step = roundStep((high - low) / 4);
    const wide = right <= 10 ? 1 : 10 ** Math.floor(Math.log10(right)) / 5;
    return {
      low: Math.floor(low / step + 1e-9) * step, high: this.#fixed ?? Math.ceil(high / step - 1e-9) * step,
      right: Math.ceil(right / wide - 1e-9) * wide,
    };
  }
}

function frame({ low, high, right }, x, y, width, height) {
  const parts = [];
  for (const tick of ticks(low, high, 4)) {
    parts.push(svg("line", { class: "grid", x1: margin.left, x2: width - margin.right, y1: y(tick), y2: y(tick) }));
    parts.push(svg("text", { x: margin.left - 6, y: y(tick) + 4, "text-anchor": "end" }, short(tick)));
  }
  for (const tick of ticks(0, right, Math.max(2, width / 110))) {
    const isAtEdge = x(tick) > width - margin.right - 8; // The middle of a long number would be outside.
    parts.push(svg("text", { x: isAtEdge ? width : x(tick), y: height - 8, "text-anchor": isAtEdge ? "end" : "middle" }, short(tick)));
  }
  parts.push(svg("line", { class: "axis", x1: margin.left, x2: width - margin.right, y1: height - margin.bottom, y2: height - margin.bottom }));
  return parts;
}

// A single point becomes a short line.
function outline({ xs, ys }, x, y) {
  let text = "";
  for (let i = 0; i < xs.length; i++) {
    if (Number.isFinite(ys[i])) text += `${x(xs[i]).toFixed(1)},${y(ys[i]).toFixed(1)} `;
  }
  return xs.length === 1 && text !== "" ? `${text}${(x(xs[0]) + 2).toFixed(1)},${y(ys[0]).toFixed(1)}` : text;
}

/** A sample of a line for a legend. */
export function sample(style) {
  const root = svg("svg", { viewBox: "0 0 32 8", "aria-hidden": "true" });
  root.append(svg("line", { class: `s${style}`, x1: 0, x2: 32, y1: 4, y2: 4 }));
  return root;
}
