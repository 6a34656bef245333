// The page for training: options, the controls of a run, and what is seen of it.
import { attempt, begin, byId, element, get, listen, newest, percent, post, send, setText } from "./shell.js";
import { LineChart, sample, short } from "./chart.js";
import { OptionsForm } from "./options.js";
import { Picture } from "./picture.js";

begin();
const lossChart = new LineChart(byId("loss-chart"), "Loss by step");
const metricChart = new LineChart(byId("metric-chart"), "Held-out accuracy by epoch", 1);
const picture = new Picture();
let form;
let state = { run: 0, state: "idle" };
let past = [];
let hiddenRuns = new Set();
let curve = { steps: [], values: [] };
let epochs = [];
let isDue = false;
let updates = 0;

const isAlive = () => ["preparing", "running", "paused"].includes(state.state);

async function start(how) {
  const request = { ...form.request, start: how, pace: Number(byId("pace").value) };
  await attempt(async () => {
    await post("/api/run", request);
    past = await get("/api/runs");
  });
}

// One request at a time, so that an older value cannot arrive after a newer one.
const sendFactor = newest(() => attempt(() => post("/api/run/change", { rateFactor: 10 ** Number(byId("factor").value) })));

const command = name => attempt(() => post("/api/run/command", { command: name }));

byId("start").onclick = () => (state.state === "running" ? command("pause") : state.state === "paused" ? command("resume") : start("run"));
byId("step").onclick = () => (isAlive() ? command("step") : start("step"));
byId("epoch").onclick = () => (isAlive() ? command("epoch") : start("epoch"));
byId("stop").onclick = () => command("stop");
byId("reset").onclick = async () => {
  await command("reset");
  past = (await attempt(() => get("/api/runs"))) ?? past;
  show();
};
byId("pace").onchange = () => isAlive() && attempt(() => post("/api/run/change", { pace: Number(byId("pace").value) }));
byId("factor").oninput = () => {
  showFactor();
  if (isAlive()) sendFactor();
};
byId("forget").onclick = () => attempt(async () => {
  past = await post("/api/runs/forget");
  show();
});
byId("read").onclick = () => attempt(async () => {
  await post("/api/reader/use");
  location.href = "/draw";
});
byId("file").onchange = event => attempt(async () => {
  const file = event.target.files[0];
  if (!file) return;
  form.update(await send(`/api/upload?name=${encodeURIComponent(file.name)}`, file));
  form.choose("upload");
});
byId("code").ontoggle = () => showCode();

function showFactor() {
  const factor = 10 ** Number(byId("factor").value);
  byId("factor-text").textContent = `× ${Number(factor.toPrecision(2))}`;
  byId("factor").setAttribute("aria-valuetext", `times ${Number(factor.toPrecision(2))}`);
}

// The code of the run that is seen; before the first one, that of the form.
const showCode = newest(async () => {
  if (!byId("code").open || !form) return;
  const code = await attempt(() => (state.run > 0 ? post("/api/run/code", { run: state.run }) : post("/api/code", form.request)));
  if (!code) return;
  setText(byId("code-note"), code.note);
  for (const part of ["command", "program"]) {
    setText(byId(part), code[part]);
    byId(part).hidden = code[part] === "";
  }
  byId("code-files").hidden = code.files.length === 0;
  byId("code-files").replaceChildren("Its files: ", ...code.files.flatMap((name, i) =>
    [...(i > 0 ? [", "] : []), element("a", { href: `/api/files/${name}`, download: name }, name)]));
});

function receive(message) {
  const isNew = message.run !== state.run;
  const changesCode = isNew || message.state !== state.state || message.isRepeatable !== state.isRepeatable;
  if (isNew || document.activeElement !== byId("factor")) {
    byId("factor").value = Math.log10(message.rateFactor);
    showFactor();
  }
  if (isNew) {
    [curve, epochs] = [{ steps: [], values: [] }, []];
    picture.begin();
    get("/api/runs").then(runs => { past = runs; });
  }
  if (message.curve) {
    curve.steps = [...curve.steps.slice(0, message.curve.from), ...message.curve.steps];
    curve.values = [...curve.values.slice(0, message.curve.from), ...message.curve.values];
  }
  for (const epoch of message.newEpochs) epochs[epoch.epoch] = epoch;
  state = message;
  showSoon();
  if (changesCode) showCode();
}

// Once for each frame at most, however many messages arrive.
function showSoon() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    show();
    document.body.dataset.updates = ++updates;
  });
}

