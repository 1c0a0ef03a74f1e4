// The page's own line to its kernel: enough of Jupyter's messages for the kit's widgets, in a
// script a hundred times smaller than JupyterLab's. What it does not know is left to Voila.
"use strict";
(() => {
  const VERSION = "v1.kernel.websocket.jupyter.org";
  const LONGEST = 60000; // milliseconds to wait for a widget that the kernel has announced
  const id = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // A message is its parts one after the other, with a table of where each begins.
  function pack(header, metadata, content, buffers) {
    const encoder = new TextEncoder();
    const texts = ["shell", ...[header, {}, metadata, content].map((part) => JSON.stringify(part))];
    const bytes = (view) => view instanceof ArrayBuffer ? new Uint8Array(view) : new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    const parts = [...texts.map((text) => encoder.encode(text)), ...buffers.map(bytes)];
    const count = parts.length + 1;
    const packed = new Uint8Array(8 * (count + 1) + parts.reduce((sum, part) => sum + part.length, 0));
    const table = new DataView(packed.buffer);
    table.setBigUint64(0, BigInt(count), true);
    let at = 8 * (count + 1);
    parts.forEach((part, i) => {
      table.setBigUint64(8 * (i + 1), BigInt(at), true);
      packed.set(part, at);
      at += part.length;
    });
    table.setBigUint64(8 * count, BigInt(at), true);
    return packed;
  }

  function unpack(packed) {
    const table = new DataView(packed);
    const count = Number(table.getBigUint64(0, true));
    const offset = (i) => Number(table.getBigUint64(8 * (i + 1), true));
    const text = (i) => new TextDecoder().decode(new Uint8Array(packed, offset(i), offset(i + 1) - offset(i)));
    const [header, parent, , content] = [1, 2, 3, 4].map((i) => JSON.parse(text(i)));
    const buffers = [];
    for (let i = 5; i < count - 1; i += 1) buffers.push(new DataView(packed, offset(i), offset(i + 1) - offset(i)));
    return { header, parent, content, buffers };
  }

  function putBuffers(state, paths = [], buffers = []) {
    paths.forEach((path, i) => {
      const last = path.at(-1);
      path.slice(0, -1).reduce((inner, key) => inner[key], state)[last] = buffers[i];
    });
    return state;
  }

  function same(a, b) {
    if (Object.is(a, b)) return true;
    if (typeof a !== "object" || typeof b !== "object" || !a || !b || a instanceof DataView || Array.isArray(a) !== Array.isArray(b)) return false;
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]));
  }

  // What a widget's script sees of its Python half: get, set, save_changes, send, on, off.
  class Model {
    #state; #line; #handlers = new Map(); #unsent = {}; #sent = {}; #pending = null; #heard = new Set();

    constructor(line, name, state) {
      this.id = name;
      this.#line = line;
      this.#state = state;
    }

    get(key) { return this.#state[key]; }

    set(key, value) {
      const given = typeof key === "object" ? key : { [key]: value };
      Object.assign(this.#unsent, this.#take(given));
    }

    // While one change is on its way, later ones wait and go together: the newest value wins.
    save_changes() {
      if (this.#pending || !Object.keys(this.#unsent).length) return;
      this.#sent = this.#unsent;
      this.#unsent = {};
      this.#pending = this.#line.tell(this.id, { method: "update", state: this.#sent, buffer_paths: [] });
    }

    send(content, _callbacks, buffers = []) {
      this.#line.tell(this.id, { method: "custom", content }, buffers);
    }

    on(names, handler) {
      for (const name of names.split(" ")) this.#handlers.set(name, [...(this.#handlers.get(name) ?? []), handler]);
    }

    off(names, handler) {
      for (const name of names?.split(" ") ?? [...this.#handlers.keys()]) {
        this.#handlers.set(name, (this.#handlers.get(name) ?? []).filter((each) => handler && each !== handler));
      }
    }

    #fire(name, ...values) {
      for (const handler of this.#handlers.get(name) ?? []) {
        try { handler(...values); } catch (error) { console.error(error); }
      }
    }

    #take(given) {
      const changed = Object.entries(given).filter(([key, value]) => !same(this.#state[key], value));
      for (const [key, value] of changed) this.#state[key] = value;
      for (const [key, value] of changed) this.#fire(`change:${key}`, this, value, {});
      if (changed.length) this.#fire("change", this, {});
      return Object.fromEntries(changed);
    }

    // What the kernel said before it heard of a change must not undo that change: until it is done
    // with the message on its way, only its answer to that message may touch what the page has set.
    #hear(state, answers) {
      const ours = this.#pending ? { ...(answers ? {} : this.#sent), ...this.#unsent } : {};
      this.#take(Object.fromEntries(Object.entries(state).filter(([key]) => !(key in ours))));
    }

    hear({ method, state, buffer_paths: paths, content }, buffers, parent) {
      if (method === "update") {
        for (const key of Object.keys(state)) this.#heard.add(key);
        this.#hear(putBuffers(state, paths, buffers), parent === this.#pending);
      }
      if (method === "custom") this.#fire("msg:custom", content, buffers);
    }

    renew(state) { this.#hear(state, false); }

    // A page is read slowly on a busy machine: what it brings is older than what the line has said.
    read(state) { this.renew(Object.fromEntries(Object.entries(state).filter(([key]) => !this.#heard.has(key)))); }

    repeat() {
      if (!this.#pending) return;
      [this.#pending, this.#unsent] = [null, { ...this.#sent, ...this.#unsent }];
      this.save_changes();
    }

    idle(message) {
      if (message !== this.#pending) return;
      this.#pending = null;
      this.save_changes();
    }
  }

  class Line {
    #socket; #address; #session = id(); #queue = []; #models = new Map(); #awaited = new Map();
    #early = new Map(); #asked = null; #texts = {}; #live = false; #again = 250; #closed = false; #onstatus;

    constructor(base, kernel, onstatus) {
      const url = new URL(`${base}api/kernels/${kernel}/channels?session_id=${this.#session}`, location.href);
      url.protocol = url.protocol.replace("http", "ws");
      this.#address = url.href;
      this.#onstatus = onstatus;
      this.#connect();
    }

    #connect() {
      const socket = this.#socket = new WebSocket(this.#address, [VERSION]);
      socket.binaryType = "arraybuffer";
      socket.onopen = () => {
        this.#again = 250;
        this.#knock();
      };
      socket.onmessage = ({ data }) => {
        this.#begin();
        this.#hear(unpack(data));
      };
      socket.onclose = () => {
        const broke = this.#live;
        this.#live = false;
        if (this.#closed) return;
        if (broke) this.#repeat();
        setTimeout(() => this.#connect(), this.#again);
        this.#again = Math.min(this.#again * 2, 5000);
      };
    }

    // While the server connects page and kernel it drops what either says: knock until it answers.
    #knock() {
      if (this.#live || this.#socket.readyState !== WebSocket.OPEN) return;
      this.#socket.send(this.#message("kernel_info_request", {}).packed);
      setTimeout(() => this.#knock(), 100);
    }

    // A line that broke took along what was on its way: it is said again.
    #repeat() {
      for (const model of this.#models.values()) model.repeat();
      if (!this.#asked) return;
      this.#asked = null;
      this.#ask();
    }

    #begin() {
      if (this.#live) return;
      this.#live = true;
      for (const message of this.#queue.splice(0)) this.#socket.send(message);
    }

    close() {
      this.#closed = true;
      this.#socket.close();
    }

    #message(type, content, buffers = [], metadata = {}) {
      const header = { msg_id: id(), msg_type: type, session: this.#session, username: "", date: new Date().toISOString(), version: "5.2" };
      return { name: header.msg_id, packed: pack(header, metadata, content, buffers) };
    }

    #say(...said) {
      const { name, packed } = this.#message(...said);
      if (this.#live) this.#socket.send(packed);
      else this.#queue.push(packed);
      return name;
    }

    tell(comm, data, buffers) { return this.#say("comm_msg", { comm_id: comm, data }, buffers); }

    #hear({ header, parent, content, buffers }) {
      const { comm_id: comm, data } = content;
      if (header.msg_type === "status") {
        this.#onstatus(content.execution_state);
        if (content.execution_state === "idle") for (const model of this.#models.values()) model.idle(parent.msg_id);
      } else if (header.msg_type === "comm_open" && content.target_name === "jupyter.widget") {
        // What the page brought of it is as new, or newer.
        if (!this.#models.has(comm)) this.#learn(comm, putBuffers(data.state, data.buffer_paths, buffers));
      } else if (header.msg_type === "comm_msg") {
        if (comm === this.#asked) this.#learnAll(data, buffers);
        else if (this.#models.has(comm)) this.#models.get(comm).hear(data, buffers, parent.msg_id);
        else this.#early.set(comm, [...(this.#early.get(comm) ?? []), [data, buffers, parent.msg_id]]);
      }
    }

    #learn(name, state) {
      if (!this.#models.has(name)) this.#models.set(name, new Model(this, name, state));
      else this.#models.get(name).renew(state);
      for (const done of this.#awaited.get(name) ?? []) done(this.#models.get(name));
      this.#awaited.delete(name);
    }

    #learnAll({ states, buffer_paths: paths }, buffers) {
      this.#asked = null;
      this.#early.clear(); // the kernel tells of all, as it is now
      putBuffers(states, paths, buffers);
      for (const [name, { state }] of Object.entries(states)) this.#learn(name, state);
    }

    // What the page brought of its widgets: texts that several share come once.
    know({ texts, states }) {
      Object.assign(this.#texts, texts);
      for (const [name, state] of Object.entries(states)) {
        for (const key of ["_esm", "_css"]) if (key in state) state[key] = this.#texts[state[key]];
        if (this.#models.has(name)) this.#models.get(name).read(state);
        else this.#learn(name, state);
        // What the line said of it before the page had brought it.
        for (const said of this.#early.get(name) ?? []) this.#models.get(name).hear(...said);
        this.#early.delete(name);
      }
    }

    // A widget of which neither page nor line has told: ask the kernel for all.
    #ask() {
      if (this.#asked || this.#closed) return;
      const comm = this.#asked = id();
      this.#say("comm_open", { comm_id: comm, target_name: "jupyter.widget.control", data: {} }, [], { version: "1.0.0" });
      this.tell(comm, { method: "request_states" });
    }

    // The model of a widget, at once or when the kernel has told of it.
    async model(name) {
      if (this.#models.has(name)) return this.#models.get(name);
      setTimeout(() => this.#awaited.has(name) && this.#ask(), 60);
      return new Promise((done, fail) => {
        this.#awaited.set(name, [...(this.#awaited.get(name) ?? []), done]);
        setTimeout(() => fail(new Error(`no widget ${name}`)), LONGEST);
      });
    }
  }

  window.kitLine = (base, kernel, onstatus) => new Line(base, kernel, onstatus);
})();
