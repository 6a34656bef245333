// Examples as people see them: pictures, or rows of values.
import { element } from "./shell.js";
import { bytes, paint } from "./pixels.js";

/** The picture of an example. Without a label, what contains it has one. */
export function picture(look, label) {
  const canvas = element("canvas", { className: "pixels", ...(label ? { role: "img", ariaLabel: label } : { ariaHidden: "true" }) });
  const levels = bytes(look.levels);
  const at = look.channels === 3 ? i => [levels[3 * i], levels[3 * i + 1], levels[3 * i + 2]] : i => [levels[i], levels[i], levels[i]];
  paint(canvas, look.rows, look.columns, at);
  return canvas;
}

/** Whether an example is a picture. */
export const isPicture = look => look.levels !== "";

const isNumber = value => value !== null && value.trim() !== "" && !Number.isNaN(Number(value));

/** A table of examples, a row for each, in a region that scrolls. Each row has texts or elements to begin with, and values. */
export function rowTable(caption, heads, columns, rows) {
  const numeric = columns.map((_, i) => rows.every(row => row.values[i] === null || isNumber(row.values[i])));
  return region(caption, "rows", element("thead", {}, element("tr", {}, ...heads.map(name => element("th", { scope: "col" }, name)),
    ...columns.map((name, i) => element("th", { scope: "col", className: numeric[i] ? "value" : "", title: name }, name)))),
  element("tbody", {}, ...rows.map(row => element("tr", {}, element("th", { scope: "row" }, row.first[0]),
    ...row.first.slice(1).map(text => element("td", {}, text)),
    ...row.values.map((value, i) => element("td", { className: numeric[i] ? "value" : "", title: value ?? "" }, value ?? "missing"))))));
}

/** The same turned: a column for each example, to compare them value by value. Those that equal the first one's are bold. */
export function compareTable(caption, heads, columns, examples) {
  const line = (name, texts, isValue) => element("tr", {}, element("th", { scope: "row", title: name }, name), ...texts.map((text, at) =>
    element("td", { className: isValue && at > 0 && text === texts[0] ? "same" : "", title: text ?? "" }, text ?? "missing")));
  return region(caption, "rows compare",
    element("thead", {}, element("tr", {}, element("td"), ...examples.map(each => element("th", { scope: "col" }, each.name)))),
    element("tbody", {}, ...heads.map((name, i) => line(name, examples.map(each => each.first[i]), false)),
      ...columns.map((name, i) => line(name, examples.map(each => each.values[i]), true))));
}

function region(caption, className, ...parts) {
  const table = element("table", { className }, element("caption", { className: "hidden-text" }, caption), ...parts);
  return element("div", { className: "scroll", role: "region", ariaLabel: caption, tabIndex: 0 }, table);
}
