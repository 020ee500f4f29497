// Small helpers to build elements. Text from outside only ever becomes text, never markup.

export function make(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role") made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children);
  return made;
}

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Say something below a row, or nothing. */
export function setNote(element, text) {
  setText(element, text);
  element.hidden = !text;
}
