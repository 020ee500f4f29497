// One lever: name, value, gain, slider over its response curve, exact entry, reset, lock.

import { Curve } from "./curve.js";
import { make, setNote, setText } from "./dom.js";
import { fill, nearest, stepAt, summed } from "./numbers.js";

const PAGE = 10;
const LEGIBLE = 0.34; // marks nearer than this share of the width stand on two lines
const RESET = "M5 9a7.5 7.5 0 1 1-.6 5M5 4v5h5";
const LOCK = "M7 11V8a5 5 0 0 1 10 0v3M5 11h14v10H5z";
const UNLOCK = "M7 11V8a5 5 0 0 1 9.6-2M5 11h14v10H5z";

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "path");
  drawn.setAttribute("d", path);
  svg.append(drawn);
  return svg;
}

export class Row {
  /** `board` is told of what happens: preview(row), settle(), act(do, lever, value). */
  constructor(lever, board) {
    this.board = board;
    this.code = lever.code;
    this.build(lever);
  }

  build(lever) {
    const { board } = this;
    const { words } = board;
    const called = (word) => fill(words[word], { lever: lever.name });
    const id = `lever-${lever.code}`;
    this.name = make("span", { className: "name", id, textContent: lever.name });
    this.about = make("div", { className: "about", hidden: true });
    this.about.append(...lever.help.map((text) => make("p", { textContent: text })));
    this.helper = make("button", {
      className: "helper",
      type: "button",
      textContent: "?",
      "aria-label": called("help"),
      "aria-expanded": "false",
      onclick: () => this.explain(),
    });
    this.origin = make("span", { className: "origin" });
    this.value = make("span", { className: "value" });
    this.gain = make("strong", { className: "gain" });
    this.best = make("span", { className: "best" });
    const title = make("div", { className: "title" }, this.name, this.helper, this.origin);
    const top = make("div", { className: "top" }, title, this.gain, this.value, this.best);
    this.element = make("div", { className: "row", role: "group", "aria-labelledby": id }, top);
    this.element.dataset.lever = lever.code;
    if (lever.reason) {
      this.element.append(this.about, make("p", { className: "why", textContent: lever.reason }));
      if (lever.asked) this.element.append(this.asker());
      return;
    }
    this.curve = new Curve(`reached-${lever.code}`);
    this.slider = make("input", { type: "range", step: "any", "aria-labelledby": id });
    this.marks = make("div", { className: "marks", "aria-hidden": "true" });
    this.entry = make("input", {
      className: "entry",
      type: "text",
      maxLength: 60,
      autocomplete: "off",
      inputMode: "text",
      "aria-label": `${lever.name}: ${lever.entry?.label ?? ""}`,
    });
    this.reset = make("button", {
      className: "tool reset",
      type: "button",
      title: words.reset_help,
      "aria-label": called("reset"),
      onclick: () => board.act("reset", this.code),
    });
    this.reset.append(icon(RESET));
    this.lock = make("button", { className: "tool lock", type: "button" });
    this.lock.onclick = () => {
      if (this.dragging) this.giveUp();
      board.act("lock", this.code, !this.lever.locked);
    };
    this.problem = make("p", { className: "problem", role: "alert", hidden: true });
    this.problem.id = `problem-${lever.code}`;
    this.why = make("p", { className: "why", hidden: true });
    this.share = make("p", { className: "why", hidden: true });
    const track = make("div", { className: "track" }, this.curve.svg, this.marks, this.slider);
    const tools = make("div", { className: "tools" }, this.entry, this.reset, this.lock);
    this.element.append(
      this.about,
      make("div", { className: "body" }, track, tools),
      this.problem,
      this.why,
      this.share,
    );
    this.listen();
  }

  /** The way to the form for the starting value, below the board. */
  asker() {
    return make("button", {
      className: "asker",
      type: "button",
      textContent: this.board.words.enter_start,
      onclick: () => {
        const box = document.querySelector(".st-key-starting-values");
        if (!box?.querySelector("details")?.open) box?.querySelector("summary")?.click();
        box?.scrollIntoView({ block: "start" });
      },
    });
  }

