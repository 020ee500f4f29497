// The lever board. It holds no rule of the index: the server sends what every lever is worth
// at each of its stops, and the board looks up the stop under the hand.

import { make, setText } from "./dom.js";
import * as headline from "./headline.js";
import { Numbers, fill, stepAt, unpacked } from "./numbers.js";
import { Row } from "./row.js";

const REMEMBERED = "lever-board";
const OPEN_AT_FIRST = ["TDGQ"];
// What was not answered by then is sent again, and then with a run of the whole app: a server
// that was restarted does not know the parts of a page, and drops what is meant for them.
const PATIENCE_MS = 3000;

export class Board {
  constructor(home, address) {
    this.home = home;
    this.mount = Math.random().toString(36).slice(2);
    this.number = 0;
    this.pending = [];
    this.tries = 0;
    this.received = 0;
    this.rows = new Map();
    this.view = { sort: "group", open: OPEN_AT_FIRST, ...remembered() };
    this.styled = new Promise((done) => {
      const link = make("link", { rel: "stylesheet", href: new URL("board.css", address).href });
      link.onload = link.onerror = done;
      home.append(link);
    });
    this.root = make("div", { className: "board" });
  }

  /** Fill the board with an answer of the server; `send` carries actions back. */
  async update(bytes, send) {
    this.send = send;
    const received = ++this.received;
    const data = await unpacked(bytes);
    await this.styled;
    if (received < this.received) return;
    // What was meant for another unit is not meant for this one.
    if (String(data.place) !== String(this.data?.place)) this.pending = [];
    this.forgetAnswered(data.seen);
    const identity = JSON.stringify(data.identity);
    const isNew = identity !== this.identity;
    Object.assign(this, { data, words: data.words, headline: data.headline, identity });
    this.numbers = isNew ? new Numbers(data.language) : this.numbers;
    this.decimals = data.decimals;
    if (isNew) this.build();
    for (const lever of data.levers) this.rows.get(lever.code).update(lever);
    this.resetAll.disabled = !data.canReset;
    this.settle();
  }

  close() {
    clearTimeout(this.timer);
    for (const row of this.rows.values()) row.isGone = true;
    headline.waiting(false);
  }

  // --- building

  build() {
    const { words, levers } = this.data;
    // A row that is taken off the page loses the focus and would commit what it shows.
    for (const row of this.rows.values()) row.isGone = true;
    this.rows = new Map(levers.map((lever) => [lever.code, new Row(lever, this)]));
    this.resetAll = make("button", {
      className: "reset-all",
      type: "button",
      textContent: words.reset_all,
      onclick: () => this.act("reset_all"),
    });
    this.list = make("div", { className: "list" });
    this.root.replaceChildren(
      make(
        "div",
        { className: "bar" },
        make("h3", { textContent: words.title }),
        this.sorter(),
        this.resetAll,
      ),
      make("p", { className: "hint", textContent: words.hint }),
      this.list,
    );
    this.home.append(this.root);
    this.arrange();
  }

  sorter() {
    const choice = (value, text) => {
      const input = make("input", { type: "radio", name: "sort", value });
      input.checked = this.view.sort === value;
      input.onchange = () => this.look({ sort: value });
      return make("label", {}, input, make("span", { textContent: text }));
    };
    const { words } = this.data;
    return make(
      "div",
      { className: "sorter", role: "radiogroup", "aria-label": words.sort },
      choice("group", words.sort_group),
      choice("best", words.sort_best),
    );
  }

  look(change) {
    this.remember(change);
    this.arrange();
  }

  remember(change) {
    Object.assign(this.view, change);
    try {
      sessionStorage.setItem(REMEMBERED, JSON.stringify(this.view));
    } catch {
      // Private windows may refuse; the board then starts as new next time.
    }
  }

  /** Put the rows in order. Not done again while levers move: rows never leave the hand. */
  arrange() {
    const { groups, levers } = this.data;
    this.heads = new Map();
    if (this.view.sort === "best") {
      const order = [...levers].sort((a, b) => (b.best ?? -1) - (a.best ?? -1));
      this.list.replaceChildren(...order.map(({ code }) => this.rows.get(code).element));
    } else {
      this.list.replaceChildren(...groups.map((group) => this.section(group)));
    }
    for (const { code, group } of levers) {
      const { name, colour } = groups.find((one) => one.code === group);
      const row = this.rows.get(code);
      row.element.style.setProperty("--group", colour);
      setText(row.origin, this.view.sort === "best" ? name : "");
    }
    this.showGroups(null);
  }

