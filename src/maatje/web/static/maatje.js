/* The little that runs in the browser: a guard on HTML that htmx puts in, and where the focus goes after. */
"use strict";
(() => {
  const forbidden = [/<\s*script/i, /<[^>]*[\s"'/]on[a-z]+\s*=/i, /<[^>]*javascript\s*:/i];
  const guarded = (html) => {
    if (forbidden.some((pattern) => pattern.test(html))) throw new TypeError("refused: script in HTML");
    return html;
  };
  if (window.trustedTypes && trustedTypes.createPolicy) trustedTypes.createPolicy("default", { createHTML: guarded });

  // A keyboard or a reader goes on where the act was done: at the heading of the block that came back.
  document.addEventListener("htmx:load", (event) => {
    const block = event.target;
    if (!(block instanceof HTMLElement) || block.id === "said" || block === document.body) return;
    const heading = block.querySelector("h2");
    if (!heading || block.hidden) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  });

  // What could not be swapped in is shown as a whole page instead.
  for (const name of ["htmx:responseError", "htmx:swapError", "htmx:sendError"])
    document.addEventListener(name, () => window.location.reload());
})();