  listen() {
    this.slider.addEventListener("pointerdown", () => (this.isHeld = true));
    for (const end of ["pointerup", "pointercancel"]) {
      this.slider.addEventListener(end, () => (this.isHeld = this.isRefused = false));
    }
    this.slider.addEventListener("input", () => {
      // Given up with the button still down: the hand moves nothing until it lets go.
      if (this.isRefused) return this.show();
      this.dragging = true;
      this.moveTo(nearest(this.stops, Number(this.slider.value)));
    });
    this.slider.addEventListener("change", () => this.commit());
    this.slider.addEventListener("keydown", (event) => this.pressed(event));
    this.slider.addEventListener("keyup", () => this.commit());
    this.slider.addEventListener("blur", () => this.commit());
    this.entry.addEventListener("input", () => (this.typing = true));
    this.entry.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.typed();
      if (event.key === "Escape") this.forget();
    });
    this.entry.addEventListener("change", () => this.typed());
  }

  explain() {
    this.about.hidden = !this.about.hidden;
    this.helper.setAttribute("aria-expanded", String(!this.about.hidden));
  }

  /** Take what the server says of this lever. */
  update(lever) {
    this.lever = lever;
    if (lever.reason) return;
    const kept = this.stops?.[this.at];
    for (const name of ["stops", "counts", "rates", "totals", "missing", "changes", "gains", "aheadRates"]) {
      this[name] = lever[name] ? summed(lever[name]) : null;
    }
    this.groups = Object.entries(lever.groups).map(([code, { points, changes }]) => ({
      code,
      points: points && summed(points),
      changes: summed(changes),
    }));
    this.still = nearest(this.stops, 0);
    const last = this.stops.length - 1;
    this.slider.min = this.stops[0];
    this.slider.max = this.stops[last];
    this.slider.disabled = lever.locked;
    this.entry.disabled = lever.locked;
    this.curve.draw(this.stops, this.gains, 10 ** this.board.decimals);
    this.drawMarks(lever.marks);
    // A hand that is faster than the server keeps its place.
    const busy = this.dragging || this.board.isPending(this.code);
    this.at = busy && kept !== undefined ? nearest(this.stops, kept) : lever.at;
    this.show();
    this.fillEntry(false);
    this.tell(lever);
  }

  tell(lever) {
    const { words } = this.board;
    const lockWord = lever.locked ? "unlock" : "lock";
    setNote(this.problem, lever.problem?.why ?? "");
    this.entry.setAttribute("aria-invalid", String(Boolean(lever.problem)));
    if (lever.problem) this.entry.setAttribute("aria-describedby", this.problem.id);
    else this.entry.removeAttribute("aria-describedby");
    setNote(this.share, lever.share);
    setText(this.best, lever.bestText);
    this.best.classList.toggle("none", lever.best <= 0);
    this.reset.disabled = lever.locked || !(this.stops[lever.at] || lever.problem);
    this.lock.replaceChildren(icon(lever.locked ? LOCK : UNLOCK));
    this.lock.setAttribute("aria-pressed", String(lever.locked));
    this.lock.setAttribute("aria-label", fill(words[lockWord], { lever: lever.name }));
    this.lock.title = words.lock_help;
    this.element.classList.toggle("locked", lever.locked);
    this.element.classList.toggle("ahead", Boolean(lever.aheadRates));
  }

  /** The exact entry follows the lever, unless somebody is typing in it. */
  fillEntry(givenUp) {
    if (givenUp) this.typing = false;
    if (this.typing) return;
    const { entry, problem } = this.lever;
    // Who has come back to it by the key, all of it marked to be typed over, keeps the mark.
    const { selectionStart, selectionEnd, value } = this.entry;
    const isMarked = value && !selectionStart && selectionEnd === value.length;
    this.entry.placeholder = entry.example;
    this.entry.value = problem && !givenUp ? problem.text : entry.text;
    if (isMarked && this.entry.matches(":focus")) this.entry.select();
  }

  /** Put away what was typed, and what was said of it. */
  forget() {
    this.fillEntry(true);
    if (this.lever.problem) this.board.act("forget", this.code);
  }

  typed() {
    if (!this.typing || this.isGone) return;
    this.typing = false;
    this.board.act("type", this.code, this.entry.value);
  }

  pressed(event) {
    const last = this.stops.length - 1;
    const moves = {
      ArrowRight: this.at + 1,
      ArrowUp: this.at + 1,
      ArrowLeft: this.at - 1,
      ArrowDown: this.at - 1,
      PageUp: this.at + PAGE,
      PageDown: this.at - PAGE,
      Home: 0,
      End: last,
    };
    if (event.key === "Enter") this.commit();
    else if (event.key === "Escape") this.giveUp();
    else if (event.key in moves) {
      this.dragging = true;
      this.moveTo(Math.min(Math.max(moves[event.key], 0), last));
    } else return;
    event.preventDefault();
  }

  moveTo(position) {
    this.at = position;
    this.show();
    this.entry.value = this.changeText(true) || "";
    this.typing = false;
    this.board.preview(this);
  }

  commit() {
    if (!this.dragging || this.isGone) return;
    this.dragging = false;
    if (this.at === this.lever.at && !this.board.isPending(this.code)) this.board.settle();
    else this.board.act("set", this.code, this.stops[this.at] / this.lever.scale);
  }

  giveUp() {
    this.dragging = false;
    this.isRefused = this.isHeld;
    this.at = this.lever.at;
    this.show();
    this.fillEntry(true);
    this.board.settle();
  }

  changeText(blankIfNone) {
    const exact = this.stops[this.at] / this.lever.scale;
    const change = this.lever.isRate ? exact : Math.round(exact);
    return blankIfNone && !change ? "" : this.board.numbers.count(change, true);
  }

  /** Value, gain and curve at the present position: look-ups only. */
  show() {
    const { at, lever, board } = this;
    const { numbers, decimals, words } = board;
    const stop = this.stops[at];
    const taken = this.counts && this.counts[at] - this.counts[this.still];
    // Cases still to come need not be whole; what is shown of them is.
    const isCut = lever.words.taken && Math.abs(taken - stop / lever.scale) > 1;
    const sentence = !stop ? lever.words.still : isCut ? lever.words.taken : lever.words.moved;
    const value = fill(sentence, {
      change: this.changeText(false),
      taken: this.counts && numbers.count(taken, true),
      count: this.counts && numbers.count(this.counts[at]),
      ahead: this.aheadRates && numbers.decimal(this.aheadRates[at], 1),
      rate: this.rates && numbers.decimal(this.rates[at], 1),
    });
    const gain = numbers.decimal(this.gains[at], decimals, true);
    setText(this.value, value);
    setText(this.gain, stop ? fill(words.gain, { points: gain }) : "");
    this.gain.dataset.tone = Math.sign(this.gains[at]);
    const low = this.stops[0];
    this.curve.fillTo((stop - low) / (this.stops[this.stops.length - 1] - low));
    setNote(this.why, at >= lever.flat.from ? lever.flat.why : "");
    this.slider.value = stop;
    const rank = board.rankText(this);
    const spoken = this.totals && /\d/.test(rank) ? words.spoken : words.spoken_unranked;
    this.slider.setAttribute(
      "aria-valuetext",
      fill(spoken, { value, gain, total: this.totalText(), rank }),
    );
  }

  totalText() {
    const { numbers, decimals, headline } = this.board;
    if (!this.totals) return headline.total.unknown;
    return numbers.decimal(this.totals[this.at], decimals);
  }

  step(name) {
    return stepAt(this.lever[name], this.at);
  }

  drawMarks(marks) {
    const low = this.stops[0];
    const span = this.stops[this.stops.length - 1] - low;
    const shares = marks.map(({ at }) => (this.stops[at] - low) / span);
    // From left to right; a mark near the one before it stands a line lower.
    const order = [...marks.keys()].filter((k) => marks[k].text).sort((a, b) => shares[a] - shares[b]);
    const below = new Set();
    for (const [place, k] of order.entries()) {
      const before = order[place - 1];
      const near = place && shares[k] - shares[before] < LEGIBLE;
      if (near && !below.has(before)) below.add(k);
    }
    this.marks.replaceChildren(
      ...marks.map(({ kind, text }, k) => {
        const mark = make("span", { className: `mark ${kind}` }, make("span", { textContent: text }));
        mark.classList.toggle("right", shares[k] > 0.5);
        mark.classList.toggle("below", below.has(k));
        mark.style.left = `${shares[k] * 100}%`;
        return mark;
      }),
    );
    this.element.classList.toggle("tall", below.size > 0);
  }
}