  section(group) {
    const rows = this.data.levers.filter((lever) => lever.group === group.code);
    const open = this.view.open.includes(group.code);
    const points = make("span", { className: "points" });
    const change = make("span", { className: "change" });
    const reach = make("span", { className: "reach" });
    const body = make("div", { className: "rows", id: `rows-${group.code}`, hidden: !open });
    body.append(...rows.map(({ code }) => this.rows.get(code).element));
    const button = make(
      "button",
      {
        type: "button",
        "aria-expanded": String(open),
        "aria-controls": body.id,
        onclick: () => this.toggle(group.code, button, body),
      },
      make("span", { className: "title", textContent: group.name }),
      reach,
      points,
      change,
    );
    this.heads.set(group.code, { points, change, reach });
    const section = make("section", { className: "group" }, make("h4", {}, button), body);
    section.dataset.group = group.code;
    section.style.setProperty("--group", group.colour);
    return section;
  }

  toggle(code, button, body) {
    body.hidden = !body.hidden;
    button.setAttribute("aria-expanded", String(!body.hidden));
    const others = this.view.open.filter((one) => one !== code);
    this.remember({ open: body.hidden ? others : [...others, code] });
  }

  // --- while a lever moves

  /** Show what `row` leads to where it stands now. */
  preview(row) {
    const isStale = this.pending.some((action) => action.lever !== row.code);
    headline.waiting(isStale);
    if (isStale) return;
    const { total, classes, ranks } = this.headline;
    const change = row.changes[row.at];
    const figures = {
      total: {
        label: total.label,
        value: row.totalText(),
        note: fill(total.note, { change: this.numbers.decimal(change, this.decimals, true) }),
        tone: change > 0 ? "gain" : change < 0 ? "loss" : "same",
      },
      class: this.reached(classes[row.step("classes")], row),
      rank: ranks[row.step("ranks")],
    };
    headline.show(figures, true);
    this.showGroups(row);
  }

  /** A class with the points that are missing to the one above. */
  reached(figure, row) {
    if (!row.missing) return figure;
    const points = this.numbers.decimal(row.missing[row.at], this.decimals);
    return { ...figure, note: fill(figure.note, { points }) };
  }

  rankText(row) {
    return this.headline.ranks[stepAt(row.lever.ranks, row.at)].value;
  }

  /** Points and gain of every group; those that `row` reaches as it stands now. */
  showGroups(row) {
    for (const group of this.data.groups) {
      const head = this.heads.get(group.code);
      if (!head) continue;
      const moved = row?.groups.find(({ code }) => code === group.code);
      const points = moved ? moved.points?.[row.at] : group.points;
      const change = moved ? moved.changes[row.at] : group.change;
      const shown =
        points == null ? group.unknown : this.numbers.decimal(points, this.decimals);
      setText(head.reach, group.reach);
      setText(head.points, fill(group.of, { points: shown }));
      setText(head.change, change ? this.numbers.decimal(change, this.decimals, true) : "");
      head.change.dataset.tone = Math.sign(change);
    }
  }

  /** Back to what stands, unless a hand is on a lever or an answer is on its way. */
  settle() {
    const held = [...this.rows.values()].find((row) => row.dragging);
    const asked = this.pending.length && this.rows.get(this.pending.at(-1).lever);
    if (held) this.preview(held);
    else if (asked && !asked.lever.reason) this.preview(asked);
    else {
      headline.waiting(false);
      headline.show(this.headline.now, this.headline.isMoved);
      this.showGroups(null);
    }
  }

  // --- to the server and back

  act(what, lever, value) {
    this.pending.push({ number: ++this.number, do: what, lever, value });
    this.sendPending();
  }

  /** Everything unanswered, every time: the server does each action once. */
  sendPending() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.unanswered(), PATIENCE_MS);
    this.send({ mount: this.mount, place: this.data.place, actions: this.pending });
  }

  unanswered() {
    if (!this.pending.length) return;
    this.tries += 1;
    if (this.tries % 2) this.sendPending();
    else {
      document.querySelector(".st-key-board-wake button")?.click();
      this.timer = setTimeout(() => this.unanswered(), PATIENCE_MS);
    }
  }

  isPending(code) {
    return this.pending.some((action) => action.lever === code);
  }

  forgetAnswered(seen) {
    const answered = seen.mount === this.mount ? seen.number : 0;
    this.pending = this.pending.filter(({ number }) => number > answered);
    if (!this.pending.length) this.tries = 0;
    else if (this.tries) setTimeout(() => this.sendPending());
  }
}

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(REMEMBERED)) ?? {};
  } catch {
    return {};
  }
}
