// The three figures at the top of the page: what a hand on a lever leads to, and what stands.

function write(key, part, text) {
  const place = document.querySelector(`[data-figure="${key}"] .figure-${part}`);
  if (place && place.textContent !== text) place.textContent = text;
  return place;
}

/**
 * Write figures ({total, class, rank}: {label, value, note, tone, range}) into their places, and
 * whether they are those of a simulation.
 */
export function show(figures, isMoved) {
  const whole = document.querySelector(".headline");
  whole?.classList.toggle("is-moved", isMoved);
  whole?.classList.toggle("is-still", !isMoved);
  for (const [key, figure] of Object.entries(figures)) {
    write(key, "label", figure.label);
    write(key, "value", figure.value);
    const note = write(key, "note", figure.note);
    if (note) note.dataset.tone = figure.tone;
    write(key, "range", figure.range ?? "");
  }
}

/** While the answer to another lever is on its way, what stands there is not the last word. */
export function waiting(is) {
  document.querySelector(".headline")?.classList.toggle("is-waiting", is);
}
