// What htmx is doing, in words: saving, saved at 14:02, and why something was not saved.

const trouble = document.getElementById("trouble");
const status = () => document.getElementById("save-status");

function tell(kind) {
  trouble.textContent = trouble.dataset[kind];
  trouble.hidden = false;
}

function saving(event) {
  if (event.detail.requestConfig?.verb === "get" || event.detail.elt.hasAttribute("data-reads")) return;
  const line = status();
  if (line?.dataset.saving) line.textContent = line.dataset.saving;
}

function answered(event) {
  if (event.detail.successful) trouble.hidden = true;
}

// Whoever was logged out sends the form as a whole: the log-in takes along what was typed.
function logInFirst(form) {
  window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), { capture: true, once: true });
  HTMLFormElement.prototype.submit.call(form);
}

function refused(event) {
  const { xhr, requestConfig, elt } = event.detail;
  if (xhr.status === 401 && elt.matches("form[method=post]")) logInFirst(elt);
  else if (xhr.status === 401) tell("loggedout");
  else if (xhr.status === 503 || xhr.status === 429) tell("busy");
  else tell(requestConfig?.verb === "get" ? "unread" : "refused");
}

// After new content has come in, what is wrong gets the focus.
function settled(event) {
  event.detail.elt?.querySelector?.("[data-focus]")?.focus();
}

// The server says when it saved, in words: HX-Trigger {"saved": {"words": "Saved 14:02"}}.
function saved(event) {
  const line = status();
  if (line) line.textContent = event.detail.words;
}

function closeToast(event) {
  event.target.closest?.("[data-close]")?.closest(".toast").remove();
}

document.addEventListener("saved", saved);
document.addEventListener("click", closeToast);
document.addEventListener("htmx:beforeRequest", saving);
document.addEventListener("htmx:afterRequest", answered);
document.addEventListener("htmx:responseError", refused);
document.addEventListener("htmx:sendError", () => tell("offline"));
document.addEventListener("htmx:timeout", () => tell("offline"));
document.addEventListener("htmx:afterSettle", settled);
