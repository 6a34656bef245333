// The formulas of backpropagation as MathML, in symbols and with numbers. Nothing is computed here.

const space = "http://www.w3.org/1998/Math/MathML";

function m(name, ...children) {
  const made = document.createElementNS(space, name);
  made.append(...children);
  return made;
}

/** A number with four digits. */
export function figure(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size >= 1e5 || size < 1e-3 ? value.toExponential(3).replace(/\.?0*e/, "e") : String(Number(value.toPrecision(4)));
  return text.replaceAll("-", "−");
}

const mi = text => m("mi", text);
const mo = text => m("mo", text);
const text = words => m("mtext", words);
const row = (...children) => m("mrow", ...children);

/** A number; all its digits are kept for whoever wants them. */
function mn(value) {
  const made = m("mn", figure(value));
  made.setAttribute("data-value", value);
  return made;
}

const bracket = value => (value < 0 ? row(mo("("), mn(value), mo(")")) : mn(value));
const at = (name, layer, ...indices) => m("msubsup", mi(name), row(...indices.map(index => mi(String(index)))), row(mo("("), mi(String(layer)), mo(")")));
const sum = index => m("munder", mo("∑"), mi(index));
const partial = below => m("mfrac", row(mo("∂"), mi("C")), row(mo("∂"), below));
const times = () => mo("·");
const equals = () => mo("=");
const prime = (name, of) => row(mi(`${name}′`), mo("("), of, mo(")"));

/** A formula of parts, between which a line may break. */
export function line(...parts) {
  const made = document.createElement("p");
  made.className = "formula";
  made.append(...parts.map(part => {
    const math = m("math", ...(Array.isArray(part) ? part : [part]));
    return math;
  }));
  return made;
}

const functions = {
  sigmoid: z => [m("mfrac", m("mn", "1"), row(m("mn", "1"), mo("+"), m("msup", mi("e"), row(mo("−"), z))))],
  tanh: z => [mi("tanh"), z],
  relu: z => [mi("max"), mo("("), m("mn", "0"), mo(","), z, mo(")")],
  identity: z => [z],
  exponential: z => [m("msup", mi("e"), z)],
};

const slopes = {
  sigmoid: a => [a(), mo("("), m("mn", "1"), mo("−"), a(), mo(")")],
  tanh: a => [m("mn", "1"), mo("−"), m("msup", a(), m("mn", "2"))],
  exponential: a => [a()],
};

/** z = w a + b, with the largest terms as numbers. */
export function weightedSum(layer, unit, z) {
  const shown = [...unit.terms].sort((a, b) => Math.abs(b.product) - Math.abs(a.product)).slice(0, 4);
  const others = unit.termCount - shown.length;
  return [
    line([at("z", layer, "j"), equals()], [sum("k"), at("w", layer, "j", "k"), at("a", layer, "k")], [mo("+"), at("b", layer, "j")]),
    line(
      [at("z", layer, unit.unit), equals()],
      ...shown.map((term, i) => [...(i > 0 ? [mo("+")] : []), bracket(term.w), times(), bracket(term.x)]),
      ...(others > 0 ? [[mo("+"), text(`${others} more`)]] : []),
      [mo("+"), bracket(unit.bias)], [equals(), mn(z)]),
  ];
}

/** a = f(z). */
export function activation(layer, row_, canSlope) {
  const { activation: name, layer: l } = layer;
  const z = () => at("z", l, "j");
  const symbol = name === "softmax"
    ? [m("mfrac", m("msup", mi("e"), z()), row(sum("i"), m("msup", mi("e"), at("z", l, "i"))))]
    : functions[name]?.(z()) ?? [mi(name), mo("("), z(), mo(")")];
  const number = functions[name]?.(bracket(row_.z)) ?? [mi(name), mo("("), mn(row_.z), ...(name === "softmax" ? [mo(", …")] : []), mo(")")];
  const lines = [
    line([at("a", l + 1, "j"), equals()], symbol),
    line([at("a", l + 1, row_.unit), equals()], number, [equals(), mn(row_.a)]),
  ];
  if (canSlope && row_.slope !== undefined) lines.push(slope(layer, row_));
  return lines;
}

function slope(layer, row_) {
  const { activation: name, layer: l } = layer;
  const number = slopes[name]?.(() => bracket(row_.a));
  return line([prime("f", at("z", l, row_.unit)), equals()], ...(number ? [number, [equals(), mn(row_.slope)]] : [[mn(row_.slope)]]));
}

