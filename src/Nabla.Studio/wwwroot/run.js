// What is seen of a run, on each page that trains: its state, curves and picture, and earlier runs beside it.
import { atMostEvery, byId, element, get, percent, setText } from "./shell.js";
import { LineChart, sample, short } from "./chart.js";
import { Picture } from "./picture.js";

const none = { run: 0, state: "idle" };
const nothing = { xs: [], ys: [] }; // a line without points
const alive = ["preparing", "running", "paused"];

export class RunDisplay {
  #lossChart = new LineChart(byId("loss-chart"), "Loss by step");
  #metricChart = new LineChart(byId("metric-chart"), "Held-out accuracy by epoch", 1);
  #picture = new Picture();
  #hidden = new Set();
  #curve = nothing;
  #epochs = [];
  #heldOut = nothing;
  #metric = nothing;
  #notices = [];
  #received = none;
  #past = [];
  #showFactsSoon = atMostEvery(200, () => this.#showFacts()); // Nobody can read more, and they cost more than the lines.
  #belongs;

  /** @param belongs whether this page shows a run */
  constructor(belongs = () => true) {
    this.#belongs = belongs;
  }

  /** The run that is seen. */
  get state() {
    return this.#belongs(this.#received) ? this.#received : none;
  }

  /** What was assumed when the data of the run that is seen were read. */
  get notices() {
    return this.state.run > 0 ? this.#notices : [];
  }

  /** Whether the run that is seen goes on. */
  get isAlive() {
    return alive.includes(this.state.state);
  }

  /** Whether any run goes on, even one of another page. */
  get isBusy() {
    return alive.includes(this.#received.state);
  }

  /** Earlier runs that this page shows. */
  get past() {
    return this.#past.filter(this.#belongs);
  }

  set past(runs) {
    this.#past = runs.map(withLines);
  }

  async loadPast() {
    this.past = await get("/api/runs");
  }

  /** Takes a message of the stream. */
  receive(message) {
    if (message.run !== this.#received.run) {
      this.#curve = this.#heldOut = this.#metric = nothing;
      [this.#epochs, this.#notices] = [[], []];
      this.#picture.begin();
      this.loadPast();
    }
    this.#notices = message.notices ?? this.#notices;
    const { curve, newEpochs } = message;
    if (curve) {
      this.#curve = { xs: [...this.#curve.xs.slice(0, curve.from), ...curve.steps], ys: [...this.#curve.ys.slice(0, curve.from), ...curve.values] };
    }
    if (newEpochs?.epochs.length > 0) {
      this.#epochs = [...this.#epochs.slice(0, newEpochs.from), ...newEpochs.epochs];
      this.#metric = byEpoch(this.#epochs, "metric", 1);
      this.#heldOut = byEpoch(this.#epochs, "heldOutLoss", message.batches ?? 1);
    }
    this.#received = message;
  }

  /** Takes a picture of the stream. */
  receivePicture(message) {
    if (message.run === this.state.run) this.#picture.show(message);
  }

  show() {
    const { state } = this;
    document.body.dataset.state = state.state;
    document.body.dataset.run = state.run;
    setText(byId("status"), this.#status());
    setText(byId("metric-name"), `${state.metric || "Accuracy"}, held out`);
    showSmoothing(state.labelSmoothing);
    byId("picture-problem").hidden = !state.pictureProblem;
    setText(byId("picture-problem"), state.pictureProblem ?? "");
    if (state.state === "running") this.#showFactsSoon();
    else this.#showFacts();
    this.#showCharts();
  }

  #showFacts() {
    const { state } = this;
    const last = this.#epochs.at(-1);
    byId("progress").value = !state.epochs ? 0
      : state.state === "finished" ? 1 : (state.epoch + state.batch / Math.max(1, state.batches)) / state.epochs;
    fact("epoch", state.epochs && `${Math.min(state.epoch + 1, state.epochs)} of ${state.epochs}`);
    fact("loss", state.loss !== undefined && short(state.loss));
    fact("metric", state.run > 0 && last?.metric !== undefined && (state.metric === "Accuracy" ? percent(last.metric) : short(last.metric)));
    fact("rate", state.rate && short(state.rate));
    fact("speed", state.examplesPerSecond && short(state.examplesPerSecond));
  }

  #status() {
    const { state } = this;
    const where = state.network ? `${state.network}, on ${state.data}` : state.title;
    return {
      idle: this.isBusy ? `Another run goes on (${this.#received.title}). Stop it, or wait for its end.` : "Nothing is being trained.",
      preparing: "Loading data…",
      running: `Training ${where}.`,
      paused: `Paused after step ${state.step}: ${where}.`,
      finished: `Finished: ${where}.`,
      stopped: `Stopped after step ${state.step}: ${where}.`,
      failed: state.problem ? `${state.problem.what}: ${state.problem.why}. ${state.problem.remedy}` : "",
    }[state.state];
  }

  // Earlier runs to compare with: losses of other data say nothing about this run.
  get #others() {
    const { state } = this;
    return this.past.filter(run => run.run !== state.run && (state.run === 0 || run.data === state.data)).slice(-5);
  }

