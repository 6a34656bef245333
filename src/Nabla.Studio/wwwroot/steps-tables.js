// The tables of numbers behind each step.
import { element } from "./shell.js";
import { marks, number } from "./steps-net.js";

const wrong = value => element("span", { className: "wrong" }, number(value));

/** A table. Cells are numbers, texts or elements. */
function table(caption, head, rows, chosen = -1) {
  const cell = (value, i) => {
    const content = value === undefined || value === null ? "–" : typeof value === "number" ? number(value) : value;
    return i === 0 ? element("th", { scope: "row" }, content) : element("td", {}, content);
  };
  const body = rows.map((cells, i) => element("tr", { className: i === chosen ? "chosen" : "" }, ...cells.map(cell)));
  return element("div", { className: "scroll", tabIndex: 0, role: "region", ariaLabel: caption }, element("table", {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...head.map(title => element("th", { scope: "col" }, title)))),
    element("tbody", {}, ...body)));
}

const of = (some, all, reason) => (some === all ? `all ${all}` : `${some} of ${all}, ${reason}`);

/** The inputs. */
export function inputs(answer) {
  const { example } = answer;
  const reason = example.chosen === "terms" ? "those that matter most for the chosen unit" : "those with the largest |x|";
  return table(`Inputs: ${of(example.inputs.length, example.inputCount, reason)}`, ["input k", "before scaling", "x"],
    example.inputs.map(each => [`${each.input}`, each.value, each.x]));
}

/** The terms of z of the chosen unit. */
export function terms(answer, chooseWeight) {
  const { unit } = answer;
  const rows = unit.terms.map(term => [weightButton(answer, term.input, chooseWeight), term.x, term.w, term.product]);
  if (unit.termCount > unit.terms.length) rows.push([`${unit.termCount - unit.terms.length} others`, undefined, undefined, unit.termRest]);
  rows.push([weightButton(answer, undefined, chooseWeight), undefined, unit.bias, unit.bias]);
  return table(`What unit ${unit.unit} of layer ${unit.layer} adds up: ${of(unit.terms.length, unit.termCount, "those with the largest |w a|")} inputs`,
    ["input k", unit.layer === 0 ? "x" : "a", "w", unit.layer === 0 ? "w x" : "w a"], rows);
}

function weightButton(answer, input, chooseWeight) {
  const button = element("button", { className: "small-button", onclick: () => chooseWeight(input ?? "bias") },
    input === undefined ? "bias" : `input ${input}`);
  button.dataset.weight = input ?? "bias";
  button.setAttribute("aria-pressed", String(answer.weight.input === input));
  return button;
}

const unitReason = { terms: "those that the chosen unit above reads most", errors: "those that send the largest errors back to the chosen unit",
  delta: "those with the largest |δ|" };

function units(answer, layer, head, cells) {
  const chosen = answer.unit.layer === layer.layer ? layer.units.findIndex(each => each.unit === answer.unit.unit) : -1;
  return table(`Layer ${layer.layer}: ${of(layer.units.length, layer.count, unitReason[layer.chosen])} units`, head,
    layer.units.map(each => [`${each.unit}`, ...cells(each)]), chosen);
}

/** z, a and the slope of each unit. */
export function activations(answer, layer) {
  const hasSlope = layer.units.some(each => each.slope !== undefined);
  return units(answer, layer, ["unit j", "z", "a", ...(hasSlope ? ["f′(z)", "mark"] : [])],
    each => [each.z, each.a, ...(hasSlope ? [each.slope, each.mark ? marks[each.mark] : ""] : [])]);
}

/** a and y of each output. */
export function outputs(answer, layer) {
  return units(answer, layer, ["output j", "a", "y"], each => [each.a, each.y]);
}

/** The errors of a layer. */
export function errors(answer, layer) {
  if (layer.units.every(each => each.slope === undefined))
    return units(answer, layer, ["unit j", "a", "y", "δ"], each => [each.a, each.y, each.delta]);
  const slip = answer.slip;
  return units(answer, layer,
    ["unit j", "∂C/∂a", "f′(z)", "δ", ...(slip ? ["slip: ∂C/∂a", "slip: f′(a)", "slip: δ"] : []), "mark"],
    each => [each.gradient, each.slope, each.delta,
      ...(slip ? [wrong(each.slipGradient), wrong(each.slipSlope), wrong(each.slipDelta)] : []), each.mark ? marks[each.mark] : ""]);
}

/** The terms of dC/da of the chosen hidden unit. */
export function errorTerms(answer) {
  const { unit, slip } = answer;
  const rows = unit.errors.map(each => [`${each.unit}`, each.w, each.delta, each.product,
    ...(slip ? [wrong(each.slipDelta), wrong(each.slipProduct)] : [])]);
  if (unit.errorCount > unit.errors.length) {
    rows.push([`${unit.errorCount - unit.errors.length} others`, undefined, undefined, unit.errorRest,
      ...(slip ? [undefined, wrong(unit.slipErrorRest)] : [])]);
  }
  return table(`What comes back to unit ${unit.unit} of layer ${unit.layer}: ${of(unit.errors.length, unit.errorCount, "those with the largest |w δ|")} units above`,
    ["unit i above", "w", "δ", "w δ", ...(slip ? ["slip: δ", "slip: w δ"] : [])], rows);
}

/** The gradient of the weights of the chosen unit. */
export function gradients(answer, delta, slipDelta, chooseWeight) {
  const { unit, slip } = answer;
  const name = unit.layer === 0 ? "x" : "a";
  const rows = unit.terms.map(each => [weightButton(answer, each.input, chooseWeight), each.x, each.nabla,
    ...(slip ? [wrong(each.slipNabla)] : [])]);
  rows.push([weightButton(answer, undefined, chooseWeight), undefined, delta, ...(slip ? [wrong(slipDelta)] : [])]);
  return table(`Gradient of unit ${unit.unit} of layer ${unit.layer}: ${of(unit.terms.length, unit.termCount, "those with the largest |w a|")} weights`,
    ["input k", name, `δ ${name}`, ...(slip ? [`slip: δ ${name}`] : [])], rows);
}

/** The weights of the chosen unit before and after a step. */
export function updates(answer, delta, chooseWeight) {
  const { unit, slip } = answer;
  const rows = unit.terms.map(each => [weightButton(answer, each.input, chooseWeight), each.w, each.nabla, each.newW,
    ...(slip ? [wrong(each.slipNewW)] : [])]);
  rows.push([weightButton(answer, undefined, chooseWeight), unit.bias, delta, unit.newBias, ...(slip ? [wrong(unit.slipNewBias)] : [])]);
  return table(`Unit ${unit.unit} of layer ${unit.layer}, before and after a step: ${of(unit.terms.length, unit.termCount, "those with the largest |w a|")} weights`,
    ["input k", "w", "∂C/∂w", "new w", ...(slip ? ["slip: new w"] : [])], rows);
}
