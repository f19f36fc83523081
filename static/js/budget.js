// The budget table: figures that moved are put in their places, and what is typed while a row is being saved stays.

const key = (row) => row.id.slice("line-".length);
const rowOf = (element) => element?.closest?.("tr[id^='line-']");
const controls = (row) => [...row.querySelectorAll("[form][name]")];
const valuesOf = (row) => new Map(controls(row).map((control) => [control.name, control.value]));

const sent = new Map(); // what each row said when it was last sent
const later = new Map(); // what was typed since
let running = 0;

function isEdit(element) {
  return element?.id?.startsWith("form-");
}

function noteSent(event) {
  running += 1;
  const row = rowOf(event.detail.elt);
  if (row && isEdit(event.detail.elt)) sent.set(row.id, valuesOf(row));
}

function noteEnd() {
  running = Math.max(0, running - 1);
}

// The row is about to be replaced by the saved one: remember what has been typed meanwhile.
function noteLater(event) {
  const row = rowOf(event.detail.target);
  const before = row && sent.get(row.id);
  if (!before) return;
  sent.delete(row.id);
  const typed = [...valuesOf(row)].filter(([name, value]) => before.get(name) !== value);
  if (typed.length) later.set(key(row), typed);
}

function takeUp() {
  for (const [line, typed] of later) {
    for (const [name, value] of typed) retype(line, name, value);
  }
  later.clear();
}

function retype(line, name, value) {
  const control = document.getElementById(`${line}-${name}`) ?? document.getElementById(`mine-${name}`);
  if (!control) return;
  control.value = value;
  const send = () => control.dispatchEvent(new Event("change", { bubbles: true }));
  if (document.activeElement === control) control.addEventListener("blur", send, { once: true });
  else send();
}

// One edit can move the cents of many lines: the answer names every figure of the page by its place.
function placeFigures() {
  const figures = document.getElementById("figures");
  for (const figure of figures?.children ?? []) {
    const place = document.getElementById(figure.value);
    if (place && place.textContent !== figure.textContent) place.textContent = figure.textContent;
  }
  figures?.replaceChildren();
}

function isUnsaved(control) {
  if (control.matches("select")) return [...control.options].some((option) => option.selected !== option.defaultSelected);
  return control.value !== control.defaultValue;
}

function askBeforeLeaving(event) {
  const rows = [...document.querySelectorAll("tr[id^='line-']")];
  if (running || rows.some((row) => row.hasAttribute("data-unsaved") || controls(row).some(isUnsaved))) event.preventDefault();
}

document.addEventListener("htmx:beforeRequest", noteSent);
document.addEventListener("htmx:afterRequest", noteEnd);
document.addEventListener("htmx:beforeSwap", noteLater);
document.addEventListener("htmx:afterSwap", takeUp);
document.addEventListener("htmx:afterSettle", placeFigures);
window.addEventListener("beforeunload", askBeforeLeaving);