/** C, the cost of the example. */
export function cost(loss, outputs, count, outputActivation) {
  const some = outputs.slice(0, 4);
  const more = count > some.length ? [[mo("+"), text(`${count - some.length} more`)]] : [];
  const plus = i => (i > 0 ? [mo("+")] : []);
  const end = [equals(), mn(loss.cost)];
  const square = (a, y) => m("msup", row(mo("("), a, mo("−"), y, mo(")")), m("mn", "2"));
  const half = () => m("mfrac", m("mn", "1"), m("mn", "2"));
  if (loss.name === "quadratic") {
    return [
      line([mi("C"), equals()], [half(), sum("j"), square(mi("a"), mi("y"))]),
      line([mi("C"), equals(), half(), mo("(")], ...some.map((o, i) => [...plus(i), square(mn(o.a), bracket(o.y))]), ...more, [mo(")"), ...end]),
    ];
  }
  if (loss.name === "cross-entropy" && outputActivation === "softmax") {
    const wanted = outputs.filter(o => o.y !== 0).slice(0, 4);
    return [
      line([mi("C"), equals(), mo("−")], [sum("j"), m("msub", mi("y"), mi("j")), mi("ln"), m("msub", mi("a"), mi("j"))]),
      line([mi("C"), equals()], ...wanted.map(o => [mo("−"), mn(o.y), mi("ln"), mn(o.a)]), ...(loss.isSmoothed ? more : []), end),
    ];
  }
  return [line([mi("C"), equals()], [text(`${loss.name}(a, y)`)], end)];
}

/** delta of an output: a - y, or dC/da f'(z). */
export function outputDelta(layer, row_, loss, slip) {
  const l = layer.layer;
  const d = () => at("δ", l, row_.unit);
  if (loss.isDifference) {
    return [
      line([at("δ", l, "j"), equals()], [at("a", l + 1, "j"), mo("−"), m("msub", mi("y"), mi("j"))]),
      line([d(), equals()], [mn(row_.a), mo("−"), bracket(row_.y)], [equals(), mn(row_.delta)]),
    ];
  }
  return [
    line([at("δ", l, "j"), equals()], [partial(at("a", l + 1, "j")), times(), prime("f", at("z", l, "j"))]),
    line([d(), equals()], [bracket(row_.gradient), times(), bracket(row_.slope)], [equals(), mn(row_.delta)]),
    ...(slip ? [slipped(row_, l)] : []),
  ];
}

/** delta of a hidden unit. */
export function hiddenDelta(layer, row_, unit, slip) {
  const l = layer.layer;
  const shown = [...unit.errors].sort((a, b) => Math.abs(b.product) - Math.abs(a.product)).slice(0, 4);
  const others = unit.errorCount - shown.length;
  return [
    line([at("δ", l, "j"), equals()], [mo("("), sum("i"), at("w", l + 1, "i", "j"), at("δ", l + 1, "i"), mo(")")],
      [times(), prime("f", at("z", l, "j"))]),
    line(
      [at("δ", l, row_.unit), equals(), mo("(")],
      ...shown.map((error, i) => [...(i > 0 ? [mo("+")] : []), bracket(error.w), times(), bracket(error.delta)]),
      ...(others > 0 ? [[mo("+"), text(`${others} more`)]] : []),
      [mo(")"), times(), bracket(row_.slope)]),
    line([equals(), bracket(row_.gradient), times(), bracket(row_.slope), equals(), mn(row_.delta)]),
    ...(slip ? [slipped(row_, l)] : []),
  ];
}

function slipped(row_, l) {
  const made = line(
    [text("With the slip:\u00a0"), at("δ", l, row_.unit), equals()],
    [bracket(row_.slipGradient), times(), prime("f", at("a", l + 1, row_.unit))],
    [equals(), bracket(row_.slipGradient), times(), bracket(row_.slipSlope)], [equals(), mn(row_.slipDelta)]);
  made.classList.add("wrong");
  return made;
}

/** dC/dw = delta a, and dC/db = delta. */
export function gradient(l, unit, term, delta, slipDelta) {
  const w = (...indices) => at("w", l, ...indices);
  const lines = [
    line([partial(w("j", "k")), equals(), at("δ", l, "j"), at("a", l, "k")], [mo(","), partial(at("b", l, "j")), equals(), at("δ", l, "j")]),
    line([partial(w(unit.unit, ",", term.input)), equals()], [bracket(delta), times(), bracket(term.x)], [equals(), mn(term.nabla)]),
  ];
  if (slipDelta !== undefined) {
    const wrong = line(
      [text("With the slip:\u00a0"), bracket(slipDelta), times(), bracket(term.x)], [equals(), mn(term.slipNabla)]);
    wrong.classList.add("wrong");
    lines.push(wrong);
  }
  return lines;
}

/** w - eta dC/dw. */
export function update(l, weight, gradientOfWeight, newValue) {
  return [
    line([mi("w"), mo("←")], [mi("w"), mo("−"), mi("η"), partial(mi("w"))]),
    line([bracket(weight.w), mo("−"), mn(weight.learningRate), times(), bracket(gradientOfWeight)], [equals(), mn(newValue)]),
  ];
}

/** (C(w + h) - C(w - h)) / 2h. */
export function differences(weight) {
  const c = sign => row(mi("C"), mo("("), mi("w"), mo(sign), mi("h"), mo(")"));
  return line(
    [partial(mi("w")), mo("≈"), m("mfrac", row(c("+"), mo("−"), c("−")), row(m("mn", "2"), mi("h")))],
    [equals(), mn(weight.difference)], [text("\u00a0with\u00a0"), mi("h"), equals(), mn(weight.step)]);
}
