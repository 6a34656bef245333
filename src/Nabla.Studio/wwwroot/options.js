// The form with the options of a run. Its state is in the address, so that it can be kept and passed on.
import { byId, element } from "./shell.js";

const names = ["layers", "activation", "loss", "optimizer", "learning-rate", "schedule", "l2", "dropout", "batch-size", "epochs", "init", "seed"];
const usual = { loss: "", schedule: "constant", init: "he", l2: "0", dropout: "0", seed: "1", optimizer: "adam", "learning-rate": "0.001" };

export class OptionsForm {
  #catalogue;
  #changed;

  constructor(catalogue, changed) {
    this.#changed = changed;
    this.update(catalogue);
    const fill = (id, kinds, first) => byId(id).replaceChildren(...first, ...kinds.map(kind =>
      element("option", { value: kind.name, title: kind.description }, kind.name)));
    fill("activation", catalogue.activations, []);
    fill("init", catalogue.initializations, []);
    fill("loss", catalogue.losses, [element("option", { value: "" }, "usual for the data")]);
    fill("optimizer", catalogue.optimizers, []);
    fill("schedule", catalogue.schedules, []);
    this.#fill();
    byId("form").addEventListener("submit", event => event.preventDefault());
    byId("form").addEventListener("change", event => this.#onChange(event.target));
    byId("form").addEventListener("input", () => this.#toAddress());
    this.#showData();
    for (const part of byId("form").querySelectorAll("fieldset")) part.disabled = false;
  }

  /** Takes a new list of data, such as with a file. */
  update(catalogue) {
    this.#catalogue = catalogue;
    const list = byId("data");
    const chosen = list.value;
    list.replaceChildren(...catalogue.data.map(data => element("option", { value: data.name }, data.title)));
    if (chosen) list.value = chosen;
  }

  /** Chooses data, with the options that suit them. */
  choose(name) {
    byId("data").value = name;
    this.#onChange(byId("data"));
  }

  get data() {
    return this.#catalogue.data.find(data => data.name === byId("data").value) ?? this.#catalogue.data[0];
  }

  /** The request for a run. */
  get request() {
    const options = {};
    for (const name of names) {
      const value = byId(name).value.trim();
      if (value !== "") options[name] = value;
    }
    const request = { data: this.data.name, options };
    if (this.data.columns.length > 0) request.target = byId("target").value;
    return request;
  }

  #onChange(control) {
    if (control.id === "file") return;
    if (control.id === "data") this.#set({ ...usual, ...this.data.defaults });
    if (control.id === "optimizer")
      byId("learning-rate").value = this.#catalogue.optimizers.find(kind => kind.name === control.value.split(":")[0])?.learningRate ?? "";
    this.#showData();
    this.#toAddress();
    this.#changed();
  }

  #set(values) {
    for (const [name, value] of Object.entries(values)) setControl(byId(name), value);
  }

  #showData() {
    const data = this.data;
    byId("data-help").textContent = data.description;
    byId("target-label").hidden = data.columns.length === 0;
    byId("loss-help").textContent = this.#lossHelp();
    const target = byId("target");
    if (data.columns.length === 0 || JSON.stringify([...target.options].map(option => option.value)) === JSON.stringify(data.columns)) return;
    target.replaceChildren(...data.columns.map(name => element("option", { value: name, selected: name === data.columns.at(-1) }, name)));
  }

  #lossHelp() {
    const [name] = byId("loss").value.split(":");
    const kind = this.#catalogue.losses.find(kind => kind.name === name);
    return kind ? `What training minimizes: ${kind.description}.` : "Cross-entropy for classes, quadratic for values.";
  }

  /** Fills the form from the address; without options there, from the current run, so that the form says what is seen. */
  #fill() {
    const query = new URLSearchParams(location.search);
    const { data, current } = this.#catalogue;
    if (query.size === 0 && current) {
      byId("data").value = current.data;
      this.#set(Object.fromEntries(names.map(name => [name, current.options[name] ?? ""])));
      this.#showData();
      if (current.target) byId("target").value = current.target;
      return;
    }
    byId("data").value = data.some(each => each.name === query.get("data")) ? query.get("data") : "circles";
    this.#set({ ...usual, ...this.data.defaults });
    for (const name of names) if (query.has(name)) setControl(byId(name), query.get(name));
    this.#showData();
    if (this.data.columns.includes(query.get("target"))) byId("target").value = query.get("target");
  }

  #toAddress() {
    const { data, target, options } = this.request;
    history.replaceState(null, "", `?${new URLSearchParams({ data, ...(target ? { target } : {}), ...options })}`);
  }
}

// A list of kinds has their names. A kind with parameters, such as adam:beta2=0.99, is added to it.
function setControl(control, value) {
  if (control instanceof HTMLSelectElement && ![...control.options].some(option => option.value === value))
    control.append(element("option", { value }, value));
  control.value = value;
}
