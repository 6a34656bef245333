// One example: its probabilities, and the training examples nearest to it.
import { byId, element, setText } from "./shell.js";
import { compareTable, isPicture, picture } from "./mistake-looks.js";

const short = number => Number(number.toPrecision(4)).toString();

const probability = value => (value < 0.001 ? "< 0.1 %" : value > 0.999 ? "> 99.9 %" : `${(100 * value).toFixed(1)} %`);

/** A score as text: a probability, or an output as it is. */
export const score = (value, hasProbabilities) => (value === undefined ? "–" : hasProbabilities ? probability(value) : short(value));

export function showNoExample() {
  setText(byId("example-title"), "An example");
  byId("example-empty").hidden = false;
  byId("example-body").hidden = true;
}

/** Shows an example. */
export function showExample(about, detail) {
  const shown = detail.shown;
  byId("example-empty").hidden = true;
  byId("example-body").hidden = false;
  const outcome = shown.predicted === shown.label ? "predicted right" : `→ ${shown.predicted ?? "no prediction"}`;
  setText(byId("example-title"), `Example ${shown.example + 1}: ${shown.label} ${outcome}`);
  showLook(about, shown);
  setText(byId("scores-title"), about.hasProbabilities ? "Probabilities" : "Outputs");
  byId("scores").replaceChildren(...detail.scores.map(each => {
    const fill = element("div", { className: "fill" });
    fill.style.transform = `scaleX(${about.hasProbabilities ? each.score ?? 0 : 0})`;
    const marks = [...(each.isLabel ? ["its class"] : []), ...(each.isPredicted && !each.isLabel ? ["predicted"] : [])];
    const name = marks.length > 0 ? `${each.name} (${marks.join(", ")})` : each.name;
    return element("li", { className: each.isPredicted ? "best" : "" }, element("span", {}, name),
      element("div", { className: "track", ariaHidden: "true" }, fill),
      element("span", { className: "number" }, score(each.score, about.hasProbabilities)));
  }));
  showNearest(about, detail);
}

function showLook(about, shown) {
  // The values of a row are below, beside those of the nearest ones.
  byId("example-look").replaceChildren(...(isPicture(shown.look)
    ? [picture(shown.look, `Test example ${shown.example + 1}, class ${shown.label}`)] : []));
}

function showNearest(about, detail) {
  const isHidden = detail.space === "hidden";
  byId("by-inputs").setAttribute("aria-pressed", String(!isHidden));
  byId("by-hidden").setAttribute("aria-pressed", String(isHidden));
  byId("by-hidden").hidden = about.hiddenUnits === 0;
  const among = detail.searched < detail.trainingExamples
    ? `Among ${detail.searched} of ${detail.trainingExamples} training examples, spread evenly.`
    : `Among all ${detail.trainingExamples} training examples.`;
  const space = isHidden
    ? `The distance is that of the ${about.hiddenUnits} activations of the last hidden layer: near examples look alike to the network.`
    : "The distance is that of the inputs as the network gets them (scaled).";
  setText(byId("near-help"), [space, among, about.nearestNote].filter(Boolean).join(" "));
  const counts = new Map();
  for (const near of detail.nearest) counts.set(near.label, (counts.get(near.label) ?? 0) + 1);
  setText(byId("near-summary"), detail.nearest.length === 0
    ? "There are no training examples to compare with."
    : `Their classes: ${[...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${name} (${count})`).join(", ")}.`);
  byId("near").replaceChildren(isPicture(detail.shown.look) ? nearTiles(detail) : nearRows(about, detail));
  byId("near").dataset.space = detail.space;
  byId("near").dataset.milliseconds = detail.milliseconds.toFixed(1);
}

function nearTiles(detail) {
  return element("ul", { className: "tiles near" }, ...detail.nearest.map(near => element("li", {}, element("div", { className: "tile" },
    picture(near.look, `Training example ${near.example + 1}, class ${near.label}`),
    element("strong", {}, near.label), element("span", { className: "soft" }, short(near.distance))))));
}

function nearRows(about, detail) {
  const own = { name: "this one", first: [detail.shown.label, "–"], values: detail.shown.look.values };
  const near = detail.nearest.map(each => ({
    name: `# ${each.example + 1}`, first: [each.label, short(each.distance)], values: each.look.values,
  }));
  const table = compareTable("This example, and the nearest training examples", ["class", "distance"], about.columns, [own, ...near]);
  return about.moreColumns === 0 ? table
    : element("div", {}, table, element("p", { className: "small soft" }, `${about.moreColumns} further columns are not shown.`));
}
