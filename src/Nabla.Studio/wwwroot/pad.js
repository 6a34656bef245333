// A sketchpad for mouse, touch, pen and keyboard. It keeps strokes, not pixels: the server makes the image.

const side = 560;

export class Pad {
  strokes = [];
  pen = 40;
  #canvas;
  #changed;
  #drawing = new Map(); // The stroke of each pointer that is down.
  #byKeyboard = true; // How the pad was used last: its cursor is for the keyboard alone.
  #cursor = { x: side / 2, y: side / 2, stroke: null };

  constructor(canvas, changed) {
    this.#canvas = canvas;
    this.#changed = changed;
    canvas.addEventListener("pointerdown", event => this.#down(event));
    canvas.addEventListener("pointermove", event => this.#move(event));
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"])
      canvas.addEventListener(name, event => this.#drawing.delete(event.pointerId));
    canvas.addEventListener("keydown", event => this.#key(event));
    canvas.addEventListener("focus", () => this.#draw());
    canvas.addEventListener("blur", () => {
      this.#byKeyboard = true;
      this.#draw();
    });
    this.#draw();
  }

  get isEmpty() {
    return this.strokes.length === 0;
  }

  get message() {
    return { width: side, height: side, pen: this.pen, strokes: this.strokes };
  }

  clear() {
    this.strokes = [];
    this.#cursor.stroke = null;
    this.#update();
  }

  undo() {
    this.strokes.pop();
    this.#cursor.stroke = null;
    this.#update();
  }

  redraw() {
    this.#update();
  }

  #place(event) {
    const box = this.#canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * side, ((event.clientY - box.top) / box.height) * side].map(n => Math.round(n * 10) / 10);
  }

  #down(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.#byKeyboard = false;
    this.#canvas.focus({ focusVisible: false, preventScroll: true });
    this.#canvas.setPointerCapture(event.pointerId);
    const stroke = this.#place(event);
    this.#drawing.set(event.pointerId, stroke);
    this.strokes.push(stroke);
    this.#update();
  }

  #move(event) {
    const stroke = this.#drawing.get(event.pointerId);
    if (!stroke) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const each of all.length > 0 ? all : [event]) stroke.push(...this.#place(each));
    this.#update();
  }

  #key(event) {
    const step = event.shiftKey ? 56 : 14;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const cursor = this.#cursor;
    if (event.key === " ") {
      cursor.stroke = cursor.stroke ? null : [cursor.x, cursor.y];
      if (cursor.stroke) this.strokes.push(cursor.stroke);
    } else if (event.key === "Escape") {
      cursor.stroke = null;
    } else if (moves[event.key]) {
      cursor.x = Math.min(side, Math.max(0, cursor.x + moves[event.key][0]));
      cursor.y = Math.min(side, Math.max(0, cursor.y + moves[event.key][1]));
      cursor.stroke?.push(cursor.x, cursor.y);
    } else {
      return;
    }
    event.preventDefault();
    this.#byKeyboard = true;
    this.#update();
  }

  #update() {
    this.#draw();
    this.#changed();
  }

  #draw() {
    const context = this.#canvas.getContext("2d");
    context.clearRect(0, 0, side, side);
    context.lineWidth = this.pen;
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = "#f4f4f4";
    for (const stroke of this.strokes) {
      context.beginPath();
      context.moveTo(stroke[0], stroke[1]);
      context.lineTo(stroke[0] + 0.01, stroke[1]);
      for (let i = 2; i < stroke.length; i += 2) context.lineTo(stroke[i], stroke[i + 1]);
      context.stroke();
    }
    if (this.#byKeyboard && document.activeElement === this.#canvas) this.#drawCursor(context);
  }

  #drawCursor(context) {
    const { x, y, stroke } = this.#cursor;
    context.lineWidth = 3;
    context.strokeStyle = stroke ? "#ffab40" : "#6cc0ff";
    context.beginPath();
    context.arc(x, y, stroke ? 10 : 18, 0, 2 * Math.PI);
    context.stroke();
  }
}
