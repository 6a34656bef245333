// The page of mistakes: whose, the confusion matrix, the examples of a cell, and one example. The address has all that is chosen.
import { attempt, begin, byId, element, listen, newest, percent, post, setText } from "./shell.js";
import { Matrix } from "./mistake-matrix.js";
import { isPicture, picture, rowTable } from "./mistake-looks.js";
import { score, showExample, showNoExample } from "./mistake-example.js";

const page = 24;

begin();
const matrix = new Matrix(byId("matrix"), (label, predicted) => {
  const isChosen = chosen.label === label && chosen.predicted === predicted;
  chooseCell(isChosen ? null : label, isChosen ? null : predicted);
});
let about = null;
let chosen = fromAddress();
let seen = "";

function fromAddress() {
  const words = new URLSearchParams(location.search);
  const number = (name, least) => {
    const text = words.get(name) ?? "";
    return /^\d{1,9}$/.test(text) && Number(text) >= least ? Number(text) : null;
  };
  const [label, predicted] = [number("class", 0), number("predicted", 0)];
  const isCell = label !== null && predicted !== null;
  const example = number("example", 1);
  return {
    source: ["reader", "run"].find(name => name === words.get("source")) ?? null,
    label: isCell ? label : null,
    predicted: isCell ? predicted : null,
    from: page * ((number("page", 1) ?? 1) - 1),
    example: example === null ? null : example - 1,
    space: words.get("near") === "hidden" ? "hidden" : "inputs",
  };
}

function showAddress() {
  const words = new URLSearchParams();
  if (chosen.source) words.set("source", chosen.source);
  if (chosen.label !== null) {
    words.set("class", chosen.label);
    words.set("predicted", chosen.predicted);
  }
  if (chosen.from > 0) words.set("page", chosen.from / page + 1);
  if (chosen.example !== null) {
    words.set("example", chosen.example + 1);
    if (chosen.space === "hidden") words.set("near", "hidden");
  }
  history.replaceState(null, "", words.size > 0 ? `?${words}` : location.pathname);
}

// A network that has been replaced is no problem: the page asks for the new one.
async function ask(path, message) {
  return attempt(async () => {
    try {
      return await post(path, message);
    } catch (error) {
      if (error.status !== 409) throw error;
      refresh();
      return undefined;
    }
  });
}

const refresh = newest(async () => {
  const next = await attempt(() => post("/api/mistakes", chosen.source ? { source: chosen.source } : {}));
  if (!next) return;
  const isNew = about?.network !== next.network || about?.source !== next.source || about?.problem !== next.problem;
  if (about && isNew) Object.assign(chosen, { label: null, predicted: null, from: 0, example: null });
  about = next;
  showSources();
  if (isNew) await showNetwork();
});

function showSources() {
  const key = JSON.stringify([about.source, about.sources]);
  if (byId("source").dataset.key === key) return;
  byId("source").dataset.key = key;
  byId("source").replaceChildren(...about.sources.map(each =>
    element("option", { value: each.name, selected: each.name === about.source }, each.title)));
}

async function showNetwork() {
  const hasFigures = !about.problem;
  byId("content").hidden = byId("facts").hidden = !hasFigures;
  setText(byId("status"), about.problem ?? `${about.layers}, on ${about.count} ${about.mayBeLearned
    ? `examples of ${about.data}. It may have learned from them, and then does better on them than on new ones.`
    : `test examples of ${about.data}, from which it did not learn.`}`);
  if (hasFigures) {
    showFacts();
    showMatrix();
    await Promise.all([showGallery(), showChosen()]);
  }
  document.body.dataset.network = about.network;
  showAddress();
}

function showFacts() {
  const wrong = about.count - about.correct;
  const facts = [["Accuracy", percent(about.correct / about.count, 2)], ["Right", about.correct], ["Wrong", wrong],
    ["Classes", about.classCount]];
  if (about.withoutPrediction > 0) facts.push(["Without a prediction", `${about.withoutPrediction} (an output is not a number)`]);
  byId("facts").replaceChildren(...facts.map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, String(value)))));
}

function showMatrix() {
  const fits = about.classes.length > 0;
  byId("matrix-scroll").hidden = !fits;
  setText(byId("matrix-help"), fits
    ? "Each row has the examples of one class, each column what they are predicted as. Choose a cell to see its examples; "
      + "the arrow keys move between cells."
    : `${about.classCount} classes are too many for a matrix: there is one for up to 50. The worst mistakes are below.`);
  if (!fits || chosen.label >= about.classes.length || chosen.predicted >= about.classes.length)
    Object.assign(chosen, { label: null, predicted: null, from: 0 });
  if (fits) matrix.show(about);
  matrix.select(chosen.label, chosen.predicted);
}

function chooseCell(label, predicted) {
  Object.assign(chosen, { label, predicted, from: 0 });
  matrix.select(label, predicted);
  showAddress();
  showGallery();
}

