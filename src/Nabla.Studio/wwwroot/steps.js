// The page for single steps: one example forward and back. All numbers come from the server.
import { attempt, begin, byId, element, get, listen, newest, setText } from "./shell.js";
import { bytes, paintLevels } from "./pixels.js";
import * as formulas from "./steps-math.js";
import { NetView, marks, number } from "./steps-net.js";
import * as tables from "./steps-tables.js";

begin();
const names = ["network", "example", "layer", "unit", "weight", "slip"];
let chosen = { network: "xor", example: "1", layer: "0" }; // as in the address
let step = "input";
let units = new Map(); // the unit that was chosen last in each layer
let answer = null;
let seen = "";
let shown = 0;

const net = new NetView((layer, unit, weight) => choose(layer, unit, weight));

/** The steps of a network: what they show, and of which layer. */
function walk() {
  const layers = answer.layers.map(layer => layer.layer);
  return [
    { id: "input", kind: "input", layer: 0 },
    ...layers.flatMap(layer => ["z", "a"].map(kind => ({ id: `${kind}${layer}`, kind, layer }))),
    { id: "loss", kind: "loss", layer: layers.at(-1) },
    ...layers.toReversed().flatMap(layer => ["delta", "nabla"].map(kind => ({ id: `${kind}${layer}`, kind, layer }))),
    { id: "update", kind: "update" },
  ];
}

const titles = { input: () => "The inputs x", z: l => `z of layer ${l}`, a: l => `a of layer ${l}`, loss: () => "The loss",
  delta: l => `δ of layer ${l}`, nabla: l => `∇ of layer ${l}`, update: () => "The update" };

const texts = {
  input: () => "The example as the network gets it: scaled. These are the inputs x of the first layer.",
  z: () => "Each unit adds up its inputs, weighted, and its bias.",
  a: layer => `Each unit passes z through its activation, ${layer.activation}: ${layer.description}.`,
  loss: () => `How far the outputs are from what they should be, ${answer.example.target}. The loss is ${answer.loss.name}: ${answer.loss.description}.`,
  delta: layer => (layer.layer < answer.layers.length - 1
    ? "The error of each unit is ∂C/∂z: what the errors above say about a, times the slope of the activation at z."
    : answer.loss.isDifference
      ? `The error of each output is ∂C/∂z. For this pair of loss and activation it is simply a − y${answer.loss.isSmoothed ? ", with y smoothed" : ""}.`
      : "The error of each output is ∂C/∂z: the slope of the loss, times the slope of the activation at z."),
  nabla: () => "The gradient of a weight is the error of its unit times what comes in; that of the bias is the error itself.",
  update: () => `A step of plain gradient descent goes against the gradient. ${answer.optimizer === "sgd" ? ""
    : `This network is trained with ${answer.optimizer}, which makes other steps of the same gradient. `}The learning rate is η.`,
};

function fromAddress() {
  const query = new URLSearchParams(location.search);
  for (const name of names) if (query.has(name)) chosen[name] = query.get(name);
  step = query.get("step") ?? step;
}

function toAddress() {
  history.replaceState(null, "", `?${new URLSearchParams({ ...chosen, step })}`);
}

/** Changes what is chosen. What is undefined is left to the server. */
function change(changes) {
  chosen = Object.fromEntries(Object.entries({ ...chosen, ...changes }).filter(([, value]) => value !== undefined));
  load();
}

/** Chooses a unit or a weight; the step follows to its layer. */
function choose(layer, unit, weight) {
  const now = current();
  if (now.layer !== undefined && now.layer !== layer)
    step = now.kind === "input" || now.kind === "loss" ? `z${layer}` : `${now.kind}${layer}`;
  if (unit !== undefined) units.set(layer, unit);
  change({ layer, unit: unit ?? units.get(layer), weight });
}

const chooseWeight = weight => change({ layer: answer.unit.layer, unit: answer.unit.unit, weight });

const load = newest(async () => {
  const query = new URLSearchParams(chosen);
  const next = await attempt(() => get(`/api/steps?${query}`));
  toAddress();
  document.body.dataset.answers = ++shown;
  if (!next) return;
  answer = next;
  units.set(answer.unit.layer, answer.unit.unit);
  document.body.dataset.answer = `${answer.network} ${answer.example.number} ${answer.unit.layer} ${answer.unit.unit} ${answer.slip}`;
  if (!walk().some(each => each.id === step)) step = "input";
  // The address, or a step taken meanwhile, may be about another layer.
  const { layer } = current();
  if (layer === undefined || layer === answer.unit.layer) show();
  else change({ layer, unit: units.get(layer), weight: undefined });
});