function show() {
  showControls();
  const last = epochs.at(-1);
  setText(byId("status"), statusText());
  byId("progress").value = state.epochs ? (state.state === "finished" ? 1 : (state.epoch + state.batch / Math.max(1, state.batches)) / state.epochs) : 0;
  byId("fact-epoch").textContent = state.epochs ? `${Math.min(state.epoch + 1, state.epochs)} of ${state.epochs}` : "–";
  byId("fact-loss").textContent = state.loss === undefined ? "–" : short(state.loss);
  byId("fact-metric").textContent = last?.metric === undefined ? "–" : state.metric === "Accuracy" ? percent(last.metric) : short(last.metric);
  byId("metric-name").textContent = `${state.metric || "Accuracy"}, held out`;
  byId("fact-rate").textContent = state.rate ? short(state.rate) : "–";
  byId("fact-speed").textContent = state.examplesPerSecond ? short(state.examplesPerSecond) : "–";
  byId("fingerprint").hidden = !state.fingerprint;
  byId("fingerprint").textContent = state.fingerprint ? `Fingerprint: ${state.fingerprint}` : "";
  byId("picture-problem").hidden = !state.pictureProblem;
  setText(byId("picture-problem"), state.pictureProblem ?? "");
  byId("read").hidden = !state.canRead || isAlive();
  byId("forget").hidden = past.length === 0;
  showCharts();
}

function showControls() {
  const name = { running: "Pause", paused: "Resume", preparing: "Loading…" }[state.state] ?? "Start";
  byId("start").textContent = name;
  byId("start").disabled = state.state === "preparing";
  byId("step").disabled = byId("epoch").disabled = state.state === "running" || state.state === "preparing";
  byId("stop").disabled = !isAlive();
  byId("reset").disabled = isAlive() || state.run === 0;
  document.body.dataset.state = state.state;
}

function statusText() {
  const where = state.network ? `${state.network}, on ${state.data}` : state.title;
  return {
    idle: "Nothing is being trained.",
    preparing: "Loading data…",
    running: `Training ${where}.`,
    paused: `Paused after step ${state.step}: ${where}.`,
    finished: `Finished: ${where}.`,
    stopped: `Stopped after step ${state.step}: ${where}.`,
    failed: state.problem ? `${state.problem.what}: ${state.problem.why}. ${state.problem.remedy}` : "",
  }[state.state];
}

// A style for each run: the present one is a full line, earlier ones have dashes.
function showCharts() {
  const shown = past.filter(run => run.run !== state.run && !hiddenRuns.has(run.run)).slice(-5);
  const styleOf = run => 2 + (shown.indexOf(run) % 5);
  const metric = state.metric || "Accuracy";
  const name = `run ${state.run}`;
  lossChart.show([
    { name: `${name}, training`, style: 0, xs: curve.steps, ys: curve.values, isPast: false },
    { name: `${name}, held out`, style: 1, isPast: false, ...byEpoch(epochs, "heldOutLoss", state.batches ?? 1) },
    ...shown.map(run => ({ name: `run ${run.run}`, style: styleOf(run), xs: run.curve.steps, ys: run.curve.values, isPast: true })),
  ]);
  metricChart.show([
    { name, style: 0, isPast: false, ...byEpoch(epochs, "metric", 1) },
    ...shown.filter(run => run.metric === metric).map(run => ({ name: `run ${run.run}`, style: styleOf(run), isPast: true, ...byEpoch(run.epochs, "metric", 1) })),
  ], `Held-out ${metric} by epoch`, metric === "Accuracy" ? 1 : undefined);
  byId("metric-title").textContent = `Held-out ${metric === "Accuracy" ? "accuracy" : metric} by epoch`;
  showLegend(shown, styleOf);
}

function byEpoch(list, property, scale) {
  const rows = list.filter(epoch => epoch?.[property] !== undefined);
  return { xs: rows.map(epoch => (epoch.epoch + 1) * scale), ys: rows.map(epoch => epoch[property]) };
}

function showLegend(shown, styleOf) {
  const others = past.filter(run => run.run !== state.run).slice(-5);
  const key = JSON.stringify([state.run, others.map(run => [run.run, hiddenRuns.has(run.run)])]);
  if (byId("legend").dataset.key === key) return;
  byId("legend").dataset.key = key;
  byId("legend").replaceChildren(
    element("li", {}, sample(0), `run ${state.run}, training`),
    element("li", {}, sample(1), `run ${state.run}, held out`),
    ...others.map(run => {
      const box = element("input", { type: "checkbox", checked: !hiddenRuns.has(run.run) });
      box.onchange = () => {
        if (box.checked) hiddenRuns.delete(run.run);
        else hiddenRuns.add(run.run);
        show();
      };
      return element("li", {}, element("label", { className: "inline" }, box, ...(shown.includes(run) ? [sample(styleOf(run))] : []),
        `run ${run.run}: ${run.data}, ${run.title}`));
    }));
}

const catalogue = await attempt(() => get("/api/catalogue"));
if (catalogue) {
  form = new OptionsForm(catalogue, showCode);
  past = await get("/api/runs");
  listen({ state: receive, picture: message => message.run === state.run && picture.show(message) });
}
