// The page with the lessons: a text, an experiment that really trains, and a task that the server checks.
import { attempt, begin, byId, eachFrame, element, get, listen, post, setText } from "./shell.js";
import { short } from "./chart.js";
import { RunDisplay } from "./run.js";

const kept = "nabla-lessons";

begin();
const lessons = (await attempt(() => get("/api/lessons"))) ?? [];
const wanted = Number(new URLSearchParams(location.search).get("lesson"));
const lesson = lessons.find(each => each.lesson === wanted) ?? lessons[0];
const display = new RunDisplay(run => run.lesson === lesson?.lesson);
const showSoon = eachFrame(show);

// Only a convenience of this browser: the server knows nothing of it.
const progress = {
  get solved() {
    try {
      const value = JSON.parse(localStorage.getItem(kept) ?? "[]");
      return Array.isArray(value) ? value : [];
    } catch {
      return [];
    }
  },
  add(number) {
    try {
      localStorage.setItem(kept, JSON.stringify([...new Set([...this.solved, number])]));
    } catch {
      // Storage may be full or forbidden.
    }
  },
  clear() {
    localStorage.removeItem(kept);
  },
};

byId("start").onclick = () => attempt(async () => {
  await post("/api/lessons/run", { lesson: lesson.lesson, choices: choices() });
  hideVerdict();
});
byId("form").onsubmit = event => {
  event.preventDefault();
  if (!byId("start").disabled) byId("start").click();
};
byId("stop").onclick = () => attempt(() => post("/api/run/command", { command: "stop" }));
byId("check").onclick = () => attempt(async () => {
  const answers = { table: byId("answer-table").value, ratio: byId("answer-ratio").value.trim() };
  showVerdict(await post("/api/lessons/check", { lesson: lesson.lesson, answers }));
});
byId("compare").onclick = () => attempt(async () => showGradients(await get("/api/lessons/gradients")));
byId("forget-progress").onclick = () => {
  progress.clear();
  showList();
};

function choices() {
  return Object.fromEntries(lesson.controls.map(control => [control.name, byId(`choice-${control.name}`).value.trim()]));
}

function showVerdict(verdict) {
  if (verdict.isSolved) progress.add(lesson.lesson);
  const box = byId("verdict");
  box.hidden = false;
  box.className = verdict.isSolved ? "verdict solved" : "verdict";
  box.dataset.solved = verdict.isSolved;
  box.replaceChildren(element("strong", {}, verdict.isSolved ? "✓ Solved. " : "Not yet. "), verdict.why);
  showList();
}

function hideVerdict() {
  byId("verdict").hidden = true;
}

function showList() {
  const { solved } = progress;
  byId("list").replaceChildren(...lessons.map(each => {
    const isSolved = solved.includes(each.lesson);
    const link = element("a", { href: `/lessons?lesson=${each.lesson}` }, `${each.lesson} ${each.title}`);
    if (isSolved) link.append(element("span", { className: "solved" }, "✓", element("span", { className: "hidden-text" }, " solved")));
    if (each === lesson) link.setAttribute("aria-current", "page");
    return element("li", {}, link);
  }));
  byId("forget-progress").hidden = solved.length === 0;
}

function showLesson() {
  document.title = `${lesson.title} · Nabla Studio`;
  byId("title").textContent = `Lesson ${lesson.lesson}: ${lesson.title}`;
  byId(`lesson-${lesson.lesson}`).hidden = false;
  byId("setup").textContent = lesson.setup;
  byId("controls").replaceChildren(...lesson.controls.map(control => {
    const id = `choice-${control.name}`;
    const field = control.choices.length > 0
      ? element("select", { id }, ...control.choices.map(choice => element("option", { value: choice.value }, choice.label)))
      : element("input", { id, inputMode: "decimal", autocomplete: "off" });
    field.value = control.value;
    return element("label", {}, `${control.label} `, field);
  }));
  byId("check").disabled = false;
}

function showGradients({ network, examples, rows }) {
  byId("gradients").hidden = false;
  byId("gradients-help").textContent = `The network ${network} before training, ${examples} digits; up to 100 parameters of each block. `
    + "An error of 0.000001 is allowed.";
  byId("gradient-rows").replaceChildren(...rows.map(row => element("tr", {},
    ...[row.layer, row.block].map(text => element("td", {}, text)),
    ...[row.printed, row.right, row.differences, row.printedError, row.rightError].map(value => element("td", {}, short(value))))));
}

function receive(message) {
  display.receive(message);
  showSoon();
}

function show() {
  byId("start").disabled = display.isBusy;
  byId("stop").disabled = !display.isBusy;
  display.show();
}

if (lesson) {
  showLesson();
  showList();
  await attempt(() => display.loadPast());
  listen({ state: receive, picture: message => display.receivePicture(message) });
}