const current = () => walk().find(each => each.id === step);

function go(id) {
  step = id;
  const { layer } = current();
  if (layer !== undefined && (layer !== answer.unit.layer || layer !== Number(chosen.layer))) {
    change({ layer, unit: units.get(layer), weight: undefined });
  } else {
    toAddress();
    show();
  }
}

function move(by) {
  const all = walk();
  const next = all[all.findIndex(each => each.id === step) + by];
  if (next) go(next.id);
}

byId("previous").onclick = () => move(-1);
byId("next").onclick = () => move(1);
byId("step").onchange = event => go(event.target.value);
byId("network").onchange = event => {
  units = new Map();
  step = "input";
  change({ network: event.target.value, example: "1", layer: 0, unit: undefined, weight: undefined });
};
byId("example").onchange = event => change({ example: event.target.value, weight: undefined });
byId("slip").onchange = event => change({ slip: event.target.checked ? "1" : undefined });
byId("weight").onchange = event => chooseWeight(event.target.value);
byId("form").onsubmit = event => event.preventDefault();

function show() {
  const all = walk();
  const place = all.findIndex(each => each.id === step);
  const now = all[place];
  const layer = answer.layers[now.layer ?? answer.unit.layer];
  showForm();
  byId("previous").disabled = place === 0;
  byId("next").disabled = place === all.length - 1;
  byId("step").replaceChildren(...all.map((each, i) => element("option", { value: each.id, selected: i === place },
    `${i + 1}. ${titles[each.kind](each.layer)}`)));
  setText(byId("step-title"), `Step ${place + 1} of ${all.length}: ${titles[now.kind](now.layer)}`);
  setText(byId("step-text"), texts[now.kind](layer));
  byId("formulas").replaceChildren(...formulasOf(now, layer));
  byId("tables").replaceChildren(...tablesOf(now, layer));
  showFlat(now, layer);
  const has = (kind, of) => all.findIndex(each => each.id === `${kind}${of}`) <= place;
  net.show(answer, has, now.kind === "input" ? -1 : now.layer ?? answer.unit.layer);
  showWeight();
  showCheck();
  document.body.dataset.step = step;
}

const rowOf = layer => layer.units.find(each => each.unit === answer.unit.unit) ?? layer.units[0];

function formulasOf(now, layer) {
  const row = rowOf(layer);
  const { unit, loss, slip } = answer;
  const isOutput = layer.layer === answer.layers.length - 1;
  const term = unit.terms.find(each => each.input === answer.weight.input) ?? unit.terms[0];
  return {
    input: () => [],
    z: () => formulas.weightedSum(layer.layer, unit, row.z),
    a: () => formulas.activation(layer, row, true),
    loss: () => formulas.cost(loss, layer.units, layer.count, layer.activation),
    delta: () => (isOutput ? formulas.outputDelta(layer, row, loss, slip) : formulas.hiddenDelta(layer, row, unit, slip)),
    nabla: () => formulas.gradient(layer.layer, unit, term, row.delta, row.slipDelta),
    update: () => formulas.update(layer.layer, answer.weight, answer.weight.gradient, answer.weight.newValue),
  }[now.kind]();
}

function tablesOf(now, layer) {
  const row = rowOf(layer);
  return {
    input: () => [tables.inputs(answer)],
    z: () => [tables.terms(answer, chooseWeight)],
    a: () => [tables.activations(answer, layer)],
    loss: () => [tables.outputs(answer, layer)],
    delta: () => [tables.errors(answer, layer), ...(answer.unit.errors.length > 0 ? [tables.errorTerms(answer)] : [])],
    nabla: () => [tables.gradients(answer, row.delta, row.slipDelta, chooseWeight)],
    update: () => [tables.updates(answer, row.delta, chooseWeight)],
  }[now.kind]();
}

function showForm() {
  const { example } = answer;
  byId("network").value = answer.network;
  setText(byId("title"), answer.title);
  byId("example").value = example.number;
  byId("example").max = example.count;
  setText(byId("example-help"), `${example.number} of ${example.count}: ${example.data}. The right answer is: ${example.target}.`);
  byId("slip").checked = answer.slip;
  byId("picture").hidden = !example.picture;
  if (example.picture) {
    paintLevels(byId("picture"), example.rows, example.columns, bytes(example.picture));
    byId("picture").setAttribute("aria-label", `Example ${example.number}: ${example.target}`);
  }
}

