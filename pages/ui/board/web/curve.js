// The response curve behind a slider: what the total does from one end to the other.

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 1000;
const HEIGHT = 100;

function element(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export class Curve {
  constructor(id) {
    this.reached = element("rect", { x: 0, y: -5, width: 0, height: HEIGHT + 10 });
    this.area = element("path", { class: "area" });
    this.line = element("path", { class: "line" });
    this.ghost = element("path", { class: "ghost" });
    this.svg = element(
      "svg",
      {
        class: "curve",
        viewBox: `0 -5 ${WIDTH} ${HEIGHT + 10}`,
        preserveAspectRatio: "none",
        "aria-hidden": "true",
      },
      element("clipPath", { id }, this.reached),
      this.ghost,
      element("g", { "clip-path": `url(#${id})` }, this.area, this.line),
    );
  }

  /**
   * `gains` at `stops`; the height is the lever's own range, but at least `onePoint`, so that
   * a lever worth next to nothing looks it.
   */
  draw(stops, gains, onePoint) {
    const [low, high] = [stops[0], stops[stops.length - 1]];
    const least = gains.reduce((a, b) => Math.min(a, b));
    const most = gains.reduce((a, b) => Math.max(a, b));
    const span = Math.max(most - least, onePoint);
    const points = Array.from(stops, (stop, k) => {
      const x = ((stop - low) / (high - low)) * WIDTH;
      const y = HEIGHT - ((gains[k] - least) / span) * HEIGHT;
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    });
    const line = `M${points.join("L")}`;
    this.ghost.setAttribute("d", line);
    this.line.setAttribute("d", line);
    this.area.setAttribute("d", `${line}V${HEIGHT + 5}H0Z`);
  }

  /** `share` of the width up to which the lever has been pulled. */
  fillTo(share) {
    this.reached.setAttribute("width", share * WIDTH);
  }
}
