"use strict";

// Words and parts of the page follow the builds; a frame is loaded again where its file has changed.

const body = document.body;
const at = (id) => document.getElementById(id);

function say(element, words) {
  // A live region that is given the same words again would be read out again.
  if (element && element.textContent !== words) element.textContent = words;
}

const drawn = new Map();

function draw(id, html) {
  if (drawn.get(id) === html || !at(id)) return;
  const open = Boolean(at(id).querySelector("details[open]"));
  at(id).innerHTML = html;
  if (open && at(id).querySelector("details")) at(id).querySelector("details").open = true;
  drawn.set(id, html);
}

function load(frame, version) {
  if (frame.dataset.version === version) return;
  const first = !frame.dataset.version;
  frame.dataset.version = version;
  frame.hidden = !version;
  frame.parentElement.querySelector(".absent").hidden = Boolean(version);
  if (!version) return;
  try {
    // Loaded again in place, a page stays where it was scrolled to; a PDF is its viewer's.
    if (first || frame.dataset.panel === "pdf") throw new Error();
    frame.contentWindow.location.reload();
  } catch {
    frame.src = `${frame.dataset.source}?${version.slice(0, 12)}${frame.dataset.viewer}`;
  }
}

// A browser's PDF viewer takes the focus when it has loaded. Who did not go there gets it back.

const pdf = document.querySelector("iframe[data-panel=pdf]");
let before = null;
let key = "";

addEventListener("keydown", (event) => { key = event.key; }, true);
document.addEventListener("focusin", (event) => { if (event.target !== pdf) before = event.target; });

function giveBack() {
  const beside = ["panel-pdf", "panel-fragment"].map((id) => at(id).querySelector("a"));
  const went = pdf.matches(":hover") || (key === "Tab" && beside.includes(before));
  if (document.activeElement !== pdf || went) return;
  pdf.blur();
  window.focus();
  if (before && before.isConnected) before.focus({ preventScroll: true });
}

addEventListener("blur", () => setTimeout(giveBack));

function show(update) {
  body.dataset.state = update.state;
  document.title = update.tab;
  say(at("title"), update.title);
  say(at("status"), update.status);
  for (const element of document.querySelectorAll(".stale")) say(element, update.stale);
  for (const element of document.querySelectorAll(".absent")) say(element, update.absent);
  draw("report", update.report);
  draw("documents", update.documents);
  for (const frame of document.querySelectorAll("iframe")) load(frame, update.panels[frame.dataset.panel]);
}

const events = new EventSource(`${body.dataset.address}events`);
events.onmessage = (event) => show(JSON.parse(event.data));
events.onerror = () => {
  body.dataset.state = "ended";
  document.title = `✗ ${at("title").textContent} · 预览`;
  say(at("status"), "预览的程序没有回应：也许已经结束。重新运行以后，这里会自动接上。");
};
addEventListener("pagehide", () => events.close());

// Which panel is shown alone stands in the address, and so outlives loading the page again.

function choose() {
  const wanted = at(location.hash.replace("#", "view-"));
  if (wanted && wanted.name === "view") wanted.checked = true;
}

addEventListener("hashchange", choose);
choose();
for (const view of document.getElementsByName("view")) {
  view.addEventListener("change", () => history.replaceState(null, "", view.id.replace("view-", "#")));
}
