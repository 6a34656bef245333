// The network as columns of units, with the weights of the chosen unit as lines.
import { byId, element } from "./shell.js";
import { figure } from "./steps-math.js";

const space = "http://www.w3.org/2000/svg";
const reasons = { terms: "largest |w a|", errors: "largest |w δ|", delta: "largest |δ|", x: "largest |x|" };

/** A number as text, with all its digits for whoever wants them. */
export const number = value => element("data", { value: String(value) }, figure(value));

export const marks = { saturated: "▣ saturated", off: "□ off" };

const count = (some, all, chosen) => (some === all ? `all ${all}` : `${some} of ${all}, ${reasons[chosen]}`);

export class NetView {
  #root = byId("net");
  #lines = document.createElementNS(space, "svg");
  #edges = [];
  #choose;
  #seen; // the column that was scrolled to

  /** @param choose called with a layer, a unit and a weight; what is undefined is not chosen */
  constructor(choose) {
    this.#choose = choose;
    this.#lines.setAttribute("aria-hidden", "true");
    new ResizeObserver(() => this.#draw()).observe(this.#root);
  }

  /** @param has whether a value is reached: has("a", layer) */
  show(answer, has, now) {
    const focused = this.#root.contains(document.activeElement) ? document.activeElement.dataset?.key : undefined;
    const { unit, weight } = answer;
    const columns = [this.#inputs(answer, now === -1), ...answer.layers.map(layer => this.#column(answer, layer, has, now === layer.layer))];
    this.#root.replaceChildren(this.#lines, ...columns);
    this.#edges = [
      ...unit.terms.map(term => ({ from: `${unit.layer - 1}/${term.input}`, to: `${unit.layer}/${unit.unit}`, w: term.w,
        isChosen: term.input === weight.input, choose: () => this.#choose(unit.layer, unit.unit, term.input) })),
      ...unit.errors.map(error => ({ from: `${unit.layer}/${unit.unit}`, to: `${unit.layer + 1}/${error.unit}`, w: error.w,
        isChosen: false, choose: () => this.#choose(unit.layer + 1, error.unit, unit.unit) })),
    ];
    if (focused) this.#root.querySelector(`[data-key="${focused}"]`)?.focus();
    if (now !== this.#seen) this.#scrollTo(columns.find(column => column.className === "now"));
    this.#seen = now;
    this.#draw();
  }

  // On a narrow screen, not all columns are seen at once.
  #scrollTo(column) {
    const [frame, box] = [this.#root.getBoundingClientRect(), column.getBoundingClientRect()];
    this.#root.scrollLeft += (box.left + box.right - frame.left - frame.right) / 2;
  }

  #inputs(answer, isNow) {
    const { example, unit, weight } = answer;
    const items = example.inputs.map(each => {
      const isChosen = unit.layer === 0 && weight.input === each.input;
      return this.#node(`-1/${each.input}`, isChosen, () => this.#choose(0, unit.layer === 0 ? unit.unit : undefined, each.input),
        [element("strong", {}, `input ${each.input}`), element("span", {}, "x ", number(each.x))]);
    });
    return this.#list("Input", count(example.inputs.length, example.inputCount, example.chosen), items, isNow);
  }

  #column(answer, layer, has, isNow) {
    const isOutput = layer.layer === answer.layers.length - 1;
    const items = layer.units.map(each => {
      const values = [];
      if (has("z", layer.layer)) values.push(element("span", {}, "z ", number(each.z)));
      if (has("a", layer.layer)) values.push(element("span", {}, "a ", number(each.a)));
      if (has("delta", layer.layer)) values.push(element("span", {}, "δ ", number(each.delta)));
      if (has("delta", layer.layer) && each.slipDelta !== undefined)
        values.push(element("span", { className: "wrong" }, "slip: δ ", number(each.slipDelta)));
      if (each.mark && has("a", layer.layer)) values.push(element("span", { className: "mark" }, marks[each.mark]));
      const isChosen = answer.unit.layer === layer.layer && answer.unit.unit === each.unit;
      return this.#node(`${layer.layer}/${each.unit}`, isChosen, () => this.#choose(layer.layer, each.unit),
        [element("strong", {}, `unit ${each.unit}`), ...values]);
    });
    return this.#list(`Layer ${layer.layer}${isOutput ? " (output)" : ""}`,
      `${layer.activation}, ${count(layer.units.length, layer.count, layer.chosen)}`, items, isNow);
  }

  #node(key, isChosen, choose, children) {
    const button = element("button", { className: "node", onclick: choose }, ...children);
    button.dataset.key = key;
    button.setAttribute("aria-pressed", String(isChosen));
    return element("li", {}, button);
  }

  #list(title, note, items, isNow) {
    return element("section", { className: isNow ? "now" : "" },
      element("h3", {}, isNow ? `▸ ${title}` : title), element("p", { className: "small soft" }, note), element("ul", {}, ...items));
  }

  #draw() {
    const frame = this.#root.getBoundingClientRect();
    const place = key => {
      const box = this.#root.querySelector(`[data-key="${key}"]`)?.getBoundingClientRect();
      return box && { left: box.left - frame.left + this.#root.scrollLeft, right: box.right - frame.left + this.#root.scrollLeft,
        y: (box.top + box.bottom) / 2 - frame.top + this.#root.scrollTop };
    };
    const largest = Math.max(...this.#edges.map(edge => Math.abs(edge.w)), Number.MIN_VALUE);
    this.#lines.style.width = this.#lines.style.height = "0";
    const [width, height] = [this.#root.scrollWidth, this.#root.scrollHeight];
    this.#lines.style.width = `${width}px`;
    this.#lines.style.height = `${height}px`;
    this.#lines.replaceChildren(...this.#edges.flatMap(edge => {
      const [from, to] = [place(edge.from), place(edge.to)];
      if (!from || !to) return [];
      const path = document.createElementNS(space, "path");
      const middle = (from.right + to.left) / 2;
      path.setAttribute("d", `M${from.right} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.left} ${to.y}`);
      path.setAttribute("stroke-width", (1 + 4 * Math.abs(edge.w) / largest).toFixed(2));
      path.setAttribute("class", `${edge.w < 0 ? "negative" : ""} ${edge.isChosen ? "chosen" : ""}`);
      const target = path.cloneNode();
      target.setAttribute("class", "target");
      target.setAttribute("data-edge", `${edge.from} ${edge.to}`);
      target.onclick = edge.choose;
      return [path, target];
    }));
  }
}
