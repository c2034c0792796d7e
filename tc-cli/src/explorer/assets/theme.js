// Chooses light or dark before the page is painted. Kept in a cookie, because the port changes with every start.
(function () {
  const chosen = /(?:^|; )tcapi_theme=(light|dark)/.exec(document.cookie);
  if (chosen) document.documentElement.dataset.theme = chosen[1];
})();