const showGallery = newest(async () => {
  const cell = chosen.label === null ? {} : { label: chosen.label, predicted: chosen.predicted };
  const gallery = await ask("/api/mistakes/gallery", { network: about.network, from: chosen.from, ...cell });
  if (!gallery) {
    // Such as a page of the address that this network's list does not have.
    if (chosen.from > 0) {
      chosen.from = 0;
      showAddress();
      showGallery();
    }
    return;
  }
  const { total, from, examples } = gallery;
  setText(byId("gallery-title"), galleryTitle(total));
  byId("all").hidden = chosen.label === null;
  const what = about.hasProbabilities ? "probability" : "output";
  setText(byId("gallery-help"), total === 0 ? ""
    : `The lowest ${what} of the own class first. Each with its class → the predicted class, and the ${what} of both.`);
  byId("gallery").replaceChildren(...(total === 0 ? [] : [isPicture(examples[0].look) ? tiles(examples) : rows(examples)]));
  byId("pager").hidden = total <= page;
  byId("before").disabled = from === 0;
  byId("after").disabled = from + page >= total;
  setText(byId("range"), total === 0 ? "" : `${from + 1} to ${from + examples.length} of ${total}`);
  markExample();
  document.body.dataset.gallery = `${chosen.label ?? "all"} ${chosen.predicted ?? ""} ${from} ${total}`;
});

function galleryTitle(total) {
  const many = total === 1 ? "1 example" : `${total} examples`;
  if (chosen.label === null) return total === 0 ? "No mistakes: every test example is predicted right" : "The worst mistakes";
  const [label, predicted] = [about.classes[chosen.label].name, about.classes[chosen.predicted].name];
  return label === predicted ? `${label} predicted right: ${many}, the least sure first` : `${label} → ${predicted}: ${many}`;
}

function chooseButton(example, className, ...children) {
  const button = element("button", { className }, element("span", { className: "hidden-text" }, "Example "), ...children);
  button.dataset.example = example;
  button.onclick = () => chooseExample(example);
  return button;
}

const scores = each => `${score(each.labelScore, about.hasProbabilities)} → ${score(each.predictedScore, about.hasProbabilities)}`;

const tiles = examples => element("ul", { className: "tiles" }, ...examples.map(each => element("li", {}, chooseButton(
  each.example, "tile", element("span", { className: "hidden-text" }, `${each.example + 1}: `), picture(each.look, ""),
  element("strong", {}, `${each.label} → ${each.predicted}`),
  element("span", { className: "soft" }, scores(each))))));

const rows = examples => rowTable(
  "Examples", ["example", "class", "predicted", about.hasProbabilities ? "probabilities" : "outputs"], about.columns,
  examples.map(each => ({
    first: [chooseButton(each.example, "", String(each.example + 1)), each.label, each.predicted, scores(each)],
    values: each.look.values,
  })));

function markExample() {
  for (const button of byId("gallery").querySelectorAll("button[data-example]"))
    button.setAttribute("aria-pressed", String(Number(button.dataset.example) === chosen.example));
}

async function chooseExample(example) {
  chosen.example = example;
  markExample();
  showAddress();
  await showChosen();
  const top = byId("example").getBoundingClientRect().top;
  if (top > innerHeight - 100) byId("example").scrollIntoView();
}

const showChosen = newest(async () => {
  if (chosen.space === "hidden" && about.hiddenUnits === 0) chosen.space = "inputs";
  if (chosen.example !== null && chosen.example >= about.count) chosen.example = null;
  const detail = chosen.example === null ? null
    : await ask("/api/mistakes/example", { network: about.network, example: chosen.example, space: chosen.space });
  if (detail) showExample(about, detail);
  else showNoExample();
  document.body.dataset.example = detail ? `${detail.shown.example} ${detail.space}` : "";
});

function chooseSpace(space) {
  chosen.space = space;
  showAddress();
  showChosen();
}

function turn(by) {
  chosen.from += by;
  showAddress();
  showGallery();
}

byId("by-inputs").onclick = () => chooseSpace("inputs");
byId("by-hidden").onclick = () => chooseSpace("hidden");
byId("before").onclick = () => turn(-page);
byId("after").onclick = () => turn(page);
byId("all").onclick = () => chooseCell(null, null);
byId("source").onchange = () => {
  Object.assign(chosen, { source: byId("source").value, label: null, predicted: null, from: 0, example: null });
  refresh();
};

// What is seen follows the network: corrections, a run that ends, another one that begins.
listen({
  state: state => {
    const isAlive = ["preparing", "running", "paused"].includes(state.state);
    const key = `${state.reader} ${state.run} ${isAlive} ${isAlive ? state.data : ""}`;
    if (key === seen) return;
    seen = key;
    refresh();
  },
});
