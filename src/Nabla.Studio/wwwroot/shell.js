// What all pages share: the head of the page, requests, and the stream of events.

const pages = [
  ["/draw", "Draw"], ["/train", "Train"], ["/steps", "Step by step"], ["/lessons", "Lessons"], ["/mistakes", "Mistakes"],
];

/** Fills the head of the page. */
export function begin() {
  const bar = document.querySelector("header.bar");
  const brand = element("a", { className: "brand", href: "/draw" }, element("img", { src: "/icon.svg", alt: "" }), "Nabla Studio");
  const nav = element("nav", { ariaLabel: "Pages" });
  for (const [path, name] of pages) {
    const link = element("a", { href: path }, name);
    if (location.pathname === path) link.setAttribute("aria-current", "page");
    nav.append(link);
  }
  bar.append(brand, nav);
}

/** Creates an element with properties and children. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** The element with an id. */
export const byId = id => document.getElementById(id);

/** Changes a text only if it differs: screen readers read what is written, even if it is the same again. */
export function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** Makes an action that runs once at a time. While it runs, only the newest call waits. */
export function newest(action) {
  let isRunning = false;
  let isStale = false;
  return async () => {
    isStale = true;
    if (isRunning) return;
    isRunning = true;
    try {
      while (isStale) {
        isStale = false;
        await action();
      }
    } finally {
      isRunning = false;
    }
  };
}

/** Makes an action that runs once for each frame at most, however often it is called. */
export function eachFrame(action) {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      action();
    });
  };
}

/** Makes an action that runs once in so many milliseconds at most. The last call is not lost, but delayed. */
export function atMostEvery(milliseconds, action) {
  let last = -Infinity;
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      last = performance.now();
      action();
    }, last + milliseconds - performance.now());
  };
}

async function answer(response) {
  if (response.ok) return response.json();
  const text = await response.text();
  let problem;
  try {
    problem = JSON.parse(text);
  } catch {
    problem = { what: "the request was refused", why: text.trim().replace(/\.+$/, "") || String(response.status),
      remedy: response.status === 413 ? "Make it smaller." : "Reload the page." };
  }
  throw Object.assign(new Error(problem.why), { problem, status: response.status });
}

export const get = async path => answer(await fetch(path));

export const post = async (path, message = {}) => answer(await fetch(path, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(message),
}));

export const send = async (path, file) => answer(await fetch(path, {
  method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file,
}));

/** Shows what went wrong, or hides it. */
function showProblem(problem) {
  const box = byId("problem");
  box.hidden = !problem;
  if (problem)
    box.replaceChildren(element("strong", {}, `${problem.what}: `), `${problem.why}. `, element("span", { className: "soft" }, problem.remedy));
}

/** Runs an action and shows its problem, if any. */
export async function attempt(action) {
  try {
    showProblem(null);
    return await action();
  } catch (error) {
    showProblem(error.problem ?? { what: "the studio does not answer", why: error.message, remedy: "Is nabla studio still running?" });
    return undefined;
  }
}

/** Listens to a stream of events while the page can be seen: one in a background tab costs nothing. */
export function listen(handlers, path = "/api/events") {
  const lost = { what: "the studio's messages do not arrive", why: "the studio has ended, or it is open in too many pages",
    remedy: "Close other pages of the studio, and reload this one." };
  let source = null;
  let isLost = false;
  const close = () => {
    source?.close();
    source = null;
  };
  const open = () => {
    source = new EventSource(path);
    for (const [name, handler] of Object.entries(handlers))
      source.addEventListener(name, event => handler(JSON.parse(event.data)));
    source.onerror = () => {
      isLost = true;
      showProblem(lost);
    };
    source.onopen = () => {
      if (isLost) showProblem(null);
      isLost = false;
    };
  };
  const follow = () => {
    close();
    if (!document.hidden) open();
  };
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", close);
  follow();
}

/** A share as a percentage. Only all is 100 %, and only nothing 0 %. */
export function percent(share, digits = 1) {
  if (share === 0 || share === 1) return `${100 * share} %`;
  const text = (100 * share).toFixed(digits);
  const least = 10 ** -digits;
  if (Number(text) === 100) return `> ${(100 - least).toFixed(digits)} %`;
  return Number(text) === 0 ? `< ${least.toFixed(digits)} %` : `${text} %`;
}
