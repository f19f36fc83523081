// Forms: the focus on what is wrong, a question before unsaved text is left, no double sending.

const changed = new WeakSet();

function focusOnProblems() {
  document.querySelector("[data-focus]")?.focus();
}

function isGuarded(form) {
  return form instanceof HTMLFormElement && form.hasAttribute("data-guard");
}

function noteChange(event) {
  const form = event.target.form;
  if (!isGuarded(form) || changed.has(form)) return;
  changed.add(form);
  const status = document.getElementById("save-status");
  if (status?.dataset.unsaved) status.textContent = status.dataset.unsaved;
}

function askBeforeLeaving(event) {
  const unsaved = [...document.forms].some((form) => changed.has(form));
  if (unsaved) event.preventDefault();
}

function sendOnce(event) {
  const form = event.target;
  changed.delete(form);
  if (!form.hasAttribute("data-once") && !isGuarded(form)) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
}

// The page may come back from the browser's memory: it can be sent again then.
function allowAgain() {
  for (const form of document.forms) delete form.dataset.sent;
}

// What could not be saved is still unsaved.
function stillUnsaved(event) {
  const form = event.target.closest?.("form");
  if (isGuarded(form)) changed.add(form);
}

// In a conflict: copy the other version into one's own field.
function offerTheirs() {
  for (const button of document.querySelectorAll("[data-take]:not([data-offered])")) {
    button.dataset.offered = "true";
    const input = document.getElementById(button.dataset.take);
    const theirs = button.dataset.value.replaceAll("\r\n", "\n");
    button.hidden = input.value === theirs;
    button.addEventListener("click", () => {
      input.value = theirs;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.focus();
    });
  }
}

document.addEventListener("input", noteChange);
document.addEventListener("submit", sendOnce);
window.addEventListener("beforeunload", askBeforeLeaving);
window.addEventListener("pageshow", allowAgain);
document.addEventListener("htmx:afterRequest", allowAgain);
document.addEventListener("htmx:afterSettle", offerTheirs);
document.addEventListener("htmx:responseError", stillUnsaved);
document.addEventListener("htmx:sendError", stillUnsaved);
focusOnProblems();
offerTheirs();
