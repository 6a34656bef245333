// The page for training: options, the controls of a run, and what is seen of it.
import { attempt, begin, byId, eachFrame, element, get, listen, newest, post, send, setText } from "./shell.js";
import { OptionsForm } from "./options.js";
import { RunDisplay } from "./run.js";

begin();
const display = new RunDisplay();
const showSoon = eachFrame(() => {
  show();
  document.body.dataset.updates = ++updates;
});
let form;
let updates = 0;

async function start(how) {
  const request = { ...form.request, start: how, pace: Number(byId("pace").value) };
  await attempt(async () => {
    await post("/api/run", request);
    await display.loadPast();
  });
}

// One request at a time, so that an older value cannot arrive after a newer one.
const sendFactor = newest(() => attempt(() => post("/api/run/change", { rateFactor: 10 ** Number(byId("factor").value) })));

const command = name => attempt(() => post("/api/run/command", { command: name }));

byId("start").onclick = () => {
  const { state } = display.state;
  return state === "running" ? command("pause") : state === "paused" ? command("resume") : start("run");
};
byId("step").onclick = () => (display.isAlive ? command("step") : start("step"));
byId("epoch").onclick = () => (display.isAlive ? command("epoch") : start("epoch"));
byId("stop").onclick = () => command("stop");
byId("reset").onclick = async () => {
  await command("reset");
  await attempt(() => display.loadPast());
  show();
};
byId("pace").onchange = () => display.isAlive && attempt(() => post("/api/run/change", { pace: Number(byId("pace").value) }));
byId("factor").oninput = () => {
  showFactor();
  sendFactor();
};
byId("forget").onclick = () => attempt(async () => {
  display.past = await post("/api/runs/forget");
  show();
});
byId("read").onclick = () => attempt(async () => {
  await post("/api/reader/use");
  location.href = "/draw";
});
byId("file").onchange = event => attempt(async () => {
  const file = event.target.files[0];
  if (!file) return;
  event.target.value = ""; // The same file can be chosen again after it was changed.
  const catalogue = await send(`/api/upload?name=${encodeURIComponent(file.name)}`, file);
  form.update(catalogue);
  form.choose(catalogue.data.at(-1).name);
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
  const { run } = display.state;
  const code = await attempt(() => (run > 0 ? post("/api/run/code", { run }) : post("/api/code", form.request)));
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
  const before = display.state;
  const isNew = message.run !== before.run;
  const changesCode = isNew || message.state !== before.state || message.isRepeatable !== before.isRepeatable;
  if (isNew || document.activeElement !== byId("factor")) {
    byId("factor").value = Math.log10(message.rateFactor);
    showFactor();
  }
  display.receive(message);
  showSoon();
  if (changesCode) showCode();
}

function show() {
  const { state } = display;
  showNotices();
  showControls();
  byId("fingerprint").hidden = !state.fingerprint;
  setText(byId("fingerprint"), state.fingerprint ? `Fingerprint: ${state.fingerprint}` : "");
  byId("read").hidden = !state.canRead || display.isAlive;
  byId("forget").hidden = display.past.length === 0;
  display.show();
}

// What was assumed when the data were read.
function showNotices() {
  const { notices } = display;
  byId("notices").hidden = notices.length === 0;
  if (byId("notices").children.length !== notices.length || byId("notices").dataset.run !== String(display.state.run))
    byId("notices").replaceChildren(...notices.map(text => element("li", {}, text)));
  byId("notices").dataset.run = display.state.run;
}

function showControls() {
  const { run, state } = display.state;
  setText(byId("start"), { running: "Pause", paused: "Resume", preparing: "Loading…" }[state] ?? "Start");
  byId("start").disabled = state === "preparing";
  byId("step").disabled = byId("epoch").disabled = state === "running" || state === "preparing";
  byId("stop").disabled = byId("factor").disabled = !display.isAlive;
  byId("reset").disabled = display.isAlive || run === 0;
}

const catalogue = await attempt(() => get("/api/catalogue"));
if (catalogue) {
  form = new OptionsForm(catalogue, showCode);
  await display.loadPast();
  listen({ state: receive, picture: message => display.receivePicture(message) });
}
