// What htmx is doing, in words: saving, saved at 14:02, and why something was not saved.

const trouble = document.getElementById("trouble");
const status = () => document.getElementById("save-status");

function tell(kind) {
  trouble.textContent = trouble.dataset[kind];
  trouble.hidden = false;
}

function saving(event) {
  if (event.detail.requestConfig?.verb === "get") return;
  const line = status();
  if (line?.dataset.saving) line.textContent = line.dataset.saving;
}

function answered(event) {
  if (event.detail.successful) trouble.hidden = true;
}

function refused(event) {
  tell(event.detail.xhr.status === 503 || event.detail.xhr.status === 429 ? "busy" : "refused");
}

// After new content has come in, what is wrong gets the focus.
function settled(event) {
  event.detail.elt?.querySelector?.("[data-focus]")?.focus();
}

document.addEventListener("htmx:beforeRequest", saving);
document.addEventListener("htmx:afterRequest", answered);
document.addEventListener("htmx:responseError", refused);
document.addEventListener("htmx:sendError", () => tell("offline"));
document.addEventListener("htmx:timeout", () => tell("offline"));
document.addEventListener("htmx:afterSettle", settled);
