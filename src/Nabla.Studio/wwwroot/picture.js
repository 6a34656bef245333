// The network as a picture: its decision boundary with the points, or the weights of its first layer as images.
import { byId, element, get } from "./shell.js";
import { bytes, paint, paintSigned } from "./pixels.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const colours = { light: [[0, 114, 178], [204, 90, 0], [0, 130, 95], [160, 60, 120], [110, 100, 0], [80, 80, 170]],
  dark: [[86, 180, 233], [255, 160, 40], [63, 199, 154], [227, 155, 198], [240, 228, 66], [185, 184, 255]] };

const bar = [[-1.7, -5], [1.7, -5], [1.7, -1.7], [5, -1.7], [5, 1.7], [1.7, 1.7], [1.7, 5], [-1.7, 5], [-1.7, 1.7], [-5, 1.7], [-5, -1.7], [-1.7, -1.7]];

/** The shape of each class: its sign in the legend, and its corners; the circle has none. */
export const shapes = [
  { sign: "●", corners: [] },
  { sign: "▲", corners: [[0, -5], [5, 4], [-5, 4]] },
  { sign: "■", corners: [[-4, -4], [4, -4], [4, 4], [-4, 4]] },
  { sign: "◆", corners: [[0, -5.5], [5.5, 0], [0, 5.5], [-5.5, 0]] },
  { sign: "✚", corners: bar },
  { sign: "✖", corners: bar.map(([x, y]) => [0.71 * (x - y), 0.71 * (x + y)]) },
];

/** Draws the outline of a class's shape around a place. */
export function trace(context, kind, x, y) {
  const { corners } = shapes[kind % shapes.length];
  context.beginPath();
  if (corners.length === 0) context.arc(x, y, 4, 0, 2 * Math.PI);
  for (const [dx, dy] of corners) context.lineTo(x + dx, y + dy);
  context.closePath();
}

export class Picture {
  #points = null;
  #asked = false;
  #cells = document.createElement("canvas");

  /** A new run begins. */
  begin() {
    this.#points = null;
    this.#asked = false;
    byId("picture").hidden = true;
    byId("weights").replaceChildren();
  }

  async show(message) {
    byId("picture").hidden = false;
    byId("boundary").hidden = message.side === 0;
    byId("weights").hidden = message.side !== 0;
    if (message.side === 0) {
      this.#showWeights(message);
      return;
    }
    if (!this.#asked) {
      this.#asked = true;
      this.#points = await get("/api/points").catch(() => null);
    }
    this.#showBoundary(message);
  }

  #showWeights(message) {
    const list = byId("weights");
    byId("picture-title").textContent = "First-layer weights";
    byId("picture-help").textContent = "One image for each hidden unit (the first 32): orange adds to the unit where there is ink, blue takes away.";
    while (list.children.length < message.weights.length) {
      list.append(element("canvas", { className: "pixels", role: "img", ariaLabel: `Weights of unit ${list.children.length}` }));
    }
    message.weights.forEach((weights, i) => paintSigned(list.children[i], message.rows, message.columns, bytes(weights)));
    byId("picture").dataset.step = message.step;
  }

  #showBoundary(message) {
    const canvas = byId("boundary");
    const palette = colours[dark.matches ? "dark" : "light"];
    const paper = dark.matches ? [29, 33, 40] : [255, 255, 255];
    const scale = 12;
    canvas.width = canvas.height = message.side * scale;
    const context = canvas.getContext("2d");
    const [classes, confidence] = [bytes(message.classes), bytes(message.confidence)];
    paint(this.#cells, message.side, message.side, i => {
      const share = 0.12 + 0.5 * (confidence[i] / 255);
      return palette[classes[i] % palette.length].map((level, c) => paper[c] + (level - paper[c]) * share);
    });
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#cells, 0, 0, canvas.width, canvas.height);
    if (this.#points) this.#drawPoints(context, canvas.width, palette);
    const names = this.#points?.classes.map((name, i) => `${shapes[i % shapes.length].sign} ${name}`) ?? [];
    byId("picture-title").textContent = "Decision boundary";
    byId("picture-help").textContent = `The class that the network predicts at each point, more colour where it is surer. ${names.join(", ")}; held-out points are open.`;
    canvas.setAttribute("aria-label", `Decision boundary after step ${message.step}`);
    byId("picture").dataset.step = message.step;
  }

  // The class is in the shape as well as in the colour.
  #drawPoints(context, side, palette) {
    const { bounds: [left, right, bottom, top], points } = this.#points;
    context.lineWidth = 1.5;
    for (let i = 0; i < points.length; i += 4) {
      const x = ((points[i] - left) / (right - left)) * side;
      const y = ((top - points[i + 1]) / (top - bottom)) * side;
      const [kind, isHeldOut] = [points[i + 2], points[i + 3] === 1];
      const colour = palette[kind % palette.length].map(level => Math.round(dark.matches ? level : level * 0.75));
      context.fillStyle = context.strokeStyle = `rgb(${colour.join(" ")})`;
      trace(context, kind, x, y);
      if (isHeldOut) context.stroke();
      else context.fill();
    }
  }
}
