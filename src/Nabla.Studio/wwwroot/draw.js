// The page for drawing: strokes go to the server, and what the network makes of them comes back.
import { attempt, begin, byId, element, get, listen, newest, percent, post, setText } from "./shell.js";
import { bytes, paintLevels, paintOverlay } from "./pixels.js";
import { showHidden } from "./hidden.js";
import { Pad } from "./pad.js";

begin();
const pad = new Pad(byId("pad"), () => {
  document.body.dataset.drawn = ++drawn;
  ask();
});
let classes = [];
let reader = null;
let reading = null;
let readerVersion = -1;
let drawn = 0; // changes of the drawing
let readings = 0;

const ask = newest(async () => {
  const version = drawn;
  if (pad.isEmpty) {
    reading = null;
  } else {
    const start = performance.now();
    reading = (await attempt(() => post("/api/read", pad.message))) ?? null;
    byId("pad").dataset.milliseconds = (performance.now() - start).toFixed(1);
  }
  show();
  byId("pad").dataset.server = reading?.milliseconds ?? "";
  document.body.dataset.read = version;
  document.body.dataset.readings = ++readings;
});

const refresh = newest(async () => {
  const now = await attempt(() => get("/api/reader"));
  if (now) showReader(now);
  ask();
});

byId("undo").onclick = () => pad.undo();
byId("clear").onclick = () => pad.clear();
byId("pen").onchange = event => {
  pad.pen = Number(event.target.value);
  pad.redraw();
};
byId("overlay").onchange = () => {
  byId("overlay-help").hidden = !byId("overlay").checked;
  showSeen();
};
byId("keep").onclick = () => attempt(async () => {
  showReader(await post("/api/corrections", { drawing: pad.message, label: Number(byId("really").value) }));
  byId("really").value = "";
  pad.clear();
});
byId("really").onchange = () => show();
byId("learn").onclick = () => attempt(() => post("/api/corrections/train"));
byId("forget").onclick = () => attempt(async () => showReader(await post("/api/corrections/clear")));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show());

function show() {
  const isRead = reading !== null && !reading.problem;
  byId("keep").disabled = !isRead || byId("really").value === "";
  byId("answer").className = isRead ? "answer" : "answer none";
  byId("short-answer").className = isRead ? "answer short" : "answer short none";
  setText(byId("short-answer"), isRead ? `Read as ${classes[reading.predicted]}, ${percent(reading.scores[reading.predicted])}` : "");
  setText(byId("answer"), isRead ? classes[reading.predicted] : reading?.problem ?? "Nothing is drawn yet.");
  showBars(isRead ? reading : null);
  showSeen();
  showHidden(isRead ? reading : null);
  document.body.dataset.answer = isRead ? classes[reading.predicted] : "";
}

/** Takes the classes of another network. What was read before has no meaning for them. */
function showClasses(names) {
  [classes, reading] = [names, null];
  byId("really").replaceChildren(element("option", { value: "" }, "choose"), ...classes.map((name, i) => element("option", { value: i }, name)));
  byId("bars").replaceChildren(...classes.map(name => element("li", {}, element("span", {}, name),
    element("div", { className: "track", ariaHidden: "true" }, element("div", { className: "fill" })),
    element("span", { className: "number" }))));
}

function showBars(read) {
  const list = byId("bars");
  for (let i = 0; i < classes.length; i++) {
    const row = list.children[i];
    const score = read?.scores[i] ?? 0;
    row.className = read?.predicted === i ? "best" : "";
    row.querySelector(".fill").style.transform = `scaleX(${score})`;
    setText(row.querySelector(".number"), read ? percent(score) : "");
  }
}

function showSeen() {
  const canvas = byId("seen");
  if (!reading || reading.problem) {
    canvas.width = canvas.height = 28;
    canvas.setAttribute("aria-label", "The input of the network: nothing yet");
    return;
  }
  const levels = bytes(reading.pixels);
  if (byId("overlay").checked && reading.saliency)
    paintOverlay(canvas, reading.rows, reading.columns, levels, bytes(reading.saliency));
  else
    paintLevels(canvas, reading.rows, reading.columns, levels);
  canvas.setAttribute("aria-label", `The input of the network: ${reading.rows} by ${reading.columns} pixels, read as ${classes[reading.predicted]}`);
  setText(byId("changes"), reading.changes.length > 0
    ? `${reading.rows} × ${reading.columns} pixels, ${reading.changes.join(", ")}.`
    : `${reading.rows} × ${reading.columns} pixels.`);
}

/** Whether the network is the default model, and still in training. */
const isComing = it => !it.problem && it.classes.length === 0;

function showReader(now) {
  reader = now;
  setText(byId("reader"), reader.problem ?? (isComing(reader) ? "The default model is being trained." : `Read by ${reader.title}: ${reader.network}.`));
  if (reader.classes.join("\n") !== classes.join("\n")) showClasses(reader.classes);
  const kept = reader.corrections;
  byId("learn").disabled = kept.length === 0 || Boolean(reader.whyNotTrained);
  byId("forget").disabled = kept.length === 0;
  byId("corrections-help").textContent = reader.whyNotTrained && kept.length > 0
    ? `The network cannot be trained on them: ${reader.whyNotTrained}.`
    : `Corrections stay in memory until the studio ends.${kept.length === 0 ? ""
      : ` Of ${kept.length}, the network now reads ${kept.filter(each => each.now === each.label).length} correctly.`}`;
  byId("corrections").replaceChildren(...kept.map(each => {
    const picture = element("canvas", { className: "pixels", role: "img", ariaLabel: `A drawn ${each.label}` });
    const levels = bytes(each.pixels);
    paintLevels(picture, levels.length / reader.columns, reader.columns, levels);
    return element("li", {}, picture, `a ${each.label}, read as ${each.read}`, element("br"),
      each.now === each.label ? "✓ now right" : `✗ still ${each.now}`);
  }));
}

listen({
  state: async state => {
    const isBusy = state.state === "preparing" || state.state === "running";
    byId("training").hidden = !isBusy;
    if (state.epochs) byId("training").value = (state.epoch + state.batch / Math.max(1, state.batches)) / state.epochs;
    if (state.reader !== readerVersion) {
      readerVersion = state.reader;
      await refresh();
    }
    if (isBusy && reader && isComing(reader))
      setText(byId("reader"), state.state === "preparing"
        ? `${state.title}: loading data…`
        : `${state.title}: training on ${state.data}, epoch ${state.epoch + 1} of ${state.epochs}…`);
  },
}, "/api/events?brief");
