// Menus close on Escape and on a click elsewhere; folded sections stand open where CSS can't open them.

const wide = window.matchMedia("(min-width: 64em)");

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

function closeOnEscape(event) {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

function openFolds() {
  if (CSS.supports("selector(::details-content)")) return;
  for (const fold of document.querySelectorAll("details[data-fold]")) fold.open = wide.matches;
}

document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("focusin", (event) => closeMenus(event.target));
document.addEventListener("keydown", closeOnEscape);
wide.addEventListener("change", openFolds);
openFolds();
