// Arrays as they travel, and numbers as people write them. Nothing is rounded here: every
// number is a whole number of the last decimal that is shown.

const LOCALES = { vi: "vi-VN", en: "en-US" };

/** The payload of the server: compressed JSON. */
export async function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

/** Values from the differences between neighbours. */
export function summed(differences) {
  let value = 0;
  return Float64Array.from(differences, (step) => (value += step));
}

/** Position of the value nearest to `wanted` in an ascending array. */
export function nearest(values, wanted) {
  let low = 0;
  let high = values.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (values[middle] <= wanted) low = middle;
    else high = middle;
  }
  return values[high] - wanted < wanted - values[low] ? high : low;
}

/** The entry of `[from, what]` steps that holds at a position. */
export function stepAt(steps, position) {
  let found = steps[0][1];
  for (const [from, what] of steps) {
    if (from > position) break;
    found = what;
  }
  return found;
}

export function fill(sentence, fields) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => fields[name] ?? whole);
}

/** Writes whole numbers of the last decimal in a language's own way, with a true minus. */
export class Numbers {
  constructor(language) {
    this.locale = LOCALES[language];
    this.formats = [];
  }

  /** `whole` is in units of the last of `decimals` decimals; "+" only if asked. */
  decimal(whole, decimals, signed = false) {
    this.formats[decimals] ??= new Intl.NumberFormat(this.locale, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      roundingMode: "halfEven",
    });
    const text = this.formats[decimals].format(Math.abs(whole) / 10 ** decimals);
    if (!/[1-9]/.test(text)) return text;
    return whole < 0 ? `−${text}` : signed ? `+${text}` : text;
  }

  /** A change or count; what is not whole (percentage points) has two decimals. */
  count(value, signed = false) {
    return Number.isInteger(value)
      ? this.decimal(value, 0, signed)
      : this.decimal(value * 100, 2, signed);
  }
}
