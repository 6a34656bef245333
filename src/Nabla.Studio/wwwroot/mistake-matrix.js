// The confusion matrix: a table with a button in each cell that has examples.
import { element, percent } from "./shell.js";

const longest = 3; // characters of a class's name that fit above a column

export class Matrix {
  #table;
  #choose;
  #buttons = new Map();
  #count = 0;

  constructor(table, choose) {
    this.#table = table;
    this.#choose = choose;
    table.addEventListener("keydown", event => this.#move(event));
  }

  show({ classes, cells, count, correct }) {
    this.#count = classes.length;
    this.#buttons.clear();
    this.#table.classList.toggle("long", classes.some(each => each.name.length > longest));
    const worst = this.#worst(classes, cells);
    this.#table.replaceChildren(
      element("thead", {}, element("tr", {},
        element("th", { className: "axis", scope: "col" }, "predicted →", element("br"), "class ↓"),
        ...classes.map(each => element("th", { className: "class", scope: "col", title: each.name }, each.name)),
        element("th", { className: "axis", scope: "col" }, "total"), element("th", { className: "axis", scope: "col" }, "recall"))),
      element("tbody", {}, ...classes.map((each, label) => element("tr", {}, element("th", { scope: "row", title: each.name }, each.name),
        ...classes.map((other, predicted) => this.#cell(classes, cells, label, predicted, worst)),
        element("td", { className: "sum first" }, String(each.support)),
        element("td", { className: "sum" }, each.support > 0 ? percent(each.recall) : "–")))),
      element("tfoot", {}, this.#foot("total", classes.map(each => String(each.predicted)), String(count), ""),
        this.#foot("precision", classes.map(each => (each.predicted > 0 ? percent(each.precision) : "–")), "",
          count > 0 ? percent(correct / count) : "–")));
    const first = this.#buttons.values().next().value;
    if (first) first.tabIndex = 0;
  }

  /** Marks a cell as chosen; none if its numbers are null. */
  select(label, predicted) {
    const chosen = label === null ? undefined : this.#buttons.get(this.#key(label, predicted));
    for (const button of this.#buttons.values()) button.setAttribute("aria-pressed", String(button === chosen));
    if (chosen) this.#rove(chosen);
  }

  // The largest share of a class that is predicted as another: the strongest tint.
  #worst(classes, cells) {
    let worst = 0;
    cells.forEach((cell, i) => {
      const [label, predicted] = [Math.floor(i / classes.length), i % classes.length];
      if (label !== predicted && cell > 0) worst = Math.max(worst, cell / classes[label].support);
    });
    return worst;
  }

  #cell(classes, cells, label, predicted, worst) {
    const count = cells[label * classes.length + predicted];
    const isRight = label === predicted;
    if (count === 0) return element("td", { className: "none" }, "0");
    const share = count / classes[label].support;
    const text = isRight
      ? `${classes[label].name} predicted right: ${count}`
      : `${classes[label].name} predicted as ${classes[predicted].name}: ${count}`;
    const button = element("button", { tabIndex: -1, ariaLabel: text, title: text }, String(count));
    button.dataset.place = `${label} ${predicted}`;
    button.style.setProperty("--tint", isRight ? share : Math.sqrt(share / worst));
    button.setAttribute("aria-pressed", "false");
    button.onclick = () => this.#choose(label, predicted);
    this.#buttons.set(this.#key(label, predicted), button);
    return element("td", { className: isRight ? "right" : "" }, button);
  }

  #foot(name, values, total, last) {
    return element("tr", {}, element("th", { scope: "row" }, name), ...values.map(value => element("td", { className: "sum" }, value)),
      element("td", { className: "sum first" }, total), element("td", { className: "sum" }, last));
  }

  #key(label, predicted) {
    return label * this.#count + predicted;
  }

  // One tab stop; the arrow keys go to the next cell that has examples.
  #move(event) {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!step || !event.target.dataset.place) return;
    event.preventDefault();
    let [label, predicted] = event.target.dataset.place.split(" ").map(Number);
    for (;;) {
      label += step[0];
      predicted += step[1];
      if (label < 0 || predicted < 0 || label >= this.#count || predicted >= this.#count) return;
      const next = this.#buttons.get(this.#key(label, predicted));
      if (next) {
        this.#rove(next);
        next.focus();
        return;
      }
    }
  }

  #rove(to) {
    for (const button of this.#buttons.values()) button.tabIndex = button === to ? 0 : -1;
  }
}