function showFlat(now, layer) {
  const isSeen = layer.flat > 0 && ["a", "delta", "nabla"].includes(now.kind);
  byId("flat").hidden = !isSeen;
  if (!isSeen) return;
  const kind = layer.units.find(each => each.mark)?.mark ?? "off";
  const many = `${layer.flat} of ${layer.count} units ${layer.flat === 1 ? "is" : "are"}`;
  setText(byId("flat"), kind === "saturated"
    ? `${marks.saturated}: ${many} saturated. There |f′(z)| is below 1 % of the steepest slope of ${layer.activation}. δ has this slope as a factor, `
      + "so it is nearly 0 however wrong the output is, and the weights of the unit hardly move."
    : `${marks.off}: ${many} off. There |f′(z)| is below 1 % of the steepest slope of ${layer.activation}. δ has this slope as a factor, `
      + "so for this example no error passes, and the weights of the unit do not move.");
}

function showWeight() {
  const { unit, weight, slip } = answer;
  setText(byId("weight-unit"), `unit ${unit.unit} of layer ${unit.layer}:`);
  byId("weight").replaceChildren(
    ...unit.terms.map(term => element("option", { value: term.input, selected: term.input === weight.input }, `from input ${term.input}`)),
    element("option", { value: "bias", selected: weight.input === undefined }, "bias"));
  const facts = [
    [unit.layer === 0 ? "x, what comes in" : "a, what comes in", weight.x], ["w", weight.w],
    ["∂C/∂w by backpropagation", weight.gradient], ...(slip ? [["∂C/∂w with the slip", weight.slipGradient, "wrong"]] : []),
    ["∂C/∂w by differences", weight.difference], ["h", weight.step], ["relative difference", weight.relativeDifference],
    ...(slip ? [["relative difference with the slip", weight.slipRelativeDifference, "wrong"]] : []),
    ["η, learning rate", weight.learningRate], ["new w", weight.newValue],
    ...(slip ? [["new w with the slip", weight.slipNewValue, "wrong"]] : []),
  ];
  byId("weight-facts").replaceChildren(...facts.map(([name, value, kind]) =>
    element("div", {}, element("dt", {}, name), element("dd", { className: kind ?? "" }, number(value)))));
  byId("weight-formulas").replaceChildren(formulas.differences(weight),
    ...formulas.update(unit.layer, weight, weight.gradient, weight.newValue));
  setText(byId("weight-text"), weight.onKink
    ? "An activation or the loss has a kink between the two sides, such as ReLU at 0: here the differences tell nothing."
    : weight.relativeDifference <= answer.check.tolerance
      ? "✓ Both gradients agree. The relative difference is that of the two, divided by the sum of their sizes, or by 0.0003 if that is larger: rounding would dominate smaller ones."
      : "✗ The gradients differ.");
}

function showCheck() {
  const { check, slipCheck } = answer;
  const outcome = one => {
    if (one.passed) return "✓ passes";
    return one.differs ? "✗ fails" : "? agrees where it can be compared, but a layer's weights or biases are all on kinks";
  };
  const verdict = one => (one.checked === 0 ? "? cannot be judged: all parameters are on kinks"
    : `${outcome(one)}: the largest relative error of a layer's weights or biases is ${formulas.figure(one.largestError)}`
      + ` (allowed: ${formulas.figure(one.tolerance)}; ${one.checked} parameters${one.onKink ? `, ${one.onKink} left out at kinks` : ""})`);
  setText(byId("check"), `Backpropagation ${verdict(check)}.`);
  byId("slip-check").hidden = !slipCheck;
  if (slipCheck) setText(byId("slip-check"), `With the notebook's slip it ${verdict(slipCheck)}.`);
  byId("slip-text").hidden = !slipCheck && !answer.slipNote;
  setText(byId("slip-text"), answer.slipNote ?? "The slope at a, sigmoid(a)(1 − sigmoid(a)) for a sigmoid, lies between 0.197 and 0.25 whatever z is. "
    + "So a step no longer follows the loss downhill, and a saturated unit learns as if it were not saturated. That is why the notebook's network learns nevertheless.");
}

const choices = newest(async () => {
  const found = await attempt(() => get("/api/steps/networks"));
  if (!found) return;
  byId("network").replaceChildren(...found.networks.map(each => element("option",
    { value: each.name, disabled: Boolean(each.problem), selected: each.name === chosen.network },
    each.problem ? `${each.title} (${each.problem})` : each.title)));
});

fromAddress();
await choices();
await load();
listen({
  state: async state => {
    const isStill = ["paused", "finished", "stopped"].includes(state.state);
    const now = `${state.run} ${state.state} ${isStill ? state.step : ""} ${state.reader}`;
    if (now === seen) return;
    const isFirst = seen === "";
    seen = now;
    if (isFirst) return;
    await choices();
    if (chosen.network === "reader" || (chosen.network === "run" && isStill)) load();
  },
});
