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
    this.#fromAddress();
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
      byId("learning-rate").value = this.#catalogue.optimizers.find(kind => kind.name === control.value)?.learningRate ?? "";
    this.#showData();
    this.#toAddress();
    this.#changed();
  }

  #set(values) {
    for (const [name, value] of Object.entries(values)) if (byId(name)) byId(name).value = value;
  }

  #showData() {
    const data = this.data;
    byId("data-help").textContent = data.description;
    byId("target-label").hidden = data.columns.length === 0;
    if (data.columns.length > 0 && byId("target").options.length !== data.columns.length)
      byId("target").replaceChildren(...data.columns.map(name => element("option", { value: name, selected: name === data.columns.at(-1) }, name)));
  }

  #fromAddress() {
    const query = new URLSearchParams(location.search);
    const wanted = this.#catalogue.data.some(data => data.name === query.get("data")) ? query.get("data") : "circles";
    byId("data").value = wanted;
    this.#set({ ...usual, ...this.data.defaults });
    for (const name of names) if (query.has(name)) byId(name).value = query.get(name);
  }

  #toAddress() {
    const { data, options } = this.request;
    history.replaceState(null, "", `?${new URLSearchParams({ data, ...options })}`);
  }
}