  // A style for each run: the present one is a full line, earlier ones have dashes.
  #showCharts() {
    const { state } = this;
    const shown = this.#others.filter(run => !this.#hidden.has(run.run));
    const styleOf = run => 2 + (shown.indexOf(run) % 5);
    const metric = state.metric || "Accuracy";
    const name = `run ${state.run}`;
    const present = state.run > 0;
    this.#lossChart.show([
      ...(present ? [
        { name: `${name}, training`, style: 0, points: this.#curve, isPast: false },
        { name: `${name}, held out`, style: 1, points: this.#heldOut, isPast: false }] : []),
      ...shown.map(run => ({ name: `run ${run.run}`, style: styleOf(run), points: run.lossLine, isPast: true })),
    ]);
    this.#metricChart.show([
      ...(present ? [{ name, style: 0, points: this.#metric, isPast: false }] : []),
      ...shown.filter(run => run.metric === metric)
        .map(run => ({ name: `run ${run.run}`, style: styleOf(run), points: run.metricLine, isPast: true })),
    ], `Held-out ${metric} by epoch`, metric === "Accuracy" ? 1 : null);
    setText(byId("metric-title"), `Held-out ${metric === "Accuracy" ? "accuracy" : metric} by epoch`);
    this.#showLegend(shown, styleOf);
  }

  #showLegend(shown, styleOf) {
    const { state } = this;
    const others = this.#others;
    const key = JSON.stringify([state.run, state.title, others.map(run => [run.run, this.#hidden.has(run.run)])]);
    if (byId("legend").dataset.key === key) return;
    byId("legend").dataset.key = key;
    byId("legend").replaceChildren(
      ...(state.run > 0 ? [
        element("li", {}, sample(0), `run ${state.run}, training`),
        element("li", {}, sample(1), `run ${state.run}, held out`)] : []),
      ...others.map(run => {
        const box = element("input", { type: "checkbox", checked: !this.#hidden.has(run.run) });
        box.onchange = () => {
          if (box.checked) this.#hidden.delete(run.run);
          else this.#hidden.add(run.run);
          this.show();
        };
        return element("li", {}, element("label", { className: "inline" }, box, ...(shown.includes(run) ? [sample(styleOf(run))] : []),
          `run ${run.run}: ${[run.data, run.title].filter(Boolean).join(", ")}`));
      }));
  }
}

// A page need not show all of them.
function fact(name, text) {
  const place = byId(`fact-${name}`);
  if (place) setText(place, String(text || "–"));
}

function showSmoothing(share) {
  const note = byId("loss-note");
  if (!note) return;
  note.hidden = !share;
  setText(note, share ? `With label smoothing, ${percent(share)} of each label is spread over all classes, so that the network does not `
    + "aim at being quite sure. The loss is measured against these labels: it stays above 0, however good the network is." : "");
}

function byEpoch(epochs, property, scale) {
  const known = epochs.filter(epoch => epoch[property] !== undefined);
  return { xs: known.map(epoch => (epoch.epoch + 1) * scale), ys: known.map(epoch => epoch[property]) };
}

function withLines(run) {
  return { ...run, lossLine: { xs: run.curve.steps, ys: run.curve.values }, metricLine: byEpoch(run.epochs, "metric", 1) };
}
