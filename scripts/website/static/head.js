// Runs before the page is painted, so that nothing moves: controls that need scripts are shown, the theme is set.
"use strict";
document.documentElement.classList.add("js");
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch { /* storage is blocked */ }
