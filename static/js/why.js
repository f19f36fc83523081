// The reasons of a figure open over the page; without scripts, and with Ctrl, the link leads to a page of its own.

function box() {
  const found = document.getElementById("why-box");
  if (found) return found;
  const made = document.createElement("dialog");
  made.id = "why-box";
  made.className = "why-box";
  made.setAttribute("aria-labelledby", "why-title");
  document.body.append(made);
  return made;
}

async function open(link) {
  const dialog = box();
  dialog.replaceChildren();
  await htmx.ajax("GET", link.getAttribute("href"), { target: dialog, swap: "innerHTML" });
  if (!dialog.children.length) window.location.assign(link.href);
  else if (!dialog.open) dialog.showModal();
}

function onClick(event) {
  const link = event.target.closest?.("a.why");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link);
}

document.addEventListener("click", onClick);
