/* The little that runs in the browser: a guard on HTML that htmx puts in, where the focus goes after, a key per answer. */
"use strict";
(() => {
  const forbidden = [/<\s*script/i, /<[^>]*[\s"'/]on[a-z]+\s*=/i, /<[^>]*javascript\s*:/i];
  const guarded = (html) => {
    if (forbidden.some((pattern) => pattern.test(html))) throw new TypeError("refused: script in HTML");
    return html;
  };
  if (window.trustedTypes && trustedTypes.createPolicy) trustedTypes.createPolicy("default", { createHTML: guarded });

  const mark = (heading) => {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };

  // A keyboard or a reader goes on where the act was done: at the heading of the block that came back.
  document.addEventListener("htmx:load", (event) => {
    const block = event.target;
    if (!(block instanceof HTMLElement) || block.id === "said" || block === document.body) return;
    if (block.id === "pairs") return goOn(block)?.scrollIntoView({ block: "nearest" });
    const heading = block.querySelector("h2");
    if (heading && !block.hidden) mark(heading);
  });

  // Pairs that are asked about: after an answer the next pair is marked, or the first where there is none after it.
  let next = "";
  const goOn = (block) => {
    const pair = (next && document.getElementById(next)) || block.querySelector("section");
    next = "";
    if (pair) mark(pair.querySelector("h2"));
    return pair;
  };
  document.addEventListener("htmx:beforeRequest", (event) => {
    const after = event.target.closest(".pair")?.nextElementSibling;
    next = after?.matches(".pair") ? after.id : "";
  });

  // A key answers only the pair that the focus is in (so none is pressed unseen), and one answer at a time.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    const block = event.target instanceof Element && event.target.closest("#pairs");
    if (!block || block.hasAttribute("aria-busy")) return;
    const pair = event.target.closest(".pair");
    const buttons = [...(pair?.querySelectorAll("button") ?? []), ...document.querySelectorAll("#said button")];
    const key = event.key.toUpperCase();
    const button = buttons.find((one) => one.getAttribute("aria-keyshortcuts")?.split(" ").includes(key));
    if (!button) return;
    event.preventDefault();
    block.setAttribute("aria-busy", "true");
    button.click();
  });
  const pairs = document.getElementById("pairs");
  if (pairs) {
    document.documentElement.classList.add("by-keys");
    const hasKeys = matchMedia("(hover: hover) and (pointer: fine)").matches;
    if (hasKeys && !location.hash && document.activeElement === document.body) goOn(pairs);
  }

  // What could not be swapped in is shown as a whole page instead.
  for (const name of ["htmx:responseError", "htmx:swapError", "htmx:sendError"])
    document.addEventListener(name, () => window.location.reload());
})();
