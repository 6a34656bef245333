// The hidden units that answered to a drawing. They change many times a second while one draws: elements and canvases are kept.
import { byId, element, setText } from "./shell.js";
import { bytes, isDark, paintSigned } from "./pixels.js";

const widest = 64;
const parts = 4; // of a layer: its title, its strip, a help, its units

/** Shows the hidden layers of a reading; null if there is none. */
export function showHidden(read) {
  const box = byId("hidden");
  const layers = read?.hidden ?? [];
  const shape = layers.length === 0 ? `${read !== null}` : JSON.stringify(layers.map(layer => layer.top.length));
  if (box.dataset.shape !== shape) {
    box.dataset.shape = shape;
    box.replaceChildren(...(layers.length > 0
      ? layers.flatMap(createLayer)
      : [element("p", { className: "soft small" }, read ? "This network has no hidden layer of its own." : "Draw something.")]));
  }
  layers.forEach((layer, index) => showLayer([...box.children].slice(parts * index, parts * (index + 1)), layer, index, read));
}

function createLayer(layer, index) {
  const units = layer.top.map(() => element("li", {}, ...(index === 0 ? [element("canvas", { className: "pixels", role: "img" })] : []),
    element("span"), element("br"), element("span")));
  return [element("h3"), element("canvas", { className: "strip", role: "img" }),
    element("p", { className: "small soft" }, index === 0
      ? "The strongest, with the weights of their inputs: orange adds to their activation where there is ink, blue takes away."
      : "The strongest units."),
    element("ul", { className: "units" }, ...units)];
}

function showLayer([title, strip, , units], layer, index, read) {
  const levels = bytes(layer.levels);
  setText(title, `Hidden layer ${index + 1}: ${layer.active} of ${levels.length} units answered (${layer.activation})`);
  strip.ariaLabel = `Activations of the ${levels.length} units of hidden layer ${index + 1}; ${layer.active} are not 0`;
  const columns = Math.min(levels.length, widest);
  const rows = Math.ceil(levels.length / columns);
  paintSigned(strip, rows, columns, Uint8Array.from({ length: rows * columns }, (_, i) => 128 + (levels[i] ?? 0) / 2));
  layer.top.forEach((unit, i) => showUnit(units.children[i], unit, read));
}

function showUnit(place, unit, read) {
  const [name, value] = place.querySelectorAll("span");
  setText(name, `unit ${unit.unit}`);
  setText(value, unit.value.toFixed(2));
  const picture = place.querySelector("canvas");
  // The strongest units are often the same from one reading to the next.
  const look = `${isDark()} ${unit.weights}`;
  if (!picture || picture.look === look) return;
  picture.look = look;
  picture.ariaLabel = `Weights of unit ${unit.unit}`;
  paintSigned(picture, read.rows, read.columns, bytes(unit.weights));
}
