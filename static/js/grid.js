// Tables whose cells are inputs (data-grid): arrows and Enter move as in a spreadsheet, Tab stays Tab.
// Up, down and Enter change the row; left and right change the cell where the caret can't go further.

const INPUTS = "input:not([type=hidden]), select, textarea";
const isText = (control) => control.matches("textarea, input:not([type=checkbox], [type=radio], [type=date])");

function below(cell, step) {
  for (let row = nextRow(cell.parentElement, step); row; row = nextRow(row, step)) {
    const control = row.cells[cell.cellIndex]?.querySelector(INPUTS);
    if (control) return control;
  }
  return null;
}

function nextRow(row, step) {
  return step > 0 ? row.nextElementSibling : row.previousElementSibling;
}

function beside(cell, step) {
  for (let next = nextRow(cell, step); next; next = nextRow(next, step)) {
    const control = next.querySelector(INPUTS);
    if (control) return control;
  }
  return null;
}

// The caret stands at the end it would leave by; a text that is selected whole counts as both ends.
function atEdge(control, step) {
  const { selectionStart: start, selectionEnd: end, value } = control;
  if (start === 0 && end === value.length) return true;
  return start === end && start === (step > 0 ? value.length : 0);
}

function target(control, key) {
  const cell = control.closest("td, th");
  switch (key) {
    case "Enter":
    case "ArrowDown":
      return below(cell, 1);
    case "ArrowUp":
      return below(cell, -1);
    case "ArrowRight":
      return atEdge(control, 1) ? beside(cell, 1) : null;
    case "ArrowLeft":
      return atEdge(control, -1) ? beside(cell, -1) : null;
    default:
      return null;
  }
}

function move(event) {
  const control = event.target;
  const plain = !(event.shiftKey || event.ctrlKey || event.altKey || event.metaKey || event.isComposing);
  if (!plain || !control.closest?.("table[data-grid] tbody") || !control.matches(INPUTS) || !isText(control)) return;
  const next = target(control, event.key);
  if (!next) return;
  event.preventDefault();
  next.focus();
  if (isText(next)) next.select();
}

document.addEventListener("keydown", move);
