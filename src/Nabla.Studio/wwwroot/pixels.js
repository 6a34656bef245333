// Small pictures of numbers: grey levels, and signed values in two colours.

/** The bytes of a text in base 64. */
export const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));

const isDark = () => matchMedia("(prefers-color-scheme: dark)").matches;

/** Positive values are orange, negative ones blue, 0 is the paper. */
export function signedColour(value) {
  const share = Math.min(1, Math.abs(value - 128) / 127);
  const paper = isDark() ? [38, 43, 52] : [250, 249, 246];
  const ink = value >= 128 ? (isDark() ? [255, 170, 60] : [190, 80, 0]) : (isDark() ? [90, 180, 240] : [0, 95, 160]);
  return paper.map((level, i) => level + (ink[i] - level) * share);
}

/** Draws an image, one pixel of the canvas for each value. */
export function paint(canvas, rows, columns, colourOf) {
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  for (let i = 0; i < rows * columns; i++) {
    const [red, green, blue] = colourOf(i);
    image.data.set([red, green, blue, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
}

/** Draws grey levels, light on dark. */
export function paintLevels(canvas, rows, columns, levels) {
  paint(canvas, rows, columns, i => [levels[i], levels[i], levels[i]]);
}

/** Draws signed values. */
export function paintSigned(canvas, rows, columns, values) {
  paint(canvas, rows, columns, i => signedColour(values[i]));
}

/** Draws the input enlarged, with the gradient over it; the strongest pixels have a mark. */
export function paintOverlay(canvas, rows, columns, levels, gradient) {
  const scale = 12;
  canvas.width = columns * scale;
  canvas.height = rows * scale;
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
