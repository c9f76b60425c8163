/* Opens the telephone's page without network: the page and its files, the newest that could be fetched. No names. */
"use strict";
const SHELF = "maatje-during";
const FILES = ["/", "/during.css", "/during.js", "/herring.svg", "/manifest.webmanifest"];
const PATIENCE = 3000;

addEventListener("install", (event) => {
  const fill = async () => (await caches.open(SHELF)).addAll(FILES);
  event.waitUntil(fill().then(() => skipWaiting()));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

const fetched = async (request, path) => {
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(SHELF)).put(path, answer.clone());
  return answer;
};
const kept = async (path) => (await caches.open(SHELF)).match(path);
const late = (ms) => new Promise((_, reject) => setTimeout(reject, ms, new Error("late")));

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || !FILES.includes(url.pathname)) return;
  const fresh = fetched(event.request, url.pathname);
  event.waitUntil(fresh.catch(() => undefined));
  const answer = Promise.race([fresh, late(PATIENCE)]);
  event.respondWith(answer.catch(async () => (await kept(url.pathname)) ?? fresh));
});
