// Small pictures of numbers: grey levels, and signed values in two colours.

/** The bytes of a text in base 64. */
export function bytes(text) {
  const raw = atob(text);
  const result = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) result[i] = raw.charCodeAt(i);
  return result;
}

const dark = matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is dark. */
export const isDark = () => dark.matches;

/** Positive values are orange, negative ones blue, 0 is the paper. */
function signedColour(value, onDark) {
  const share = Math.min(1, Math.abs(value - 128) / 127);
  const paper = onDark ? [38, 43, 52] : [250, 249, 246];
  const ink = value >= 128 ? (onDark ? [255, 170, 60] : [190, 80, 0]) : (onDark ? [90, 180, 240] : [0, 95, 160]);
  return paper.map((level, i) => level + (ink[i] - level) * share);
}

// The colour of each byte, as a pixel has it in memory: red, green, blue, opaque.
const palette = colourOf => new Uint32Array(
  Uint8ClampedArray.from(Array.from({ length: 256 }, (_, value) => [...colourOf(value), 255]).flat()).buffer);
const grey = palette(level => [level, level, level]);
const signed = [false, true].map(onDark => palette(value => signedColour(value, onDark)));

// Assigning a canvas its size clears it, and takes new memory even if the size is the same.
function setSize(canvas, width, height) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

/** Draws an image, one pixel of the canvas for each value. */
export function paint(canvas, rows, columns, colourOf) {
  setSize(canvas, columns, rows);
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  for (let i = 0; i < rows * columns; i++) image.data.set([...colourOf(i), 255], 4 * i);
  context.putImageData(image, 0, 0);
}

/** Draws bytes. Pages draw hundreds of thousands of them a second: a colour is one look-up. */
function paintBytes(canvas, rows, columns, values, colours) {
  setSize(canvas, columns, rows);
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = colours[values[i]];
  context.putImageData(image, 0, 0);
}

/** Draws grey levels, light on dark. */
export function paintLevels(canvas, rows, columns, levels) {
  paintBytes(canvas, rows, columns, levels, grey);
}

/** Draws signed values. */
export function paintSigned(canvas, rows, columns, values) {
  paintBytes(canvas, rows, columns, values, signed[Number(isDark())]);
}

/** Draws the input enlarged, with the gradient over it; the strongest pixels have a mark. */
export function paintOverlay(canvas, rows, columns, levels, gradient) {
  const scale = 12;
  setSize(canvas, columns * scale, rows * scale);
  const context = canvas.getContext("2d");
  for (let i = 0; i < rows * columns; i++) {
    const [x, y] = [(i % columns) * scale, Math.floor(i / columns) * scale];
    const strength = Math.abs(gradient[i] - 128) / 127;
    const grey = levels[i] * 0.75;
    const hue = gradient[i] >= 128 ? [255, 150, 30] : [70, 160, 255];
    const mixed = hue.map(level => grey + (level - grey) * 0.8 * strength);
    context.fillStyle = `rgb(${mixed.map(Math.round).join(" ")})`;
    context.fillRect(x, y, scale, scale);
    if (strength > 0.55) {
      context.fillStyle = "#000";
      context.fillRect(x + 2, y + 5, 8, 2);
      if (gradient[i] >= 128) context.fillRect(x + 5, y + 2, 2, 8);
    }
  }
}
